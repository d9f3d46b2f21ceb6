//! CoNLL-U in and out: tokens and sentences are kept as given, tags, trees and names are filled in.
//!
//! Rows of multiword tokens, empty nodes, comments, lemmas and features pass through. The column of enhanced dependencies is
//! emptied for words, since it belongs to another tree. The format is that of universaldependencies.org/format.html.

use std::io::Write;
use std::path::Path;

use chancery_language::document::DocReader;
use chancery_language::reader::Passage;
use chancery_model::{Name, NameKind, Token};

use crate::failure::Failure;

/// Words that are read as one passage, about; a passage ends with a sentence, and where a document ends.
const PASSAGE_WORDS: usize = 1500;
/// Sentences held in memory at one time, about, in words.
const SHARE_WORDS: usize = 200_000;
/// Bytes of a file.
const MAX_BYTES: u64 = 1 << 30;
const COLUMNS: usize = 10;

/// One line of a sentence.
enum Row<'a> {
    /// A word of the tree, with its columns.
    Word([&'a str; COLUMNS]),
    /// A comment, a multiword token, an empty node.
    Other(&'a str),
}

/// The lines between two empty ones.
struct Sentence<'a> {
    rows: Vec<Row<'a>>,
    opens_document: bool,
}

impl<'a> Sentence<'a> {
    fn words(&self) -> impl Iterator<Item = &[&'a str; COLUMNS]> {
        self.rows.iter().filter_map(|row| match row {
            Row::Word(columns) => Some(columns),
            Row::Other(_) => None,
        })
    }
}

/// Reads the file and writes it back with what the reader says.
pub(crate) fn fill(
    path: &Path,
    reader: &DocReader,
    threads: usize,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let text = text(path)?;
    let written =
        |error: std::io::Error| Failure::new(format!("standard output: {}", crate::read::why(&error)));
    let mut share = Vec::new();
    let mut words = 0;
    for sentence in sentences(&text, path) {
        let sentence = sentence?;
        words += sentence.words().count();
        share.push(sentence);
        if words >= SHARE_WORDS {
            fill_share(&share, reader, threads, out).map_err(written)?;
            share.clear();
            words = 0;
        }
    }
    fill_share(&share, reader, threads, out).map_err(written)
}

fn text(path: &Path) -> Result<String, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(format!("{}: {}", path.display(), crate::read::why(&error)));
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(Failure::new(format!(
            "{} has {size} bytes; at most {MAX_BYTES} are read",
            path.display()
        )));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Failure::new(format!("{}, line {line}: not UTF-8", path.display())).hint("CoNLL-U is always UTF-8")
    })
}

fn sentences<'a>(text: &'a str, path: &'a Path) -> impl Iterator<Item = Result<Sentence<'a>, Failure>> {
    let mut lines = text.lines().enumerate();
    std::iter::from_fn(move || {
        let mut sentence = Sentence { rows: Vec::new(), opens_document: false };
        for (number, line) in lines.by_ref() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() && sentence.rows.is_empty() {
                continue;
            }
            if line.trim().is_empty() {
                break;
            }
            sentence.opens_document |= line.starts_with("# newdoc");
            let next = sentence.words().count() + 1;
            match row(line, next) {
                Ok(row) => sentence.rows.push(row),
                Err(what) => {
                    let failure = Failure::new(format!("{}, line {}: {what}", path.display(), number + 1));
                    return Some(Err(failure.hint("see universaldependencies.org/format.html")));
                }
            }
        }
        (!sentence.rows.is_empty()).then_some(Ok(sentence))
    })
}

/// `next` is the number that the next word has.
fn row(line: &str, next: usize) -> Result<Row<'_>, String> {
    if line.starts_with('#') {
        return Ok(Row::Other(line));
    }
    let columns: Vec<&str> = line.split('\t').collect();
    let Ok(columns) = <[&str; COLUMNS]>::try_from(columns) else {
        return Err(format!(
            "a word has {COLUMNS} columns, set apart by tabs; here are {}",
            line.split('\t').count()
        ));
    };
    if columns[0].contains(['-', '.']) {
        return Ok(Row::Other(line));
    }
    if columns[0].parse() != Ok(next) {
        return Err(format!("the word should have the number {next}, not {:?}", columns[0]));
    }
    if columns[1].is_empty() {
        return Err("the word has no form".to_owned());
    }
    Ok(Row::Word(columns))
}

/// Sentences that are read as one passage, and its words.
struct Part<'a> {
    sentences: std::ops::Range<usize>,
    words: Vec<&'a str>,
    breaks: Vec<u32>,
}

impl Part<'_> {
    fn passage(&self) -> Passage<'_> {
        Passage { tokens: &self.words, breaks: &self.breaks, sentences_known: true, leanings: &[] }
    }
}

