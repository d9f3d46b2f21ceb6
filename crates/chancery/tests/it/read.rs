//! `chancery read` on inputs of every kind, good and bad: the good ones are read, the bad ones named.

use std::os::unix::fs::symlink;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::program::{Folder, chancery};

const STORY: &str = "Talks resume in Vell\n\nThe two delegations met in Vell on Monday, three weeks after the last round ended.\n";

fn read(folder: &Folder, args: &[&str]) -> Output {
    chancery().current_dir(folder.path()).arg("read").args(args).output().expect("the program starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    let words = std::str::from_utf8(&output.stdout).expect("lines of JSON are UTF-8");
    words.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The first 70 bytes of a gzipped story.
const CUT_GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xdd\x8d\x41\x0a\xc3\x30\x0c\x04\xef\x7e\xc5\x3e\xa0\xe4\x27\xbd\x99\xde\x05\xda\x36\xa1\xb2\x04\xb6\x8c\xe9\xef\x93\x4b\x3e\xd1\xeb\x30\xcc\x54\xb1\xef\x40\xe7\x98\x8d\x38\x1c\x2f\x9a\x95\x52\x77\x22\x57\x40\x69\xfc\x48\x1e\xe1\x03\x8d\x79";

/// The origins of the pages that were read, in order.
fn origins(output: &Output) -> Vec<String> {
    let pages = lines(output).into_iter().filter(|line| line["kind"] == "page");
    pages.map(|line| line["origin"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The codes of the notes, in order.
fn notes(output: &Output) -> Vec<String> {
    let notes = lines(output).into_iter().filter(|line| line["kind"] == "note");
    notes.map(|line| line["code"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn folders_are_read_in_order_and_loops_of_links_end() {
    let folder = Folder::new("folders");
    for name in [
        "p/b.txt",
        "p/a/z.txt",
        "p/a/y.txt",
        "p/.hidden/x.txt",
        "p/.hidden.txt",
        "p/talks.chancery",
        "q/far.txt",
    ] {
        folder.write(name, STORY);
    }
    symlink("..", folder.path().join("p/a/loop")).expect("a link");
    symlink("../q", folder.path().join("p/c")).expect("a link");
    let output = read(&folder, &["p", "--jsonl"]);
    assert_eq!(origins(&output), ["p/a/y.txt", "p/a/z.txt", "p/b.txt", "p/c/far.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

#[test]
fn globs_are_for_those_whose_shell_has_none() {
    let folder = Folder::new("globs");
    for name in ["a.txt", "b.txt", "c.html", "deep/d.txt", "what [1].txt"] {
        folder.write(name, STORY);
    }
    assert_eq!(origins(&read(&folder, &["*.txt", "--jsonl"])), ["a.txt", "b.txt", "what [1].txt"]);
    assert_eq!(origins(&read(&folder, &["**/d.txt", "--jsonl"])), ["deep/d.txt"]);
    assert_eq!(
        origins(&read(&folder, &["what [1].txt", "--jsonl"])),
        ["what [1].txt"],
        "a name is taken as it is first"
    );
    let none = read(&folder, &["*.pdf", "a.txt", "--jsonl"]);
    assert_eq!(
        (origins(&none).len(), notes(&none), none.status.code()),
        (1, vec!["unreadable".to_owned()], Some(1))
    );
}

#[test]
fn what_is_no_file_of_words_is_named_and_never_waited_for() {
    let folder = Folder::new("no-files");
    folder.write("p/story.txt", STORY);
    assert!(Command::new("mkfifo").arg(folder.path().join("p/pipe")).status().expect("mkfifo").success());
    symlink("nowhere", folder.path().join("p/dead")).expect("a link");
    let output = read(&folder, &["p", "p/pipe", "/dev/null", "missing.html", "--jsonl"]);
    assert_eq!(notes(&output), ["unreadable", "not-a-file", "not-a-file", "not-a-file", "unreadable"]);
    assert_eq!(origins(&output), ["p/story.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(
        told.contains(
            "p/pipe is not read: it is a pipe, not a file; to read from it, write: chancery read - < p/pipe"
        ),
        "{told}"
    );
    assert!(
        told.contains("missing.html cannot be read: no such file or directory; check the spelling"),
        "{told}"
    );
    assert!(told.contains("Read 1 page, 1 article") && told.contains("5 skipped"), "{told}");
}

#[test]
fn every_bad_file_is_one_clear_line_and_the_others_are_read() {
    let folder = Folder::new("bad");
    folder.write("01-empty.html", "");
    folder.write("02-picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    folder.write(
        "03-deep.html",
        format!("{}<p>The talks went on in Vell for another day.</p>", "<div>".repeat(100_000)),
    );
    folder.write("04-nul.txt", "The talks\0went on in Vell for another day, both sides said.\n");
    folder.write(
        "05-bad-bytes.txt",
        b"The talks \xff\xfe\xc3 went on in Vell for another day, both sides said.\n",
    );
    folder.write("06-one-line.txt", "word ".repeat(400_000));
    folder.write("07-cut.gz", CUT_GZIP);
    folder.write("08-large.html", vec![b'x'; 200 << 20]);
    folder.write(
        "09-charset.html",
        "<meta charset=x-nonsense><p>The talks went on in Vell for another day.</p>",
    );
    folder.write("10-story.txt", STORY);
    let output = read(&folder, &[".", "--jsonl", "--only", "page,note"]);
    let (read, notes) = (origins(&output), lines(&output));
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let expected = ["03-deep.html", "05-bad-bytes.txt", "06-one-line.txt", "09-charset.html", "10-story.txt"];
    for name in expected {
        assert!(read.iter().any(|origin| origin == name), "{name} was not read: {read:?}");
    }
    for (name, code) in [
        ("01-empty.html", "empty"),
        ("02-picture.html", "not-a-page"),
        ("07-cut.gz", "truncated"),
        ("08-large.html", "too-large"),
    ] {
        let is_it = |note: &&Value| {
            note["code"] == code && note["message"].as_str().is_some_and(|m| m.starts_with(name))
        };
        let note =
            notes.iter().find(is_it).unwrap_or_else(|| panic!("no note {code} on {name}: {}", told(&output)));
        assert!(note["hint"].is_string(), "nothing is said of what to do about {name}");
    }
    let said = told(&output);
    assert!(said.lines().all(|line| line.starts_with("chancery: ") || line.starts_with("Read ")), "{said}");
}

#[test]
fn a_manifest_is_read_beside_itself_and_bad_lines_are_named() {
    let folder = Folder::new("manifest");
    folder.write("set/pages/a.txt", STORY);
    folder.write("set/pages/b.txt", STORY.replace("Monday", "Tuesday"));
    let list = "\u{feff}{\"path\": \"pages/b.txt\", \"published\": \"2031-05-04\", \"outlet\": \"The Vell Courier\", \"more\": [1]}\n\
                \n{\"path\": 3}\nnot JSON\n{\"url\": \"https://vell.example\"}\n\
                {\"path\": \"pages/a.txt\", \"published\": \"yesterday\"}\n{\"path\": \"pages\"}\n{\"path\": \"pages/none.txt\"}";
    folder.write("set/list.jsonl", list);
    let output = read(&folder, &["--list", "set/list.jsonl", "--jsonl"]);
    let of = |kind: &str| lines(&output).into_iter().filter(|l| l["kind"] == kind).collect::<Vec<_>>();
    let sources: Vec<Value> = of("page").iter().map(|page| page["source"].clone()).collect();
    assert_eq!(sources, ["pages/b.txt", "pages/a.txt"], "{}", told(&output));
    let articles = of("article");
    assert_eq!(
        (&articles[0]["published"]["value"], &articles[0]["published_basis"]),
        (&"2031-05-04".into(), &"metadata".into())
    );
    assert_eq!(articles[0]["outlet"], "The Vell Courier");
    assert!(articles.iter().all(|article| article["source"].is_string()));
    let said = told(&output);
    for words in [
        "line 3 is skipped",
        "line 4 is skipped",
        "line 5 is skipped",
        "line 6: \"published\" is not used: \"yesterday\" is no date",
    ] {
        assert!(said.contains(&format!("set/list.jsonl: {words}")), "{words}: {said}");
    }
    assert_eq!(notes(&output).iter().filter(|code| *code == "bad-manifest").count(), 4);
    assert!(
        said.contains("it is a folder, not a file") && said.contains("none.txt cannot be read"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
    let missing = read(&folder, &["--list", "set/none.jsonl", "--jsonl"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        told(&missing).starts_with("chancery: the list set/none.jsonl cannot be read: no such file"),
        "{}",
        told(&missing)
    );
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let folder = Folder::new("jobs");
    for n in 0..60 {
        folder.write(&format!("{n:02}.txt"), STORY.repeat(1 + n % 7 * 40).replace("three", &format!("{n}")));
    }
    let one = read(&folder, &[".", "--jsonl", "--jobs", "1"]).stdout;
    assert_eq!(one.iter().filter(|byte| **byte == b'\n').count() % 60, 0);
    assert!(
        one == read(&folder, &[".", "--jsonl", "--jobs", "8"]).stdout,
        "eight jobs print something else than one"
    );
}

#[test]
fn only_what_is_asked_for_is_printed() {
    let folder = Folder::new("only");
    folder.write("a.txt", STORY);
    let kinds = |only: &str| -> Vec<Value> {
        lines(&read(&folder, &["a.txt", "--jsonl", "--only", only]))
            .iter()
            .map(|line| line["kind"].clone())
            .collect()
    };
    assert_eq!(kinds("page"), ["page"]);
    assert_eq!(kinds("article"), ["article"]);
    assert_eq!(kinds("article,page"), ["page", "article"]);
    let wrong = read(&folder, &["a.txt", "--jsonl", "--only", "sonnet"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told(&wrong).contains("the kinds of lines are page, article"), "{}", told(&wrong));
    assert_eq!(read(&folder, &[]).status.code(), Some(2), "no pages are named");
}

#[test]
fn whoever_reads_the_output_may_stop() {
    let folder = Folder::new("closed");
    for n in 0..300 {
        folder.write(&format!("p/{n}.txt"), STORY.repeat(50));
    }
    let start = |args: &[&str]| {
        let mut command = chancery();
        command.current_dir(folder.path()).args(["read", "p", "--jsonl"]).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        child.wait_with_output().expect("it ends")
    };
    let output = start(&[]);
    assert_eq!((output.status.code(), told(&output).as_str()), (Some(0), ""));
    let kept = start(&["--into", "talks.chancery"]);
    assert!(
        told(&kept).starts_with("Read 300 pages (1 new, 299 already known)"),
        "a record is filled all the same: {}",
        told(&kept)
    );
}

#[test]
fn standard_input_is_a_page_like_any_other() {
    let folder = Folder::new("stdin");
    let story = folder.write("a.txt", STORY);
    let file = std::fs::File::open(story).expect("it opens");
    let output = chancery().args(["read", "-", "--jsonl"]).stdin(file).output().expect("it starts");
    assert_eq!(origins(&output), ["-"]);
    let empty = chancery().args(["read", "-", "--jsonl"]).stdin(Stdio::null()).output().expect("it starts");
    assert_eq!((notes(&empty), empty.status.code()), (vec!["empty".to_owned()], Some(1)));
}

#[test]
fn files_that_are_no_records_are_not_written_into() {
    let folder = Folder::new("no-record");
    let story = folder.write("a.txt", STORY);
    for (into, says) in [
        (
            "a.txt",
            "a.txt: not a record of chancery (not an SQLite file); name a file that chancery read --into has made, or a new one",
        ),
        (".", ".: not a record of chancery"),
        ("none/talks.chancery", "none/talks.chancery: it cannot be opened"),
    ] {
        let output = read(&folder, &["a.txt", "--into", into]);
        assert_eq!(output.status.code(), Some(2), "{into}");
        assert!(told(&output).starts_with(&format!("chancery: {says}")), "{}", told(&output));
    }
    assert_eq!(std::fs::read_to_string(story).expect("it is whole"), STORY);
}
