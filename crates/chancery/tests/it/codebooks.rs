//! A user's own codebook through the whole program: a quarrel over a river's water, which no built-in codebook knows.

use std::process::Output;

use crate::program::{Folder, chancery};

const WATER: &str = r#"id = "water"
name = "Water rights on a shared river"

[[issue]]
id = "releases"
name = "Releases from the dam"
phrases = ["release ... water", "water ... release", "cubic metre", "spring flow"]
yes = ["They want more water released in the dry months."]
no = ["The prisoners were released."]

[[issue]]
id = "gauges"
name = "Gauging stations"
phrases = ["gauge", "gauging station"]
yes = ["Joint gauges were agreed."]
no = ["He engaged a lawyer."]
"#;

const PAGE: &str = "Orsk demanded on Tuesday that Marn release more water in the dry months.

Marn rejected joint gauges. Later Marn called for a ceasefire between the ministries.
";

fn run(folder: &Folder, args: &[&str]) -> Output {
    chancery().current_dir(folder.path()).args(args).output().expect("the program starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Party, issue and act of each position.
fn positions(folder: &Folder) -> Vec<String> {
    let output = run(folder, &["positions", "r.chancery", "--json"]);
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = words.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines.map(|p| format!("{} {} {}", p["party"], p["issue"], p["now"]).replace('"', "")).collect()
}

fn prepared(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("water.toml", WATER);
    folder.write("river.txt", PAGE);
    folder
}

#[test]
fn a_record_keeps_its_codebook_and_every_later_verb_uses_it() {
    let folder = prepared("codebook-kept");
    let read = run(&folder, &["read", "river.txt", "--into", "r.chancery", "--codebook", "water.toml"]);
    assert!(read.status.success(), "{}", told(&read));
    let all = ["Marn ceasefire demands", "Marn gauges rejects", "Orsk releases demands"];
    assert_eq!(positions(&folder), all, "own issues beside the built-in ones");
    // The file may go: the record has its text.
    std::fs::remove_file(folder.path().join("water.toml")).unwrap();
    let again = run(&folder, &["read", "river.txt", "--into", "r.chancery"]);
    assert!(told(&again).contains("1 already known"), "{}", told(&again));
    assert!(run(&folder, &["rebuild", "r.chancery"]).status.success());
    assert_eq!(positions(&folder), all);
    let listed = String::from_utf8(run(&folder, &["codebook", "list", "r.chancery"]).stdout).unwrap();
    assert!(listed.starts_with("water: Water rights on a shared river\n  releases"), "{listed}");
    let brief = String::from_utf8(run(&folder, &["brief", "r.chancery"]).stdout).unwrap();
    assert!(brief.contains("releases") && brief.contains("gauges"), "{brief}");
    let exported = String::from_utf8(run(&folder, &["export", "r.chancery"]).stdout).unwrap();
    assert!(exported.contains("\"issue\":\"gauges\""), "{exported}");
    assert!(run(&folder, &["check", "r.chancery"]).status.success());
}

#[test]
fn a_ruling_may_name_an_issue_of_the_records_codebook_and_no_other() {
    let folder = prepared("codebook-ruled");
    run(&folder, &["read", "river.txt", "--into", "r.chancery", "--codebook", "water.toml"]);
    let lines =
        run(&folder, &["read", "river.txt", "--jsonl", "--only", "stance", "--codebook", "water.toml"]);
    let lines = String::from_utf8(lines.stdout).unwrap();
    let line = lines.lines().find(|line| line.contains("\"gauges\"")).expect("a stance on gauges");
    let id = serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    let rule = |issue: &str| {
        let why = ["--why", "the flow is meant", "--ruled-by", "A. Quell"];
        run(&folder, &[&["rule", "r.chancery", "issue", &id, issue][..], &why].concat())
    };
    let unknown = rule("fish");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(told(&unknown).contains("no codebook of this record has an issue fish"), "{}", told(&unknown));
    assert!(told(&unknown).contains("chancery codebook list r.chancery"), "{}", told(&unknown));
    assert!(rule("releases").status.success());
    assert!(positions(&folder).contains(&"Marn releases rejects".to_owned()), "{:?}", positions(&folder));
}

#[test]
fn another_codebook_reads_the_kept_pages_again() {
    let folder = prepared("codebook-changed");
    run(&folder, &["read", "river.txt", "--into", "r.chancery"]);
    assert_eq!(positions(&folder), ["Marn ceasefire demands"]);
    let rebuilt = run(&folder, &["rebuild", "r.chancery", "--codebook", "water.toml", "--no-built-in"]);
    assert!(told(&rebuilt).contains("read with other codebooks and are read again"), "{}", told(&rebuilt));
    assert_eq!(positions(&folder), ["Marn gauges rejects", "Orsk releases demands"], "only one's own");
    let edited = WATER.replace("\"gauges\"", "\"measuring\"");
    folder.write("water.toml", edited);
    run(&folder, &["rebuild", "r.chancery", "--codebook", "water.toml"]);
    let all = ["Marn ceasefire demands", "Marn measuring rejects", "Orsk releases demands"];
    assert_eq!(positions(&folder), all);
    run(&folder, &["rebuild", "r.chancery", "--codebook", "built-in"]);
    assert_eq!(positions(&folder), ["Marn ceasefire demands"]);
}

#[test]
fn what_is_wrong_with_a_codebook_is_shown_before_anything_is_read() {
    let folder = prepared("codebook-wrong");
    folder.write("bad.toml", WATER.replace("[\"gauge\", ", "[\"... gauge\", "));
    let read = run(&folder, &["read", "river.txt", "--into", "r.chancery", "--codebook", "bad.toml"]);
    assert_eq!(read.status.code(), Some(2));
    let said = told(&read);
    assert!(said.contains("bad.toml: line 14, column 13: a phrase begins and ends with a word"), "{said}");
    assert!(said.contains("\n  phrases = [\"... gauge\", \"gauging station\"]\n              ^"), "{said}");
    assert!(!folder.path().join("r.chancery").exists(), "no record is begun");
    let missing = told(&run(&folder, &["read", "river.txt", "--codebook", "none.toml"]));
    assert!(missing.contains("none.toml: ") && missing.contains("chancery codebook new FILE"), "{missing}");
    let none = told(&run(&folder, &["read", "river.txt", "--codebook", "built-in", "--no-built-in"]));
    assert!(none.contains("no codebook is left to read with"), "{none}");
}

#[test]
fn a_check_says_which_words_of_phrases_are_no_base_forms() {
    let folder = prepared("codebook-forms");
    folder.write("plural.toml", WATER.replace("\"gauge\", ", "\"gauge\", \"net sizes\", "));
    let output = run(&folder, &["codebook", "check", "plural.toml"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("plural.toml: gauges: `sizes` in a phrase is no base form; `size` finds"),
        "{said}"
    );
    assert!(output.status.success(), "a hint is no fault");
}
