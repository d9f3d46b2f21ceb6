//! Inputs to pages, one at a time.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chancery_model::{Known, Note, NoteCode, Page, PageId};
use chancery_pages::{Limits, Opened};
use chancery_store::Store;

use super::crew::Job;
use super::inputs::{Input, Inputs, Place, hint, why};
use super::keeping::sighting;

/// Something that came in.
pub(crate) enum Came {
    /// A page to read.
    Page(Box<Page>),
    /// A page that the record has, read as this reader reads it.
    Known(String),
    /// Why an input, or a part of one, gave no page.
    Note(Note),
}

/// Something that came in, with what is said of it.
pub(crate) struct Item {
    /// What came.
    pub(crate) came: Came,
    /// What every line of it carries as `source`.
    pub(crate) source: Option<Arc<str>>,
    /// Where a file lies on this machine: what its versions have in common.
    pub(crate) place: Option<Arc<str>>,
    /// Whether it is one article.
    pub(crate) whole: bool,
    /// Whether it comes out of the record, to be read again.
    pub(crate) again: bool,
}

impl Job for Item {
    fn weight(&self) -> usize {
        if let Came::Page(page) = &self.came { page.bytes.len() } else { 0 }
    }
}

/// How inputs are opened.
pub(crate) struct Opening<'a> {
    /// Whether lines carry the name of their input.
    pub(crate) sourced: bool,
    /// Whether every page is one article.
    pub(crate) whole: bool,
    /// The record to look pages up in: those it knows are not read again.
    pub(crate) record: Option<&'a Path>,
    /// What tells its reader apart.
    pub(crate) reader: String,
    /// Whether pages are read even if the record knows them.
    pub(crate) all: bool,
}

type Send<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

impl Opening<'_> {
    /// Sends the pages of the record that another reader read, then those of all inputs, and a note for each input that could
    /// not be read.
    pub(crate) fn pages(self, inputs: Inputs, send: &mut Send<'_>) {
        // The record can be opened: its writer just did. Should it fail, pages are read that need not be.
        let view = self.record.and_then(|file| Store::open(file).ok());
        let flow = view.as_ref().map_or(ControlFlow::Continue(()), |view| self.again(view, send));
        if flow.is_continue() {
            let _ = { inputs }.try_for_each(|input| self.input(input, view.as_ref(), send));
        }
    }

    fn again(&self, view: &Store, send: &mut Send<'_>) -> ControlFlow<()> {
        view.stale(&self.reader).unwrap_or_default().into_iter().try_for_each(|id| send(stale(view, id)))
    }

    fn input(&self, input: Input, view: Option<&Store>, send: &mut Send<'_>) -> ControlFlow<()> {
        let source = (self.sourced && !input.name.is_empty()).then(|| Arc::from(input.name.as_str()));
        let place = view.and_then(|_| place_of(&input));
        let name = input.name.clone();
        pages_of(input, &mut |came| {
            // Only a file that is itself the page is its place; the pages of an archive have addresses.
            let place = place.clone().filter(|_| matches!(&came, Came::Page(page) if page.origin == name));
            let item = Item { came, source: source.clone(), place, whole: self.whole, again: false };
            send(self.unless_known(item, view))
        })
    }

    fn unless_known(&self, mut item: Item, view: Option<&Store>) -> Item {
        if let (false, Some(view), Came::Page(page)) = (self.all, view, &item.came) {
            let seen = sighting(page, &item);
            if view.is_up_to_date(page.id, &seen, &self.reader).unwrap_or(false) {
                item.came = Came::Known(page.origin.clone());
            }
        }
        item
    }
}

/// A page out of the record.
fn stale(view: &Store, id: PageId) -> Item {
    let (came, whole) = match view.page(id) {
        Ok(Some(stored)) => (Came::Page(Box::new(stored.page)), stored.whole),
        Ok(None) => (Came::Known(id.to_string()), false),
        Err(error) => (Came::Note(Note::new(NoteCode::Damaged, error.to_string())), false),
    };
    Item { came, source: None, place: None, whole, again: true }
}

fn place_of(input: &Input) -> Option<Arc<str>> {
    let Ok(Place::File(path)) = &input.place else { return None };
    let whole: PathBuf = path.canonicalize().ok()?;
    Some(Arc::from(whole.to_string_lossy().as_ref()))
}

fn pages_of(input: Input, send: &mut dyn FnMut(Came) -> ControlFlow<()>) -> ControlFlow<()> {
    match input.place {
        Err(note) => send(Came::Note(note)),
        Ok(Place::Standard) => open(std::io::stdin().lock(), &input.name, &input.known, send),
        Ok(Place::File(path)) => match File::open(&path) {
            Ok(file) => open(file, &input.name, &input.known, send),
            Err(error) => send(Came::Note(unreadable(&input.name, &error))),
        },
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Note {
    let note = Note::new(NoteCode::Unreadable, format!("{name} cannot be read: {}", why(error)));
    match hint(error) {
        Some(hint) => note.hint(hint),
        None => note,
    }
}

fn open(
    input: impl Read,
    name: &str,
    known: &Known,
    send: &mut dyn FnMut(Came) -> ControlFlow<()>,
) -> ControlFlow<()> {
    chancery_pages::open(input, name, known, &Limits::DEFAULT).try_for_each(|opened| match opened {
        Opened::Page(page) => send(Came::Page(page)),
        Opened::Note(note) => send(Came::Note(note)),
    })
}