fn fill_share(
    share: &[Sentence<'_>],
    reader: &DocReader,
    threads: usize,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let parts = parts(share);
    let passages: Vec<Passage<'_>> = parts.iter().map(Part::passage).collect();
    let readings = reader.reader().read_on(&passages, threads);
    for (part, reading) in parts.iter().zip(&readings) {
        let tokens = reader.tokens_of(reading);
        let names = names(&reader.names_of(reading), tokens.len());
        let mut at = 0;
        for sentence in &share[part.sentences.clone()] {
            at = write(sentence, &tokens, &names, at, out)?;
        }
    }
    Ok(())
}

/// Consecutive sentences of one document, packed.
fn parts<'a>(share: &[Sentence<'a>]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (at, sentence) in share.iter().enumerate() {
        let full = parts.last().is_none_or(|part| part.words.len() >= PASSAGE_WORDS);
        if full || sentence.opens_document {
            parts.push(Part { sentences: at..at, words: Vec::new(), breaks: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.sentences.end = at + 1;
            part.breaks.push(part.words.len() as u32);
            part.words.extend(sentence.words().map(|columns| columns[1]));
        }
    }
    parts
}

/// For each token, whether it begins its name, and the name's kind.
fn names(names: &[Name], tokens: usize) -> Vec<Option<(bool, NameKind)>> {
    let mut out = vec![None; tokens];
    for name in names {
        for at in name.tokens.range() {
            out[at] = Some((at == name.tokens.start as usize, name.kind));
        }
    }
    out
}

/// Writes a sentence whose first word is token `first`. Returns the token after it.
fn write(
    sentence: &Sentence<'_>,
    tokens: &[Token],
    names: &[Option<(bool, NameKind)>],
    first: usize,
    out: &mut dyn Write,
) -> std::io::Result<usize> {
    let mut at = first;
    for row in &sentence.rows {
        match row {
            Row::Other(line) => writeln!(out, "{line}")?,
            Row::Word(columns) => {
                let token = &tokens[at];
                let head = if token.head as usize == at { 0 } else { token.head as usize + 1 - first };
                let [id, form, lemma, _, _, feats, ..] = columns;
                let (upos, xpos, deprel) = (token.upos.word(), token.xpos.word(), token.deprel.word());
                let misc = misc(columns[9], names[at]);
                writeln!(out, "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}")?;
                at += 1;
            }
        }
    }
    writeln!(out)?;
    Ok(at)
}

/// The last column with the name's tag in it. Sets of names count buildings among places, so a facility is a `PLACE` here,
/// and its finer kind stands beside it.
fn misc(given: &str, name: Option<(bool, NameKind)>) -> String {
    let ours = |item: &&str| item.starts_with("Name=") || item.starts_with("NameKind=");
    let mut items: Vec<String> =
        given.split('|').filter(|item| *item != "_" && !ours(item)).map(str::to_owned).collect();
    if let Some((begins, kind)) = name {
        let folded = if kind == NameKind::Facility { NameKind::Place } else { kind };
        items.push(format!("Name={}-{}", if begins { 'B' } else { 'I' }, folded.word()));
        if kind == NameKind::Facility {
            items.push(format!("NameKind={}", kind.word()));
        }
    }
    if items.is_empty() { "_".to_owned() } else { items.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_kept_as_given() {
        let text = "\n# newdoc\n# text = It's on.\n1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n1\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n2\t's\t_\t_\t_\t_\t_\t_\t_\tX=1\n\n\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let found: Vec<_> = sentences(text, Path::new("a.conllu")).map(Result::unwrap).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].opens_document && !found[1].opens_document);
        assert_eq!(found[0].words().map(|c| c[1]).collect::<Vec<_>>(), ["It", "'s"]);
        let parts = parts(&found);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].breaks, [0, 2]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let wrong = |text: &str| {
            let found: Result<Vec<_>, _> = sentences(text, Path::new("a.conllu")).collect();
            found.err().map(|failure| failure.to_string()).unwrap_or_default()
        };
        assert!(wrong("1 Yes\n").contains("line 1: a word has 10 columns"));
        assert!(
            wrong("\n2\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n").contains("line 2: the word should have the number 1")
        );
        assert!(wrong("1\t\t_\t_\t_\t_\t_\t_\t_\t_\n").contains("no form"));
    }

    #[test]
    fn names_stand_in_the_last_column() {
        assert_eq!(misc("_", None), "_");
        assert_eq!(misc("SpaceAfter=No|Name=B-X", None), "SpaceAfter=No");
        assert_eq!(misc("_", Some((true, NameKind::Person))), "Name=B-PERSON");
        assert_eq!(misc("A=1", Some((false, NameKind::Facility))), "A=1|Name=I-PLACE|NameKind=FACILITY");
    }
}
