//! Inputs to pages, one at a time.

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;

use chancery_model::{Known, Note, NoteCode, Page};
use chancery_pages::{Limits, Opened};

use super::crew::Job;
use super::inputs::{Input, Inputs, Place, hint, why};

/// A page to read, or a note on an input that gave none.
pub(crate) struct Item {
    /// What came.
    pub(crate) came: Result<Box<Page>, Note>,
    /// What every line of it carries as `source`.
    pub(crate) source: Option<Arc<str>>,
}

impl Job for Item {
    fn weight(&self) -> usize {
        self.came.as_ref().map_or(0, |page| page.bytes.len())
    }
}

/// Sends the pages of all inputs, and a note for each input that could not be read.
pub(crate) fn pages(inputs: Inputs, sourced: bool, send: &mut dyn FnMut(Item) -> ControlFlow<()>) {
    let _ = { inputs }.try_for_each(|input| {
        let source = (sourced && !input.name.is_empty()).then(|| Arc::from(input.name.as_str()));
        pages_of(input, &mut |came| send(Item { came, source: source.clone() }))
    });
}

type Send<'a> = dyn FnMut(Result<Box<Page>, Note>) -> ControlFlow<()> + 'a;

fn pages_of(input: Input, send: &mut Send<'_>) -> ControlFlow<()> {
    match input.place {
        Err(note) => send(Err(note)),
        Ok(Place::Standard) => open(std::io::stdin().lock(), &input.name, &input.known, send),
        Ok(Place::File(path)) => match File::open(&path) {
            Ok(file) => open(file, &input.name, &input.known, send),
            Err(error) => send(Err(unreadable(&input.name, &error))),
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

fn open(input: impl Read, name: &str, known: &Known, send: &mut Send<'_>) -> ControlFlow<()> {
    chancery_pages::open(input, name, known, &Limits::DEFAULT).try_for_each(|opened| match opened {
        Opened::Page(page) => send(Ok(page)),
        Opened::Note(note) => send(Err(note)),
    })
}
