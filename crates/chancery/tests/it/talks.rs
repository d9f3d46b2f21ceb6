//! The record of the example talks, against what is true about them (`examples/talks/TRUTH.md`, written by hand).

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::program::{Folder, chancery, output, repository, say};

/// The record of the example pages.
fn record(folder: &Folder) -> std::path::PathBuf {
    let file = folder.path().join("talks.chancery");
    let read = chancery()
        .args(["read", "--quiet", "--list", "examples/talks/pages.jsonl", "--into"])
        .arg(&file)
        .current_dir(repository())
        .status();
    assert!(read.expect("the program starts").success());
    file
}

fn lines(file: &Path, verb: &str) -> Vec<Value> {
    let out = output(chancery().arg(verb).arg(file).arg("--json"));
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// A stance: party, issue, act.
type Stance = (String, String, String);

/// The table of stances in the file of truths.
fn truth() -> BTreeSet<Stance> {
    let text = std::fs::read_to_string(repository().join("examples/talks/TRUTH.md")).expect("TRUTH.md");
    let table = text
        .split("## Where they stand")
        .nth(1)
        .and_then(|rest| rest.split("## ").next())
        .expect("the table");
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| party"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[1].to_owned(), cells[2].to_owned(), cells[4].to_owned())
    })
    .collect()
}

/// Of the stances that a careful reader finds, so many are found at least. Raise it as the reader gets better.
const FOUND: usize = 22;
/// Of the stances that the record gives Veldra, Kessaria and Aurelle, so many of a hundred are among those at least.
const RIGHT: usize = 65;

#[test]
fn positions_of_the_talks_are_those_of_a_careful_reader() {
    let folder = Folder::new("talks-positions");
    let truth = truth();
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut found: BTreeSet<Stance> = BTreeSet::new();
    for position in lines(&record(&folder), "positions") {
        for standing in position["standing"].as_array().expect("standing") {
            found.insert((word(&position, "party"), word(&position, "issue"), word(standing, "act")));
        }
    }
    let parties: BTreeSet<&String> = truth.iter().map(|(party, ..)| party).collect();
    found.retain(|(party, ..)| parties.contains(party));
    let right = found.intersection(&truth).count();
    say(&format!("talks: {right} of {} stances found, {} given", truth.len(), found.len()));
    assert!(right >= FOUND, "{right} of {}: {:?} are missing", truth.len(), truth.difference(&found));
    assert!(right * 100 >= RIGHT * found.len(), "{right} of {} are right", found.len());
}

/// Disputes found of D1 to D14 at least; each shown one was judged by hand.
const DISPUTED: usize = 10;

#[test]
fn what_the_sides_tell_differently_is_found() {
    let folder = Folder::new("talks-disputes");
    let file = record(&folder);
    let disputes = lines(&file, "disputes");
    let of = |kind: &str, words: [&str; 2]| {
        disputes.iter().any(|d| {
            let note = d["note"].as_str().unwrap_or_default();
            d["type"] == kind && words.iter().all(|w| note.contains(w))
        })
    };
    assert!(disputes.len() >= DISPUTED, "{} disputes", disputes.len());
    assert!(of("figure", ["212", "140"]), "drones of one night");
    assert!(of("figure", ["14 people", "five people"]), "the dead of the market");
    assert!(of("date", ["2026-03-04", "2026-03-03"]), "the day of the market");
    assert!(of("date", ["2026-03-18", "no date"]), "the day of the signature");
    assert!(!of("figure", ["23", "41"]), "each counts the other's violations");
    assert!(!of("figure", ["300", "220"]), "two versions of the plan");
    let plans = lines(&file, "proposals");
    let main = plans.iter().find(|p| p["name"] == "14-point plan").expect("the plan");
    assert_eq!(main["author"], "Aurelle");
    assert!(main["versions"].as_array().is_some_and(|v| v.len() >= 2), "{main}");
}

#[test]
fn a_record_is_the_same_for_any_order_of_pages_and_number_of_workers() {
    let folder = Folder::new("talks-order");
    let list = std::fs::read_to_string(repository().join("examples/talks/pages.jsonl")).expect("the list");
    let mut turned: Vec<&str> = list.lines().collect();
    turned.reverse();
    let turned = folder.write("pages.jsonl", turned.join("\n"));
    let read = |list: &Path, name: &str, jobs: &str| {
        let file = folder.path().join(name);
        let pages = repository().join("examples/talks");
        let status = chancery()
            .args(["read", "--quiet", "--jobs", jobs, "--list"])
            .arg(list)
            .arg("--into")
            .arg(&file)
            .current_dir(pages)
            .status();
        assert!(status.expect("the program starts").success());
        output(chancery().arg("export").arg(&file))
    };
    let list = folder.write("same.jsonl", list);
    std::os::unix::fs::symlink(repository().join("examples/talks/pages"), folder.path().join("pages")).ok();
    let one = read(&list, "one.chancery", "1");
    assert!(one.lines().count() > 500, "{} lines", one.lines().count());
    assert!(one == read(&turned, "two.chancery", "4"), "the order of pages changes the record");
}

#[test]
fn a_ruling_holds_until_it_is_undone() {
    let folder = Folder::new("talks-rulings");
    let file = record(&folder);
    let stance = lines(&file, "positions")
        .iter()
        .find(|p| p["party"] == "Veldra" && p["issue"] == "plan")
        .and_then(|p| p["stances"][0].as_str().map(str::to_owned))
        .expect("a stance of Veldra on the plan");
    let issue_of = |id: &str| {
        let positions = lines(&file, "positions");
        let holds =
            positions.iter().find(|p| p["stances"].as_array().is_some_and(|s| s.iter().any(|s| s == id)));
        holds.and_then(|p| p["issue"].as_str().map(str::to_owned))
    };
    assert_eq!(issue_of(&stance).as_deref(), Some("plan"));
    let file_word = file.to_str().expect("UTF-8");
    output(chancery().args([
        "rule",
        file_word,
        "issue",
        &stance,
        "ceasefire",
        "--why",
        "a test",
        "--ruled-by",
        "Ada",
    ]));
    assert_eq!(issue_of(&stance).as_deref(), Some("ceasefire"));
    let rulings = lines(&file, "rulings");
    assert_eq!((rulings.len(), rulings[0]["by"].as_str()), (1, Some("Ada")));
    let id = rulings[0]["id"].as_str().expect("an id");
    output(chancery().args(["rulings", file_word, "--undo", id, "--ruled-by", "Bo"]));
    assert_eq!(issue_of(&stance).as_deref(), Some("plan"));
    assert_eq!(lines(&file, "rulings")[0]["undone_by"].as_str(), Some("Bo"));
    let nothing = chancery()
        .args(["rule", file_word, "issue", &stance, "no-such-issue", "--why", "x", "--ruled-by", "Ada"])
        .output();
    assert!(!nothing.expect("the program starts").status.success());
}
