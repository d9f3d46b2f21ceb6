//! Event lines of an article.

use chancery_model::{Event, Reading};

use crate::Text;

/// Every event of the text.
pub(crate) fn read(_text: &Text<'_>, _reading: &Reading) -> Vec<Event> {
    Vec::new()
}
