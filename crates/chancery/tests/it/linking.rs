//! `spec/linking/*.md`: prose, several pages, and what the program is expected to find over all of them. `spec/README.md` describes the
//! format. Every cite is proved against the bytes of its page; `CHANCERY_BLESS=1` rewrites the expected lines.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::program::{Folder, chancery, repository, say};
use crate::spec::{setting, stance};

/// Pages, and what is expected of them together.
struct Case {
    heading: String,
    /// File name, what a manifest says, the page.
    pages: Vec<(String, Map<String, Value>, String)>,
    /// Words of the expect fence: flags, then kinds of lines.
    wanted: Vec<String>,
    expected: Vec<String>,
    /// The lines of the file between the fences of the expect block.
    block: (usize, usize),
}

#[test]
fn linking() {
    let folder = repository().join("spec/linking");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("spec/linking").map(|e| e.expect("a file").path()).collect();
    files.sort();
    let (mut ran, mut failures) = (0, Vec::new());
    for path in files {
        let words = fs::read_to_string(&path).expect("a document");
        let mut lines: Vec<String> = words.lines().map(str::to_owned).collect();
        let mut cases = cases(&lines);
        ran += cases.len();
        // From the last to the first: the places of the earlier ones stay.
        while let Some(case) = cases.pop() {
            let found = run(&case);
            if setting("CHANCERY_BLESS").is_some() {
                lines.splice(case.block.0..case.block.1, found);
            } else if found != case.expected {
                let lists = [&case.expected, &found].map(|list| list.join("\n    "));
                failures.push(format!(
                    "{}: {}\n  expected\n    {}\n  found\n    {}",
                    path.display(),
                    case.heading,
                    lists[0],
                    lists[1]
                ));
            }
        }
        if setting("CHANCERY_BLESS").is_some() {
            fs::write(&path, lines.join("\n") + "\n").expect("the document is written");
        }
    }
    say(&format!("linking: {ran} cases"));
    assert!(ran > 0 && failures.is_empty(), "{}", failures.join("\n"));
}

fn cases(lines: &[String]) -> Vec<Case> {
    let (mut cases, mut heading, mut pages) = (Vec::new(), String::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        if let Some(words) = lines[at].strip_prefix("## ") {
            heading = words.to_owned();
        }
        let Some(info) = lines[at].strip_prefix("```").filter(|info| !info.is_empty()) else {
            at += 1;
            continue;
        };
        let close = (at + 1..lines.len()).find(|n| lines[*n] == "```").expect("a fence is closed");
        let inside = &lines[at + 1..close];
        let words: Vec<String> = info.split_whitespace().map(str::to_owned).collect();
        match words[0].as_str() {
            "page" => pages.push((words[1].clone(), known(&words[2..]), inside.join("\n") + "\n")),
            "expect" => cases.push(Case {
                heading: heading.clone(),
                pages: std::mem::take(&mut pages),
                wanted: words[1..].to_vec(),
                expected: inside.to_vec(),
                block: (at + 1, close),
            }),
            _ => {}
        }
        at = close + 1;
    }
    cases
}

/// `outlet=The_Vell_Courier` and so on; `_` stands for a blank.
fn known(words: &[String]) -> Map<String, Value> {
    let pairs = words.iter().filter_map(|word| word.split_once('='));
    pairs.map(|(field, value)| (field.to_owned(), Value::from(value.replace('_', " ")))).collect()
}

fn run(case: &Case) -> Vec<String> {
    let forwards = read(case, false);
    assert_eq!(forwards, read(case, true), "{}: the order of the pages plays a part", case.heading);
    forwards
}

/// The word of an expect block for what `chancery timeline` shows of a record of the pages.
const TIMELINE: &str = "timeline";
/// Lines that only a record has.
const OF_A_RECORD: [&str; 3] = ["position", "proposal", "dispute"];

