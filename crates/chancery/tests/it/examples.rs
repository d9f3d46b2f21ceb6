//! The example pages are read as `examples/talks/TRUTH.md` says they should be: its last table against the lines of the program.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::program::{chancery, repository, say};

/// The columns of the table after the page's name, in order.
const FIELDS: [&str; 6] = ["title", "published", "basis", "byline", "dateline", "agency"];

/// Wrong answers of today: page, which story on it, column (or `stories`, their number), and what the program says.
/// FIXME: the right answers stand in the table.
const WRONG: &[(&str, usize, &str, &str)] = &[];

/// What is known of a page's stories, column by column; `-` for nothing.
type Stories = Vec<[String; 6]>;

#[test]
fn examples_are_read_as_the_truth_says() {
    let truth = truth();
    let found = found();
    let mut wrong = Vec::new();
    for (page, stories) in &truth {
        let read = found.get(page).map_or(&[][..], Vec::as_slice);
        let number = read.len().to_string();
        let known = WRONG.iter().any(|wrong| wrong.0 == page && wrong.2 == "stories");
        match (known, read.len() == stories.len()) {
            (false, false) => wrong.push(format!("{page}: {number} stories, should be {}", stories.len())),
            (true, true) => say(&format!("{page} has {number} stories, as it should: take it from the list")),
            _ => {}
        }
        for (at, (story, read)) in stories.iter().zip(read).enumerate() {
            wrong.extend(differences(page, at, story, read));
        }
    }
    for page in found.keys().filter(|page| !truth.contains_key(*page)) {
        wrong.push(format!("{page}: a page that the table does not know"));
    }
    say(&format!("examples: {} pages, {} known wrong answers (FIXME)", truth.len(), WRONG.len()));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The cells that are not what the table says, unless they are known to be wrong in just this way.
fn differences(page: &str, at: usize, story: &[String; 6], read: &[String; 6]) -> Vec<String> {
    let mut out = Vec::new();
    for ((field, right), got) in FIELDS.iter().zip(story).zip(read) {
        let answers = std::iter::once(right.as_str()).chain(right.split(" or "));
        let fits = answers.into_iter().any(|answer| answer.eq_ignore_ascii_case(got));
        let known = WRONG.contains(&(page, at, *field, got.as_str()));
        if !fits && !known {
            out.push(format!("{page}, story {}: {field} is {got:?}, should be {right:?}", at + 1));
        }
    }
    for (_, _, field, got) in WRONG.iter().filter(|known| known.0 == page && known.1 == at) {
        if *field != "stories" && !says(read, field, got) {
            say(&format!("{page}, story {}: {field} is no longer {got:?}: take it from the list", at + 1));
        }
    }
    out
}

fn says(read: &[String; 6], field: &str, got: &str) -> bool {
    FIELDS.iter().position(|name| *name == field).is_some_and(|column| read[column] == got)
}

/// The rows of the last table of the file, by page.
fn truth() -> BTreeMap<String, Stories> {
    let path = repository().join("examples/talks/TRUTH.md");
    let words = fs::read_to_string(&path).expect("TRUTH.md is there");
    let (_, table) =
        words.rsplit_once("\n|---|---|---|---|---|---|---|\n").expect("a table of seven columns");
    let mut pages: BTreeMap<String, Stories> = BTreeMap::new();
    let mut page = String::new();
    for row in table.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (name, fields) = cells.split_first().expect("a row has cells");
        if !name.is_empty() {
            page = page_of_row(name);
        }
        let fields: [&str; 6] = fields.try_into().unwrap_or_else(|_| panic!("seven cells: {row}"));
        pages.entry(page.clone()).or_default().push(fields.map(str::to_owned));
    }
    pages
}

/// Items of a feed are stories of one page.
fn page_of_row(name: &str) -> String {
    match name.split_once(':') {
        Some((feed @ ("rss" | "json"), _)) => feed.to_owned(),
        _ => name.to_owned(),
    }
}

/// What the program reads, by the names of the table.
fn found() -> BTreeMap<String, Stories> {
    let list = repository().join("examples/talks/pages.jsonl");
    let output = chancery().args(["read", "--jsonl", "--quiet", "--list"]).arg(list).output();
    let output = output.expect("the program runs");
    let mut pages: BTreeMap<String, Stories> = BTreeMap::new();
    let mut urls: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        match line["kind"].as_str() {
            Some("page") => {
                urls.insert(words(&line["id"]), words(&line["url"]));
            }
            Some("article") => {
                let page = page_of_line(&words(&line["source"]), &urls[&words(&line["page"])]);
                pages.entry(page).or_default().push(story(&line));
            }
            _ => {}
        }
    }
    pages
}

/// `pages/ledger-2026-03-01-fourteen-points.html` is `ledger-01`; pages of the archive go by the end of their address.
fn page_of_line(source: &str, url: &str) -> String {
    let name = source.trim_start_matches("pages/");
    if name.ends_with(".warc.gz") {
        return format!("warc:{}", url.rsplit('/').next().unwrap_or_default());
    }
    if !name.contains("-2026-03-") {
        return name.rsplit('.').next().unwrap_or_default().to_owned();
    }
    let (outlet, rest) = name.split_once("-2026-03-").expect("a day in the name");
    let version = rest.split('.').find(|part| matches!(*part, "v1" | "v2"));
    format!("{outlet}-{}{}", &rest[..2], version.map(|v| format!(".{v}")).unwrap_or_default())
}

fn story(article: &Value) -> [String; 6] {
    [
        words(&article["title"]["text"]),
        words(&article["published"]["value"]),
        words(&article["published_basis"]),
        list(&article["byline"]),
        list(&article["dateline"]["places"]),
        words(&article["agency"]),
    ]
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}

fn list(value: &Value) -> String {
    let names: Vec<String> = value.as_array().into_iter().flatten().map(words).collect();
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}
