//! HTML: markup to lines, lines to stories.

pub(crate) mod reference;

use chancery_model::{Page, PageReading};

use crate::decode::Decoded;

/// Reads the stories of a page of markup.
pub(crate) fn read(page: &Page, decoded: &Decoded) -> PageReading {
    crate::text::read(page, decoded)
}
