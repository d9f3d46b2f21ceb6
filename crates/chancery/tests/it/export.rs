//! `chancery export`: the lines of a record, and tables of them.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Folder, chancery, output, repository};

fn record(folder: &Folder) -> PathBuf {
    let file = folder.path().join("wages.chancery");
    let pages = repository().join("examples/wages");
    let status = chancery().args(["read", "--quiet"]).arg(pages).arg("--into").arg(&file).status();
    assert!(status.expect("the program starts").success());
    file
}

#[test]
fn a_table_has_a_row_for_each_line_of_its_kind_and_says_the_same() {
    let folder = Folder::new("export-tables");
    let file = record(&folder);
    for kind in
        ["article", "statement", "event", "figure", "stance", "entity", "happening", "position", "dispute"]
    {
        let lines = output(chancery().args(["export", "--only", kind]).arg(&file));
        let table = output(chancery().args(["export", "--format", "csv", "--only", kind]).arg(&file));
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let ids: Vec<String> =
            rows.records().map(|row| row.expect("rows of one length")[0].to_owned()).collect();
        let wanted: Vec<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
            .map(|line| line["id"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!(ids, wanted, "{kind}");
        assert!(kind == "dispute" || ids.len() > 1, "{kind}: {} rows", ids.len());
    }
}

#[test]
fn where_in_the_page_is_told_also_for_words_in_pieces() {
    let folder = Folder::new("export-pieces");
    let file = record(&folder);
    let table = output(chancery().args(["export", "--format", "csv", "--only", "stance"]).arg(&file));
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let column =
        rows.headers().expect("headings").iter().position(|h| h == "page_start").expect("the column");
    assert!(rows.records().all(|row| row.is_ok_and(|row| row[column].parse::<u64>().is_ok())), "{table}");
}

#[test]
fn what_cannot_be_exported_is_said_with_what_can() {
    let folder = Folder::new("export-wrong");
    let file = record(&folder);
    for (asked, told) in [
        (vec!["--format", "csv"], "add --only with one of: article"),
        (vec!["--format", "csv", "--only", "event,figure"], "a table holds one kind of line"),
        (vec!["--format", "csv", "--only", "furniture"], "no table can be made of `furniture`"),
        (vec!["--only", "events"], "no line of a record is a `events`"),
    ] {
        let got = chancery().arg("export").args(&asked).arg(&file).output().expect("the program starts");
        let said = String::from_utf8_lossy(&got.stderr).into_owned();
        assert_eq!(got.status.code(), Some(2), "{asked:?}: {said}");
        assert!(said.contains(told), "{asked:?}: {said}");
    }
}
