//! From bytes as the web gives them to clean, dated articles.
//!
//! ```text
//! bytes ──open──▶ Page ──decode──▶ Decoded ──html│text│feed──▶ lines ──▶ Article* + Furniture* + Note*
//! ```
//!
//! This crate knows formats, charsets and the habits of web pages. It knows no grammar, no file system, no clock. Every
//! function is pure: the same bytes give the same articles.

mod assemble;
mod decode;
mod feed;
mod html;
mod open;
mod recognise;
mod text;
mod words;

use chancery_model::{MediaKind, Note, NoteCode, Page, PageReading};

pub use open::{Limits, Opened, Pages, Tally, open};
pub use words::{PageWords, words_at};

/// Bytes of a paragraph. Nothing longer is prose.
const LONGEST_PARAGRAPH: usize = 1 << 20;

/// What to do about a page without an article.
const NO_ARTICLE_HINT: &str =
    "if it holds a story all the same, save its words as text and read that with --whole";

/// Reads the stories of a page and tells them from its furniture. Never fails: what cannot be read becomes a note.
pub fn read_page(page: &Page) -> PageReading {
    let decoded = decode::decode(page);
    let mut reading = match page.media {
        MediaKind::Html => html::read(page, &decoded),
        MediaKind::Text => text::read(page, &decoded),
        MediaKind::XmlFeed | MediaKind::JsonFeed => feed::read(page, &decoded),
    };
    reading.notes.splice(0..0, decoded.notes);
    let foreign: Vec<Note> =
        reading.articles.iter().filter_map(|a| recognise::tongue::note(page, a)).collect();
    reading.notes.extend(foreign);
    reading.notes.extend(note_on_length(page, &reading));
    reading.in_page_order()
}

/// The note on a line without an end.
fn note_on_length(page: &Page, reading: &PageReading) -> Option<Note> {
    let mut blocks = reading.articles.iter().flat_map(|article| &article.blocks);
    let long = blocks.find(|block| block.span.len() > LONGEST_PARAGRAPH)?;
    let message = format!("{}: one paragraph of {} MB", page.origin, long.span.len() >> 20);
    let hint = "it was read as it stands; if it is no prose, leave the page out";
    Some(Note::new(NoteCode::LongLine, message).hint(hint))
}

/// Takes the page as one article whose text is the page's text: no furniture, no splitting, no headline.
pub fn read_whole(page: &Page) -> PageReading {
    let decoded = decode::decode(page);
    let article = assemble::whole(page, &decoded);
    let mut notes = decoded.notes;
    notes.extend(article.iter().filter_map(|article| recognise::tongue::note(page, article)));
    PageReading { articles: article.into_iter().collect(), notes, ..PageReading::default() }
}

/// For `training/seams`: of each gap between two paragraphs of a page of plain text, where the lower one begins in the decoded
/// page, whether a mark settles that it begins a story, and the values of the cues.
#[cfg(feature = "training")]
pub fn seam_cues(page: &Page) -> Vec<(usize, bool, Vec<f32>)> {
    text::cues(&decode::decode(page))
}

/// For `training/seams`: the names of the cues, in the order of their values.
#[cfg(feature = "training")]
pub fn seam_cue_names() -> &'static [&'static str] {
    recognise::seams::names()
}
