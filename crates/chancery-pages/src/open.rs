//! What an input is, and the pages in it.
//!
//! ```text
//! bytes ──gunzip──▶ one page │ WARC records ──HTTP undone──▶ Page*
//! ```
//!
//! This module knows containers (gzip, WARC, HTTP payloads) and tells kinds of content apart by their bytes, never by a
//! name. It knows no paths, no charsets beyond what telling kinds apart needs, and nothing of what a page says. It streams:
//! at most one page is held in memory at a time.

mod gzip;
mod http;
mod kind;
mod kinds;
mod single;
mod stream;
mod warc;

use std::io::Read;

use chancery_model::{Known, Note, Page};

pub(crate) use kind::utf16;
use stream::Stream;

/// One thing an input gave.
#[derive(Debug)]
pub enum Opened {
    /// A page, whole and decoded down to its own bytes.
    Page(Box<Page>),
    /// Something that could not be read, or not wholly.
    Note(Note),
}

/// How much is read of an input, so that none of them can exhaust the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one page, after decompression. A larger one is skipped with a note.
    pub page_bytes: usize,
    /// Bytes of the head of one archive record.
    pub head_bytes: usize,
    /// Bytes that one compressed stream may give before its ratio is looked at.
    pub free_expansion: u64,
    /// How many times its own size a compressed stream may give beyond that.
    pub expansion: u64,
    /// Notes on single records of one archive; further ones are counted.
    pub record_notes: usize,
}

impl Limits {
    /// The limits in force unless a caller chooses others.
    ///
    /// The longest pages of news are a few megabytes, most of them script; 32 MB leaves room for a folder of them saved as
    /// one file while a handful can be held at once. Deflate cannot exceed 1032 : 1, markup reaches 20 : 1.
    pub const DEFAULT: Self = Self {
        page_bytes: 32 << 20,
        head_bytes: 64 << 10,
        free_expansion: 256 << 20,
        expansion: 200,
        record_notes: 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What was met in an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records of an archive; 0 for an input that is one page.
    pub records: u64,
    /// Pages handed out.
    pub pages: u64,
    /// Records that hold no page: pictures, requests, errors of a server.
    pub passed: u64,
}

/// Opens an input: its pages one by one, and notes on what could not be read.
///
/// `origin` names the input to a reader ("news/today.html", "-"), `known` is what a manifest says of it. `input` is read as
/// far as the iterator is driven.
pub fn open<'a>(input: impl Read + 'a, origin: &str, known: &Known, limits: &Limits) -> Pages<'a> {
    let about = About { origin: origin.to_owned(), known: known.clone(), limits: *limits };
    Pages { about, state: State::Start(Box::new(input)), tally: Tally::default() }
}

/// What the caller says of an input.
#[derive(Clone, Debug)]
struct About {
    origin: String,
    known: Known,
    limits: Limits,
}

/// The pages of one input.
pub struct Pages<'a> {
    about: About,
    state: State<'a>,
    tally: Tally,
}

enum State<'a> {
    Start(Box<dyn Read + 'a>),
    Archive(Box<warc::Archive<'a>>),
    Rest(std::vec::IntoIter<Opened>),
}

impl Pages<'_> {
    /// What was met so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    fn step(&mut self) -> Option<Opened> {
        loop {
            match &mut self.state {
                State::Start(_) => self.begin(),
                State::Archive(archive) => return archive.next(&self.about, &mut self.tally),
                State::Rest(rest) => return rest.next(),
            }
        }
    }

    fn begin(&mut self) {
        let State::Start(input) = std::mem::replace(&mut self.state, State::Rest(Vec::new().into_iter()))
        else {
            return;
        };
        let mut stream = Stream::new(input, &self.about.limits);
        self.state = if warc::starts(&mut stream) {
            State::Archive(Box::new(warc::Archive::new(stream)))
        } else {
            State::Rest(single::read(stream, &self.about).into_iter())
        };
    }
}

impl Iterator for Pages<'_> {
    type Item = Opened;

    fn next(&mut self) -> Option<Opened> {
        let opened = self.step()?;
        self.tally.pages += u64::from(matches!(opened, Opened::Page(_)));
        Some(opened)
    }
}