fn read(case: &Case, backwards: bool) -> Vec<String> {
    let folder = Folder::new(&format!("linking-{}", case.heading.replace([' ', '/'], "-")));
    let mut list: Vec<String> = Vec::new();
    for (name, known, page) in &case.pages {
        folder.write(name, page);
        let mut line = known.clone();
        line.insert("path".to_owned(), name.as_str().into());
        list.push(Value::Object(line).to_string());
    }
    if backwards {
        list.reverse();
    }
    folder.write("list.jsonl", list.join("\n"));
    if case.wanted.iter().any(|word| word == TIMELINE) {
        return timeline(&folder, &case.wanted);
    }
    let only = "--only".to_owned();
    let (flags, kinds): (Vec<&String>, Vec<&String>) =
        case.wanted.iter().partition(|word| word.starts_with("--"));
    let run = |args: &[&str], more: &[&String]| {
        let mut command = chancery();
        let output =
            command.current_dir(folder.path()).args(args).args(more).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let kept = kinds.iter().any(|kind| OF_A_RECORD.iter().any(|known| kind.contains(known)));
    let output = match kept {
        true => {
            run(&["read", "--quiet", "--list", "list.jsonl", "--into", "record.chancery"], &flags);
            run(&["export", "record.chancery"], &[])
        }
        false => {
            let flags = [flags, vec![&only], kinds.clone()].concat();
            run(&["read", "--jsonl", "--quiet", "--list", "list.jsonl"], &flags)
        }
    };
    let asked = |line: &Value| !kept || kinds.iter().any(|k| k.split(',').any(|k| line["kind"] == k));
    let pages: BTreeMap<&str, &str> =
        case.pages.iter().map(|(name, _, page)| (name.as_str(), page.as_str())).collect();
    let words = String::from_utf8(output.stdout).expect("lines of JSON are UTF-8");
    let lines = words.lines().map(|line| serde_json::from_str(line).expect("a line of JSON"));
    let mut shown: Vec<String> = lines.filter(asked).filter_map(|line| show(&line, &pages)).collect();
    shown.sort();
    shown
}

/// What happened, of the types in `wanted`, each with its number of reports and what became of it.
fn timeline(folder: &Folder, wanted: &[String]) -> Vec<String> {
    let file = folder.path().join("record.chancery");
    let _ = fs::remove_file(&file);
    let flags = wanted.iter().filter(|word| word.starts_with("--"));
    let mut read = chancery();
    read.current_dir(folder.path()).args(["read", "--quiet", "--list", "list.jsonl", "--into"]);
    assert!(read.arg(&file).args(flags).status().expect("the program starts").success());
    let output = chancery().arg("timeline").arg(&file).arg("--json").output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let words = String::from_utf8(output.stdout).expect("lines of JSON are UTF-8");
    let all: Vec<Value> = words.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
    let kind = |line: &&Value| line["type"].as_str().is_some_and(|t| wanted.iter().any(|word| word == t));
    all.iter().filter(kind).map(|line| happening(line, &all)).collect()
}

fn happening(line: &Value, all: &[Value]) -> String {
    let word = |line: &Value, field: &str| line[field].as_str().unwrap_or("-").to_owned();
    let names = |field: &str| {
        let list = line[field].as_array().map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
    };
    let outcome = match line["outcome"].as_str() {
        None => String::new(),
        Some("lapsed") => ", lapsed".to_owned(),
        Some(id) => {
            let met = all.iter().find(|other| other["id"] == id).expect("the happening that it became");
            format!(", became that of {}", word(met, "when"))
        }
    };
    let reports = line["reports"].as_array().map_or(0, Vec::len);
    format!(
        "{} {} {}{outcome}: {} → {}; reports: {reports}",
        word(line, "when"),
        word(line, "type"),
        word(line, "status"),
        names("actors"),
        names("recipients"),
    )
}

/// A line for a reader; nothing for an account of one article.
fn show(line: &Value, pages: &BTreeMap<&str, &str>) -> Option<String> {
    let word = |field: &str| line[field].as_str().unwrap_or("-").to_owned();
    let sources = line["sources"]
        .as_array()
        .map_or_else(String::new, |list| list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "));
    Some(match line["kind"].as_str()? {
        "copy" => {
            let (a, b) = (proved(&line["a"], pages), proved(&line["b"], pages));
            let other = if line["relation"] == "identical" { String::new() } else { format!(" | {}", b.1) };
            format!("{} {} {}: {}{other}", word("relation"), a.0, b.0, a.1)
        }
        "lineage" => {
            format!(
                "lineage {sources}: {}, {} of {} words, by {}",
                word("relation"),
                line["shared"],
                line["words"],
                word("known_by")
            )
        }
        "account" if sources.contains(' ') => {
            let page = line["origin"].as_str().is_some_and(|origin| origin.len() == 64);
            format!("account {sources}: {}", if page { "first page".to_owned() } else { word("origin") })
        }
        "revision" => {
            let count = |field: &str| line[field].as_array().map_or(0, Vec::len);
            let silent = if line["silent"] == true { "silent" } else { "dated" };
            format!(
                "revision {silent}: {} edited, {} removed, {} added",
                count("edited"),
                count("removed"),
                count("added")
            )
        }
        "story" => format!("story {sources}: {}", line["title"]["text"].as_str().unwrap_or("-")),
        _ => return stance::linked(line),
    })
}

/// The page and the words of a cite, which must be the words of the page.
fn proved(place: &Value, pages: &BTreeMap<&str, &str>) -> (String, String) {
    let source = place["source"].as_str().expect("the page of a cite").to_owned();
    let text = place["text"].as_str().expect("the words of a cite").to_owned();
    if let (Some(start), Some(end)) = (place["page_start"].as_u64(), place["page_end"].as_u64()) {
        let bytes = &pages[source.as_str()].as_bytes()[start as usize..end as usize];
        let fold = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(fold(&String::from_utf8_lossy(bytes)), fold(&text), "{source}");
    }
    (source, text)
}

/// What TRUTH.md of the examples says about copies.
#[test]
fn copies_of_the_talks_are_those_of_the_truth() {
    let talks = repository().join("examples/talks");
    let accounts = lines_of(&talks.join("pages.jsonl"), "account");
    let of = |part: &str| -> Vec<String> {
        let holds = |line: &&Value| {
            line["sources"]
                .as_array()
                .is_some_and(|list| list.iter().any(|s| s.as_str().is_some_and(|s| s.contains(part))))
        };
        let with = accounts
            .iter()
            .filter(holds)
            .filter(|line| line["articles"].as_array().is_some_and(|a| a.len() > 1));
        with.flat_map(|line| line["sources"].as_array().cloned().unwrap_or_default())
            .filter_map(|s| s.as_str().map(str::to_owned))
            .collect()
    };
    let quarn = of("strait-2026-03-12-quarn");
    for page in [
        "interlake-orrin",
        "morning-2026-03-12",
        "dispatch-2026-03-12",
        "observer-2026-03-13",
        "quarnpost.warc",
    ] {
        assert!(
            quarn.iter().any(|source| source.contains(page)),
            "{page} carries the agency's Quarn talks: {quarn:?}"
        );
    }
    assert!(
        of("strait-2026-03-09").iter().any(|source| source.contains("interlake-orrin")),
        "the offer of a pause"
    );
    for own in [
        "ledger-2026-03-10",
        "dispatch-2026-03-11",
        "ledger-2026-03-16",
        "ledger-2026-03-01",
        "courier-2026-03-14",
    ] {
        assert!(of(own).is_empty(), "{own} is reporting of its own: {:?}", of(own));
    }
    let revisions = lines_of(&talks.join("pages.jsonl"), "revision");
    assert_eq!(revisions.len(), 1, "one page came twice");
    assert_eq!(revisions[0]["silent"], true);
    assert!(!revisions[0]["removed"].as_array().expect("a list").is_empty(), "paragraphs are gone");
}

fn lines_of(list: &Path, kind: &str) -> Vec<Value> {
    let output = chancery()
        .args(["read", "--jsonl", "--quiet", "--only", kind, "--list"])
        .arg(list)
        .output()
        .expect("the program starts");
    let words = String::from_utf8(output.stdout).expect("lines of JSON are UTF-8");
    words.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}
