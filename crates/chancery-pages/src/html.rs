//! HTML: markup to lines, lines to stories.

mod authors;
mod body;
mod facts;
mod fragment;
mod glued;
mod headline;
mod jsonld;
mod keep;
mod lex;
mod lines;
mod outlet;
mod outline;
mod published;
pub(crate) mod reference;
mod scopes;
mod script;
mod shown;
mod story;
mod tag;
mod tree;
mod witness;

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
    let measured = body::measure(&tree, &outline, &facts, &decoded.map);
    let scopes = scopes::find(&tree, &outline, &measured);
    let bare = Facts { outlets: facts.outlets.clone(), ..Facts::default() };
    let mut reading = PageReading { notes: notes(page, &tree), ..PageReading::default() };
    // Metadata is about the first story; what stands outside all of them is read with it.
    for (number, element) in scopes.iter().enumerate() {
        let main = number == 0;
        let facts = if main { &facts } else { &bare };
        let judged = measured.within(&tree, &outline, facts, *element);
        let nodes = |element: u32| element..tree.nodes[element as usize].last;
        let scope = if main { nodes(0) } else { nodes(*element) };
        let others = if main { scopes[1..].iter().map(|other| nodes(*other)).collect() } else { Vec::new() };
        Story { page, tree: &tree, outline: &outline, judged: &judged, facts, scope, others, main }
            .read(&mut reading);
    }
    // One outlet made the page.
    let outlet = reading.articles.first().and_then(|article| article.outlet.clone());
    for article in &mut reading.articles {
        article.outlet = article.outlet.take().or_else(|| outlet.clone());
    }
    if reading.articles.is_empty() {
        let message = format!("{}: no running text was found", page.origin);
        reading.notes.push(Note::new(NoteCode::NoArticle, message).hint(crate::NO_ARTICLE_HINT));
    }
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
