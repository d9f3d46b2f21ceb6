//! HTML: markup to lines, lines to stories.

mod authors;
mod body;
mod facts;
mod fragment;
mod headline;
mod jsonld;
mod lex;
mod lines;
mod outline;
mod published;
pub(crate) mod reference;
mod story;
mod tag;
mod tree;

use chancery_model::{Note, NoteCode, Page, PageReading};

use crate::decode::Decoded;
use facts::Facts;
pub(crate) use fragment::fragment;
use outline::Outline;
use story::Story;
use tree::Tree;

/// Reads the stories of a page of markup.
pub(crate) fn read(page: &Page, decoded: &Decoded) -> PageReading {
    let tree = Tree::read(&decoded.text);
    let outline = Outline::of(&tree);
    let facts = Facts::of(&tree);
    let judged = body::judge(&tree, &outline, &decoded.map);
    let story = Story { page, tree: &tree, outline: &outline, judged: &judged, facts: &facts };
    let mut reading = story.read();
    reading.notes.extend(notes(page, &tree));
    reading
}

fn notes(page: &Page, tree: &Tree<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    if tree.too_deep {
        let message =
            format!("{}: elements nested deeper than {} were not followed", page.origin, tree::MAX_DEPTH);
        notes.push(Note::new(NoteCode::TooDeep, message).hint("their words were kept"));
    }
    if tree.too_large {
        let message =
            format!("{}: more than {} elements; the rest was not read", page.origin, tree::MAX_NODES);
        notes.push(Note::new(NoteCode::TooLarge, message));
    }
    notes
}
