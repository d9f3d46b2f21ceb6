//! An input that is one page, or none.

use chancery_model::{MediaKind, Note, NoteCode, Page};

use super::kind::{self, Kind};
use super::stream::{Break, Stream};
use super::{About, Opened};
use crate::decode::mime;

/// What to do about a page over the limit.
pub(super) const LARGE_HINT: &str = "split it into its stories";

/// Reads the whole input as one page.
pub(super) fn read(mut stream: Stream<'_>, about: &About) -> Vec<Opened> {
    let origin = &about.origin;
    let limit = about.limits.page_bytes;
    if let Some(note) = unreadable(stream.peek(kind::WINDOW), origin) {
        return vec![Opened::Note(note)];
    }
    let bytes = stream.take(limit + 1);
    if bytes.len() > limit {
        let message = format!("{origin}: larger than {} MB, more than a page may be", limit >> 20);
        return vec![Opened::Note(Note::new(NoteCode::TooLarge, message).hint(LARGE_HINT))];
    }
    let mut out = Vec::new();
    let broken = stream.broken().map(|reason| break_note(origin, reason));
    match kind::recognise(&bytes) {
        Kind::Page(media) => {
            let mut known = about.known.clone();
            if media == MediaKind::Html && known.url.is_none() {
                known.url = mime::address(&bytes);
            }
            let page = Page::new(bytes, origin.clone(), media, known);
            out.push(Opened::Page(Box::new(page)));
        }
        // What broke says more than what is left does.
        Kind::Empty if broken.is_some() => {}
        Kind::Empty => out.push(Opened::Note(empty(origin, bytes.len()))),
        Kind::Other(what) => out.push(Opened::Note(not_a_page(origin, what.name, what.hint))),
    }
    out.extend(broken.map(Opened::Note));
    out
}

/// The note on an input that its first bytes give away as no page.
fn unreadable(head: &[u8], origin: &str) -> Option<Note> {
    let what = kind::binary(head)?;
    Some(not_a_page(origin, what.name, what.hint))
}

fn not_a_page(origin: &str, name: &str, hint: &str) -> Note {
    Note::new(NoteCode::NotAPage, format!("{origin}: {name}, not a page")).hint(hint)
}

fn empty(origin: &str, bytes: usize) -> Note {
    let message = match bytes {
        0 => format!("{origin}: the file is empty"),
        _ => format!("{origin}: the file holds nothing but white space"),
    };
    Note::new(NoteCode::Empty, message).hint("save the page again")
}

/// The note on a stream that ends early.
pub(super) fn break_note(origin: &str, reason: &Break) -> Note {
    match reason {
        Break::Truncated => Note::new(
            NoteCode::Truncated,
            format!("{origin}: the compressed file ends early; what came before was read"),
        )
        .hint("fetch it again to read the rest"),
        Break::Damaged(what) => {
            Note::new(NoteCode::Damaged, format!("{origin}: {what}; what came before was read"))
                .hint("fetch it again, or test it with `gzip -t`")
        }
        Break::Bomb => Note::new(
            NoteCode::TooLarge,
            format!("{origin}: it expands to hundreds of times its size; what came before was read"),
        )
        .hint("if the file is honest, decompress it first"),
        Break::Io(why) => Note::new(NoteCode::Unreadable, format!("{origin}: cannot be read on: {why}"))
            .hint("check the file and its disk; what came before was read"),
    }
}
