//! Who wrote a story, by the names that the page gives.

use chancery_lexicon::containers::Meanings;
use chancery_lexicon::fold;

use super::body::Judged;
use super::facts::Facts;
use super::outline::Outline;
use super::tree::Tree;
use crate::recognise::{byline, stamp};

/// A byline stands no further from the story's first block than this many blocks.
const NEAR: usize = 14;

/// The names, in the order of the source that gives them: JSON-LD, meta elements, the page's own line.
pub(super) fn find(
    tree: &Tree<'_>,
    outline: &Outline,
    judged: &Judged<'_>,
    facts: &Facts,
    first: usize,
) -> Vec<String> {
    let described = facts.stories.iter().map(|s| clean(&s.authors, facts)).find(|names| !names.is_empty());
    let named = || Some(clean(&facts.authors, facts)).filter(|names| !names.is_empty());
    described.or_else(named).unwrap_or_else(|| shown(tree, outline, judged, first))
}

/// The names in what metadata gives: lists cut, addresses and labels dropped, each name once.
fn clean(raw: &[String], facts: &Facts) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for words in raw {
        for name in split(words) {
            let known = names.iter().any(|n| fold::words(n) == fold::words(&name));
            if !known && is_name(&name, facts) {
                names.push(name);
            }
        }
    }
    names
}

/// "By Nora Vale and Tom Ashe" is two names; "Reuters, London" is left to the reader of bylines.
fn split(words: &str) -> Vec<String> {
    let words = words.trim();
    let bare =
        words.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(words, |_| words[3..].trim());
    let parts = bare.split([',', ';', '|', '/']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    let parts: Vec<String> = parts.map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    let people = parts.iter().filter(|p| byline::is_person(p)).count();
    if people == parts.len() {
        return parts;
    }
    // Offices and places stand beside the names; the reader of bylines tells them apart.
    match byline::read(&format!("By {bare}")) {
        Some(read) if !read.names.is_empty() => read.names,
        _ => vec![bare.to_owned()],
    }
}

/// Whether metadata's word can be an author: no address, no account, and not the outlet unless it says nothing else.
fn is_name(name: &str, facts: &Facts) -> bool {
    let address = name.contains("://") || name.contains('@') || name.contains(".com");
    let account = !name.contains(' ')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
    let empty = !name.chars().any(char::is_alphabetic);
    let _ = facts;
    !(address || account || empty) && name.len() < 80
}

/// The names in the line near the story that says who wrote it.
fn shown(tree: &Tree<'_>, outline: &Outline, judged: &Judged<'_>, first: usize) -> Vec<String> {
    let near = first.saturating_sub(NEAR)..(first + 2).min(outline.blocks.len());
    for at in near {
        let block = &outline.blocks[at];
        if block.words > 30 || judged.is_elsewhere(at) {
            continue;
        }
        let marked = judged.contexts[at].has(Meanings::BYLINE);
        if let Some(read) = signed(outline.text(tree, at))
            && (read.sure || marked)
            && !read.names.is_empty()
        {
            return read.names;
        }
    }
    Vec::new()
}

/// A line read as a byline, also one that begins with the day: "Posted on March 3, 2031 by Nora Vale".
fn signed(line: &str) -> Option<byline::Byline> {
    let (when, who) = line.rsplit_once(" by ").unwrap_or((line, ""));
    let dated = !who.is_empty() && !stamp::of_line(when).is_empty();
    if dated { byline::read(&format!("By {who}")) } else { byline::read(line) }
}
