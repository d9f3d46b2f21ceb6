//! Test files, made here: no binary file is kept in the repository.

use std::io::Write;

use chancery_model::{Known, Note, NoteCode, Page};
use chancery_pages::{Limits, Opened, Tally, open};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

/// A small page with a story of its own.
pub(crate) fn story(name: &str) -> String {
    format!(
        "<!doctype html>\n<html><head><title>{name}</title></head><body><article><h1>{name}</h1>\
         <p>Delegates met in the harbour office for {name}.</p></article></body></html>\n"
    )
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A response with this head (lines without their ends) and body.
pub(crate) fn http(head: &[&str], body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in head {
        out.extend_from_slice(line.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(body);
    out
}

/// A response that carries a page of HTML.
pub(crate) fn html_response(body: &[u8]) -> Vec<u8> {
    http(&["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8"], body)
}

/// A record that says it is `length` bytes long.
pub(crate) fn record_of_length(kind: &str, address: &str, content: &[u8], length: usize) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-04-05T06:07:08Z\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

pub(crate) fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
    record_of_length(kind, address, content, content.len())
}

/// A response record with a page of this name.
pub(crate) fn page_record(name: &str) -> Vec<u8> {
    record("response", &format!("https://example.org/{name}"), &html_response(story(name).as_bytes()))
}

/// What an input gave.
pub(crate) struct Given {
    pub(crate) pages: Vec<Page>,
    pub(crate) notes: Vec<Note>,
    pub(crate) tally: Tally,
}

impl Given {
    pub(crate) fn codes(&self) -> Vec<NoteCode> {
        self.notes.iter().map(|n| n.code).collect()
    }

    /// The names of the stories, by their first headings.
    pub(crate) fn stories(&self) -> Vec<String> {
        let name = |p: &Page| {
            let text = String::from_utf8_lossy(&p.bytes).into_owned();
            text.split("<h1>").nth(1).and_then(|t| t.split("</h1>").next()).unwrap_or("?").to_owned()
        };
        self.pages.iter().map(name).collect()
    }
}

pub(crate) fn opened(bytes: &[u8]) -> Given {
    opened_within(bytes, &Limits::DEFAULT)
}

/// Opens the bytes, given in uneven pieces as a pipe would.
pub(crate) fn opened_within(bytes: &[u8], limits: &Limits) -> Given {
    let mut pages = Vec::new();
    let mut notes = Vec::new();
    let input = Trickle { bytes, step: 1 };
    let mut all = open(input, "in.put", &Known::default(), limits);
    for opened in all.by_ref() {
        match opened {
            Opened::Page(page) => pages.push(*page),
            Opened::Note(note) => notes.push(note),
        }
    }
    for note in &notes {
        assert!(note.message.starts_with("in.put"), "the note does not name its input: {}", note.message);
        assert!(note.hint.is_some(), "the note does not say what to do: {}", note.message);
        assert!(!note.message.contains('\n'), "more than one line: {}", note.message);
    }
    Given { pages, notes, tally: all.tally() }
}

/// Gives 1, 2, 3 … bytes at a time.
struct Trickle<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.step.min(out.len()).min(self.bytes.len());
        out[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        self.step += 1;
        Ok(count)
    }
}
