//! Figure lines of an article.

use chancery_model::{Figure, Reading};

use crate::Text;

/// Every figure of the text.
pub(crate) fn read(_text: &Text<'_>, _reading: &Reading) -> Vec<Figure> {
    Vec::new()
}
