//! What is kept of a linked record: the same whether pages came one by one or at once, and the same as linked anew.

use std::path::Path;

use crate::program::{Folder, chancery, repository};

/// Pages that come one by one; copies, an edited copy and a page in two versions are among them.
const ONE_BY_ONE: usize = 6;
/// Pages that come in several orders.
const SOME: usize = 8;

/// What the verbs that show what was linked print.
fn shown(file: &Path) -> String {
    let verbs = [
        "brief --json",
        "brief --as-of 2026-03-09 --json",
        "positions --json",
        "disputes --json",
        "proposals --json",
        "timeline --json",
        "people --all --json",
        "sources --json",
        "stories --json",
        "export",
    ];
    verbs.iter().map(|verb| print(file, verb)).collect()
}

fn print(file: &Path, verb: &str) -> String {
    let mut words = verb.split(' ');
    let mut show = chancery();
    let output = show.args(words.next()).arg(file).args(words).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What they print of the same record when nothing that was linked is kept.
fn anew(file: &Path) -> String {
    let copy = file.with_extension("anew");
    std::fs::copy(file, &copy).expect("a copy");
    let raw = rusqlite::Connection::open(&copy).expect("the record");
    raw.execute_batch("DELETE FROM linked").expect("parts may go");
    drop(raw);
    shown(&copy)
}

fn rule(file: &Path, words: &[&str]) {
    let mut rule = chancery();
    rule.arg("rule").arg(file).args(words).args(["--why", "the minutes say so", "--ruled-by", "Ada"]);
    assert!(rule.output().expect("the program starts").status.success(), "{words:?}");
}

fn read(list: &Path, file: &Path) {
    let mut read = chancery();
    read.args(["read", "--quiet", "--list"]).arg(list).arg("--into").arg(file);
    assert!(read.status().expect("the program starts").success());
}

#[test]
fn a_record_that_grew_is_one_read_at_once_and_one_linked_anew() {
    let folder = Folder::new("kept");
    let list = std::fs::read_to_string(repository().join("examples/talks/pages.jsonl")).expect("the list");
    let pages: Vec<&str> = list.lines().collect();
    std::os::unix::fs::symlink(repository().join("examples/talks/pages"), folder.path().join("pages")).ok();
    let (grew, at_once) = (folder.path().join("grew.chancery"), folder.path().join("once.chancery"));
    read(&folder.write("all.jsonl", &list), &at_once);
    let (rest, last) = pages.split_at(pages.len() - ONE_BY_ONE);
    read(&folder.write("rest.jsonl", rest.join("\n")), &grew);
    for page in last.iter().rev() {
        read(&folder.write("one.jsonl", page), &grew);
    }
    let kept = shown(&at_once);
    assert!(kept == shown(&grew), "the order in which pages came shows");
    let raw = rusqlite::Connection::open(&at_once).expect("the record");
    let parts = |ask: &str| raw.query_row(ask, [], |row| row.get::<_, i64>(0)).expect("an answer");
    assert!(parts("SELECT count(*) FROM linked WHERE NOT lasting") > 3, "parts are kept");
    raw.execute_batch("DELETE FROM linked").expect("parts may go");
    assert!(kept == shown(&at_once), "linking anew shows something else");
    assert_eq!(parts("SELECT count(*) FROM linked"), 0, "a verb that shows keeps nothing");
}

#[test]
fn pages_that_come_one_by_one_in_any_order_make_one_record() {
    let folder = Folder::new("kept-orders");
    let list = std::fs::read_to_string(repository().join("examples/talks/pages.jsonl")).expect("the list");
    let list: String = list.split_inclusive('\n').take(SOME).collect();
    std::os::unix::fs::symlink(repository().join("examples/talks/pages"), folder.path().join("pages")).ok();
    let at_once = folder.path().join("once.chancery");
    read(&folder.write("all.jsonl", &list), &at_once);
    let whole = shown(&at_once);
    let forth: Vec<&str> = list.lines().collect();
    let back: Vec<&str> = forth.iter().rev().copied().collect();
    let mixed: Vec<&str> = (0..forth.len()).map(|at| forth[at * 5 % forth.len()]).collect();
    for (at, order) in [forth, back, mixed].iter().enumerate() {
        let file = folder.path().join(format!("order{at}.chancery"));
        for page in order {
            read(&folder.write("one.jsonl", page), &file);
        }
        assert!(whole == shown(&file), "order {at} shows");
        assert!(whole == anew(&file), "order {at}, linked anew, shows something else");
    }
}

/// A page of a made-up matter at an address.
fn page(folder: &Folder, name: &str, address: &str, text: &str) -> std::path::PathBuf {
    let path = folder.write(&format!("{name}.txt"), text);
    let line = format!(
        "{{\"path\": {:?}, \"url\": \"https://vell.example/{address}\", \"outlet\": \"Vell Post\"}}",
        path.display().to_string()
    );
    folder.write(&format!("{name}.jsonl"), line)
}

#[test]
fn what_comes_later_changes_what_is_kept_of_earlier_pages() {
    let folder = Folder::new("kept-later");
    let file = folder.path().join("later.chancery");
    let first = "VELL, May 2, 2031 - Bo Harn, the mayor of Vell, met Ada Quell in Vell on Thursday. \
                 Harn said the harbour fee must fall by 40 percent. Quell rejected the demand.\n";
    read(&page(&folder, "first", "1", first), &file);
    let alone =
        "VELL, May 3, 2031 - Harn met Quell in Vell again on Friday. He said 200 ships left the port.\n";
    read(&page(&folder, "alone", "2", alone), &file);
    assert!(print(&file, "people --json").contains("the pages know one bearer of that name, Bo Harn"));
    assert!(shown(&file) == anew(&file));
    // A second bearer of the name: "Harn" is no longer Bo Harn.
    let other = "VELL, May 4, 2031 - Cy Harn, a pilot, met Ada Quell in Vell on Saturday, her office said.\n";
    read(&page(&folder, "other", "3", other), &file);
    assert!(!print(&file, "people --json").contains("the pages know one bearer of that name, Bo Harn"));
    assert!(shown(&file) == anew(&file), "the second bearer");
    // Another version of the first page, without the mayor.
    let again =
        "VELL, May 2, 2031 - Ada Quell, a shipowner, rejected a lower harbour fee in Vell on Thursday.\n";
    read(&page(&folder, "again", "1", again), &file);
    assert!(!print(&file, "people --json").contains("Bo Harn"));
    assert!(shown(&file) == anew(&file), "a page in a second version");
}

#[test]
fn rulings_hold_for_what_is_kept_and_for_what_comes() {
    let folder = Folder::new("kept-rulings");
    let file = folder.path().join("ruled.chancery");
    let first = "VELL, May 2, 2031 - Bo Harn, the mayor of Vell, met Ada Quell in Vell on Thursday. \
                 Harn said the harbour fee must fall by 40 percent. Quell rejected a ceasefire.\n";
    read(&page(&folder, "first", "1", first), &file);
    let ids: Vec<String> = ["statement", "event", "stance"].iter().map(|kind| id_of(&file, kind)).collect();
    rule(&file, &["speaker", &ids[0], "Ada Quell"]);
    rule(&file, &["not-event", &ids[1]]);
    rule(&file, &["issue", &ids[2], "prisoners"]);
    rule(&file, &["same", "Bo Harn", "Cy Harn"]);
    assert!(shown(&file) == anew(&file), "rulings on what is there");
    assert!(!print(&file, "timeline --json").contains(&ids[1]));
    let other = "VELL, May 4, 2031 - Cy Harn met Ada Quell in Vell on Saturday, her office said.\n";
    read(&page(&folder, "other", "2", other), &file);
    assert!(print(&file, "people --json").contains("ruled by Ada"));
    assert!(shown(&file) == anew(&file), "a page after rulings");
}

#[test]
fn verbs_that_list_lines_heed_rulings_and_why_shows_them() {
    let folder = Folder::new("kept-heeded");
    let file = folder.path().join("ruled.chancery");
    let first = "VELL, May 2, 2031 - Bo Harn, the mayor of Vell, met Ada Quell in Vell on Thursday. \
                 Harn said the harbour fee must fall by 40 percent.\n";
    read(&page(&folder, "first", "1", first), &file);
    let (statement, event) = (id_of(&file, "statement"), id_of(&file, "event"));
    let lines = || print(&file, "statements");
    let line = |lines: String| lines.lines().find(|l| l.contains(&statement)).map(str::to_owned);
    assert!(line(lines()).is_some_and(|line| line.contains("Harn")), "{}", lines());
    rule(&file, &["speaker", &statement, "Ada Quell"]);
    assert!(line(lines()).is_some_and(|line| line.contains("Ada Quell")), "{}", lines());
    let why = chancery().arg("why").arg(&file).arg(&statement).output().expect("the program starts");
    let why = String::from_utf8_lossy(&why.stdout).into_owned();
    assert!(why.contains("ruled") && why.contains("speaker: Ada Quell  (Ada, "), "{why}");
    let ruled = |words: &[&str]| {
        let mut rule = chancery();
        rule.arg("rule").arg(&file).args(words).args(["--why", "a slip", "--ruled-by", "Ada"]);
        let output = rule.output().expect("the program starts");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (kept, said) = ruled(&["not-event", &statement]);
    assert!(!kept && said.contains("no event has an id that begins with"), "{said}");
    let (kept, said) = ruled(&["speaker", &event, "Ada Quell"]);
    assert!(!kept && said.contains("no statement has an id"), "{said}");
    let (kept, said) = ruled(&["not-dispute", "d000000000000"]);
    assert!(!kept && said.contains("no dispute has an id"), "{said}");
    let (kept, said) = ruled(&["same", "Bo Harn", "Boris Harn"]);
    assert!(kept && said.contains("nobody in it is called Boris Harn so far"), "{said}");
}

/// The id of the first line of a kind.
fn id_of(file: &Path, kind: &str) -> String {
    let all = print(file, "export");
    let line = all.lines().find(|line| line.contains(&format!("\"kind\":\"{kind}\""))).expect("a line");
    let (_, rest) = line.split_once("\"id\":\"").expect("an id");
    rest.split('"').next().expect("its end").to_owned()
}

#[test]
fn a_ruling_drops_what_was_kept() {
    let folder = Folder::new("kept-ruling");
    let page =
        "VELL, May 2, 2031 - Ada Quell met Bo Harn in Vell on Thursday. Quell said the fee must fall.\n";
    let file = folder.path().join("one.chancery");
    let mut read = chancery();
    read.args(["read", "--quiet"]).arg(folder.write("a.txt", page)).arg("--into").arg(&file);
    assert!(read.status().expect("the program starts").success());
    let changes = || {
        let raw = rusqlite::Connection::open(&file).expect("the record");
        raw.query_row("SELECT length FROM linked WHERE part = ''", [], |row| row.get::<_, i64>(0))
            .expect("a count")
    };
    let before = changes();
    let mut rule = chancery();
    rule.arg("rule").arg(&file).args(["apart", "Ada Quell", "Bo Harn", "--why", "two", "--ruled-by", "Ada"]);
    assert!(rule.status().expect("the program starts").success());
    assert!(changes() > before, "a ruling changes the record");
}
