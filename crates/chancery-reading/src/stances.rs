//! Stance lines of an article.

use chancery_model::{Reading, Stance};

use crate::Text;

/// Every stance of the text.
pub(crate) fn read(_text: &Text<'_>, _reading: &Reading) -> Vec<Stance> {
    Vec::new()
}
