//! Plain text as saved from a browser: rows, what each row is, the stories, and the articles made of them.
//!
//! ```text
//! text ──rows──▶ Row* ──kinds──▶ Kind* ──stories──▶ Story* + Place* ──article──▶ Article* + Furniture*
//! ```

mod article;
mod kinds;
mod rows;
mod stories;

use chancery_model::{Furniture, FurnitureReason, Note, NoteCode, Page, PageReading};

use crate::assemble::Line;
use crate::decode::Decoded;
use crate::recognise::line;

use kinds::Kind;
use rows::Row;
use stories::Place;

/// Reads the stories of a page of plain text.
pub(crate) fn read(page: &Page, decoded: &Decoded) -> PageReading {
    let text = &decoded.text;
    let (rows, cut) = rows::rows(text);
    let (header, rows) = article::Header::take(text, rows);
    let rows = unglued(text, rows);
    let kinds = kinds::kinds(text, &rows);
    let (stories, places) = stories::stories(text, &rows, &kinds);
    let view = View { page, decoded, rows: &rows, kinds: &kinds, places: &places };
    let mut reading = PageReading { notes: notes(page, cut), ..PageReading::default() };
    reading.furniture.extend(header.furniture(page, decoded));
    for (n, story) in stories.iter().enumerate() {
        let header = if n == 0 { Some(&header) } else { None };
        let article = article::article(&view, story, n, header);
        reading.articles.extend(article);
    }
    reading.furniture.extend(view.furniture());
    if reading.articles.is_empty() {
        let message = format!("{}: no running text was found", page.origin);
        reading.notes.push(Note::new(NoteCode::NoArticle, message).hint(crate::NO_ARTICLE_HINT));
    }
    reading
}

/// The cues of the seams of a page of plain text, for training.
#[cfg(feature = "training")]
pub(crate) fn cues(decoded: &Decoded) -> Vec<(usize, bool, Vec<f32>)> {
    let rows = unglued(&decoded.text, rows::rows(&decoded.text).0);
    let kinds = kinds::kinds(&decoded.text, &rows);
    stories::cues(&decoded.text, &rows, &kinds)
}

/// A page as its rows, with what became of each.
struct View<'a> {
    page: &'a Page,
    decoded: &'a Decoded,
    rows: &'a [Row],
    kinds: &'a [Kind],
    places: &'a [Place],
}

impl View<'_> {
    fn words(&self, at: usize) -> &str {
        self.rows[at].words(&self.decoded.text)
    }

    fn line(&self, at: usize) -> Line {
        Line::cut(self.decoded, self.rows[at].start, self.rows[at].end)
    }

    /// The rows that belong to no story.
    fn furniture(&self) -> Vec<Furniture> {
        let reason = |place: &Place| match place {
            Place::Furniture(reason) => Some(*reason),
            _ => None,
        };
        let outside = self.places.iter().enumerate().filter_map(|(at, place)| Some((at, reason(place)?)));
        outside
            .map(|(at, reason): (usize, FurnitureReason)| self.line(at).furniture(self.page, reason))
            .collect()
    }
}

/// Rows with the labels that were glued to their ends cut off.
fn unglued(text: &str, rows: Vec<Row>) -> Vec<Row> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        match line::glued_label(row.words(text)) {
            Some(at) => {
                let cut = row.start + at;
                out.push(Row { end: cut, ..row.clone() });
                out.push(Row { start: cut, blank: 0, bullet: false, ..row });
            }
            None => out.push(row),
        }
    }
    out
}

fn notes(page: &Page, cut: bool) -> Vec<Note> {
    let message = format!("{}: more than {} lines; the rest was not read", page.origin, rows::MAX_ROWS);
    let note = Note::new(NoteCode::TooLarge, message).hint("split the page into smaller ones");
    cut.then_some(note).into_iter().collect()
}

#[cfg(test)]
mod tests;
