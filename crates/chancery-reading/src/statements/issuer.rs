//! Whose words a document carries: "the statement said" is said by whoever put the statement out.
//!
//! A document speaks for the body whose name stands before it ("the State Department statement"), or for whoever the article had
//! speak in such a document before ("said in a statement"). A report or survey that nobody is named for speaks for itself.

use chancery_model::{Deprel, Reading, Statement, Who};

use super::draft::Source;
use crate::{Text, who};

/// What is issued in somebody's name.
const DOCUMENTS: [&str; 14] = [
    "statement",
    "readout",
    "release",
    "communique",
    "communiqué",
    "letter",
    "post",
    "message",
    "declaration",
    "memo",
    "bulletin",
    "advisory",
    "note",
    "tweet",
];

/// The speakers of a document, with the words used for it.
pub(super) fn of_document(
    text: &Text<'_>,
    reading: &Reading,
    source: Source,
    before: &[Statement],
) -> Option<Vec<Who>> {
    if !DOCUMENTS.contains(&text.lemma(source.head)) {
        return None;
    }
    let span = text.span(source.words);
    let owner = text.dependents(source.head).iter().copied().filter(|&part| {
        part < source.head && matches!(text.deprel(part).general(), Deprel::Compound | Deprel::Nmod)
    });
    let named = |part: u32| {
        let at = who::who_of(text, reading, part).chain.ok()?;
        reading.chains.get(at as usize)?.name.as_ref().map(|_| at)
    };
    if let Some(at) = owner.filter_map(named).next() {
        return Some(vec![Who { span, chain: Ok(at) }]);
    }
    let definite =
        text.dependent(source.head, Deprel::Det).is_some_and(|det| matches!(text.lemma(det), "the" | "this"));
    let told =
        before.iter().rev().find(|statement| statement.venue.is_some_and(|venue| is_document(text, venue)));
    let speakers = told.filter(|_| definite)?.speakers.iter();
    Some(speakers.filter(|who| who.chain.is_ok()).map(|who| Who { span, chain: who.chain.clone() }).collect())
        .filter(|speakers: &Vec<Who>| !speakers.is_empty())
}

fn is_document(text: &Text<'_>, venue: chancery_model::Span) -> bool {
    let words = text.tokens_in(venue);
    (words.start..words.end).any(|t| DOCUMENTS.contains(&text.lemma(t)))
}
