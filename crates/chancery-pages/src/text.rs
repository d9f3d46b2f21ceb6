//! Plain text as saved from a browser.

use chancery_model::{BlockKind, Page, PageReading};

use crate::assemble::{Draft, Line, Part};
use crate::decode::Decoded;

/// Reads the stories of a page of plain text.
pub(crate) fn read(page: &Page, decoded: &Decoded) -> PageReading {
    let mut draft = Draft::default();
    let mut at = 0;
    for line in decoded.text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            draft.push(Part::Body, BlockKind::Paragraph, Line::cut(decoded, start, start + words.len()));
        }
        at += line.len();
    }
    PageReading { articles: draft.finish(page).into_iter().collect(), ..PageReading::default() }
}
