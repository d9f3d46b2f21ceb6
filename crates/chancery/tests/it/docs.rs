//! The documentation promises a heading for every verb, flag, kind of line, kind of block, note code and reason of furniture.

use std::collections::BTreeSet;
use std::fs;

use chancery_model::{BlockKind, FurnitureReason, NoteCode};

use crate::program::{chancery, repository};

/// The words in backticks of the headings of a document.
fn headings(document: &str) -> BTreeSet<String> {
    let words = fs::read_to_string(repository().join(document)).unwrap_or_else(|e| panic!("{document}: {e}"));
    let headings = words.lines().filter(|line| line.starts_with('#'));
    headings.flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn all_stand_in(document: &str, words: impl IntoIterator<Item = impl Into<String>>) {
    let headings = headings(document);
    let missing: Vec<String> =
        words.into_iter().map(Into::into).filter(|word| !headings.contains(word)).collect();
    assert!(missing.is_empty(), "{document} has no heading for {missing:?}");
}

fn help(args: &[&str]) -> String {
    let output = chancery().args(args).arg("--help").output().expect("the program starts");
    assert!(output.status.success(), "{args:?} --help");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

/// The verbs that the program itself lists.
fn verbs() -> Vec<String> {
    let help = help(&[]);
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let verbs: Vec<String> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|verb| verb != "help")
        .collect();
    assert!(verbs.contains(&"read".to_owned()), "{help}");
    verbs
}

#[test]
fn every_verb_and_flag_is_documented_and_every_verb_has_an_example() {
    let mut words = BTreeSet::new();
    for verb in verbs() {
        let help = help(&[&verb]);
        assert!(help.contains("Example"), "{verb} --help gives no example");
        let options = help.lines().filter(|line| line.trim_start().starts_with('-'));
        for option in options {
            let flags = option.split([' ', ',']).filter(|word| word.starts_with("--"));
            words.extend(flags.take(1).map(str::to_owned));
        }
        words.insert(verb);
    }
    words.remove("--help");
    assert!(words.contains("--list") && words.contains("check"), "{words:?}");
    all_stand_in("docs/verbs.md", words);
}

#[test]
fn every_kind_of_line_and_block_is_documented() {
    let output = chancery().args(["read", "x", "--only", "nonsense"]).output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let kinds =
        told.split("the kinds of lines are ").nth(1).and_then(|rest| rest.lines().next()).expect(&told);
    all_stand_in("docs/wire.md", kinds.split(", "));
    all_stand_in("docs/wire.md", BlockKind::ALL.map(BlockKind::word));
}

#[test]
fn every_note_and_reason_is_documented() {
    all_stand_in("docs/notes.md", NoteCode::ALL.iter().map(|code| code.word()));
    all_stand_in("docs/notes.md", FurnitureReason::ALL.iter().map(|reason| reason.word()));
}

#[test]
fn no_heading_documents_what_is_gone() {
    let notes: BTreeSet<&str> = NoteCode::ALL.iter().map(|code| code.word()).collect();
    let reasons: BTreeSet<&str> = FurnitureReason::ALL.iter().map(|reason| reason.word()).collect();
    let gone: Vec<String> = headings("docs/notes.md")
        .into_iter()
        .filter(|word| !notes.contains(word.as_str()) && !reasons.contains(word.as_str()))
        .collect();
    assert!(gone.is_empty(), "docs/notes.md documents what is not there: {gone:?}");
}
