//! A record under real processes: killed, contended, damaged, looked into.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::program::{Folder, chancery, say};

/// Pages whose words tell them apart, enough of them that reading takes a while. What they say is read on every 25th: the others are in
/// Spanish, so that a build without optimisation is done in time.
fn write_pages(folder: &Folder, count: usize) {
    for n in 0..count {
        let paragraph = |p: usize| match n % 25 {
            0 => format!(
                "<p>On day {p} of the talks, delegation {n} said that clause {} would have to wait for its answer.</p>\n",
                n * 30 + p
            ),
            _ => format!(
                "<p>El día {p} de las conversaciones, la delegación {n} dijo que la cláusula {} tendría que esperar su respuesta.</p>\n",
                n * 30 + p
            ),
        };
        let paragraphs: String = (0..30).map(paragraph).collect();
        let page = format!(
            "<html><head><title>Day {n}</title></head><body><h1>Delegation {n} waits</h1>\n{paragraphs}</body></html>"
        );
        folder.write(&format!("pages/{n:05}.html"), page);
    }
}

fn run(folder: &Folder, args: &[&str]) -> Output {
    chancery().current_dir(folder.path()).args(args).output().expect("the program starts")
}

fn read_into(folder: &Folder) -> Command {
    let mut command = chancery();
    command.current_dir(folder.path()).args(["read", "pages", "--into", "talks.chancery"]);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn check(folder: &Folder) {
    let output = run(folder, &["check", "talks.chancery"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", printed(&output), told(&output));
}

/// How many pages the record holds.
fn pages_in(file: &Path) -> usize {
    chancery_store::Store::open(file).and_then(|store| store.pages()).map_or(0, |pages| pages.len())
}

/// Kills a reader as soon as it has printed so many lines. How many lines were out by then; `None` when it had ended.
fn kill_after(folder: &Folder, lines: usize) -> Option<usize> {
    let mut command = read_into(folder);
    command.args(["--jsonl", "--only", "page", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut out = BufReader::new(child.stdout.take().expect("its output")).lines();
    let before = out.by_ref().take(lines).count();
    if lines == 0 {
        // Somewhere in the making of the file.
        std::thread::sleep(Duration::from_millis(20));
    }
    let ended = child.try_wait().expect("it is ours").is_some();
    child.kill().expect("it is killed");
    child.wait().expect("it has ended");
    (!ended).then(|| before + out.count())
}

#[test]
fn a_killed_reader_leaves_every_finished_page() {
    const PAGES: usize = 900;
    let folder = Folder::new("kill");
    write_pages(&folder, PAGES);
    let file = folder.path().join("talks.chancery");
    let (mut before, mut killed) = (0, 0);
    for lines in [0, 1, 100, 300, 500] {
        let out = kill_after(&folder, lines);
        killed += usize::from(out.is_some());
        let now = pages_in(&file);
        assert!(now >= before, "{now} pages after {before}");
        assert!(now >= out.unwrap_or(PAGES), "{out:?} pages were printed as kept, {now} are");
        before = now;
        // Killed before the first byte, it leaves a file that the next one begins anew.
        if file.metadata().is_ok_and(|meta| meta.len() > 0) {
            check(&folder);
        }
    }
    say(&format!("killed {killed} times; {before} of {PAGES} pages were kept by then"));
    assert!(killed >= 3, "the readers were done before they were killed");
    assert!(before > 0, "nothing was kept at the last kill");
    let output = read_into(&folder).output().expect("it starts");
    assert!(told(&output).contains("900 pages"), "{}", told(&output));
    assert_eq!(pages_in(&file), PAGES);
    check(&folder);
}

#[test]
fn two_readers_into_one_record_take_turns() {
    let folder = Folder::new("two");
    write_pages(&folder, 400);
    let children: Vec<_> =
        (0..3).map(|_| read_into(&folder).stderr(Stdio::piped()).spawn().expect("it starts")).collect();
    for _ in 0..4000 {
        if pages_in(&folder.path().join("talks.chancery")) > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    // Readers of the record are not kept waiting meanwhile.
    assert_eq!(run(&folder, &["articles", "talks.chancery"]).status.code(), Some(0));
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    }
    assert_eq!(pages_in(&folder.path().join("talks.chancery")), 400);
    check(&folder);
}

#[test]
fn the_same_pages_in_any_order_give_the_same_articles() {
    let folder = Folder::new("order");
    write_pages(&folder, 30);
    let names: Vec<String> = (0..30).map(|n| format!("pages/{n:05}.html")).collect();
    let mut listings = Vec::new();
    for (record, order) in [("a.chancery", names.clone()), ("b.chancery", names.into_iter().rev().collect())]
    {
        let mut command = chancery();
        command.current_dir(folder.path()).args(["read", "--quiet", "--into", record]).args(order);
        assert!(command.status().expect("it starts").success());
        listings.push(printed(&run(&folder, &["articles", record, "--json"])));
    }
    assert_eq!(listings[0], listings[1]);
    assert!(listings[0].lines().count() >= 30);
}

#[test]
fn check_finds_what_was_changed() {
    let folder = Folder::new("changed");
    write_pages(&folder, 3);
    assert!(read_into(&folder).arg("--quiet").status().expect("it starts").success());
    check(&folder);
    let spoil = |change: &str| {
        let raw = rusqlite::Connection::open(folder.path().join("talks.chancery")).expect("it opens");
        raw.execute_batch(change).expect("it is changed");
        let output = run(&folder, &["check", "talks.chancery"]);
        assert_eq!(output.status.code(), Some(1), "{change}: {}", told(&output));
        printed(&output)
    };
    let differs =
        spoil("UPDATE cites SET words = 'They signed' WHERE n = (SELECT title_cite FROM articles LIMIT 1)");
    assert!(differs.contains("the record shows \"They signed\""), "{differs}");
    let hash = spoil(
        "DROP TRIGGER pages_stay; UPDATE pages SET packed = (SELECT packed FROM pages WHERE n = 2), \
         length = (SELECT length FROM pages WHERE n = 2) WHERE n = 1",
    );
    assert!(hash.contains("its bytes have another hash"), "{hash}");
    assert!(spoil("UPDATE articles SET map = x'80' WHERE n = 3").contains("the map of its text"));
}

#[test]
fn a_full_disk_is_said_and_what_was_kept_stays() {
    let folder = Folder::new("disk");
    write_pages(&folder, 800);
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mount = |command: &str, args: &[&str]| {
        Command::new(command)
            .args(args)
            .arg(&disk)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=5m", "tmpfs"]) {
        say(
            "a full disk: not tried, as no small disk can be mounted here; the store's own test limits the file instead",
        );
        return;
    }
    let output = run(&folder, &["read", "pages", "--into", "disk/talks.chancery"]);
    let kept = pages_in(&disk.join("talks.chancery"));
    let whole = run(&folder, &["check", "disk/talks.chancery"]);
    assert!(mount("umount", &[]), "the small disk is taken away");
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("the disk is full"), "{}", told(&output));
    assert!(told(&output).contains("free some space"), "{}", told(&output));
    assert_eq!(whole.status.code(), Some(0), "{}{}", printed(&whole), told(&whole));
    say(&format!("a full disk: {kept} pages were kept"));
}

#[test]
fn a_page_cannot_steer_the_terminal_of_those_who_look_at_it() {
    let folder = Folder::new("steer");
    let steering = "Talks \u{1b}[2J\u{1b}]0;owned\u{7} resume\n\nThe two \u{202e}sides\u{202c} met \u{9b}31m today in Vell and agreed to meet again.\n";
    folder.write("pages/a.txt", steering);
    assert!(read_into(&folder).arg("--quiet").status().expect("it starts").success());
    let id = printed(&run(&folder, &["articles", "--json"]))[7..20].to_owned();
    for args in [&["articles"][..], &["show", &id], &["cite", &id], &["search", "sides"], &["read", "pages"]]
    {
        let output = run(&folder, args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", told(&output));
        let shown = printed(&output) + &told(&output);
        let steers = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!shown.contains(steers), "{args:?} prints {shown:?}");
    }
}

#[test]
fn a_stored_record_of_format_1_opens_for_ever() {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("../chancery-store/tests/format-1.chancery");
    let folder = Folder::new("format-1");
    std::fs::copy(&stored, folder.path().join("talks.chancery")).expect("the stored record is there");
    let listing = printed(&run(&folder, &["articles"]));
    assert!(listing.contains("Ferries stay in port as talks stall"), "{listing}");
    let rebuilt = run(&folder, &["rebuild"]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", told(&rebuilt));
    check(&folder);
    assert!(printed(&run(&folder, &["search", "ferries"])).contains("Ferries stay in port"));
}
