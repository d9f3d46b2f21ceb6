//! What is kept of a linked record: the same whether pages came one by one or at once, and the same as linked anew.

use std::path::Path;

use crate::program::{Folder, chancery, repository};

/// Pages that come one by one; copies, an edited copy and a page in two versions are among them.
const ONE_BY_ONE: usize = 6;

/// What the verbs that show kept parts print.
fn shown(file: &Path) -> String {
    let verbs = ["brief", "positions", "disputes", "proposals", "timeline", "sources", "stories"];
    let print = |verb: &&str| {
        let output = chancery().arg(verb).arg(file).arg("--json").output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    verbs.iter().map(print).collect()
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
