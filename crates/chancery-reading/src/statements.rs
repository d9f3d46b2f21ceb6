//! Statement lines of an article.

use chancery_model::{Reading, Statement};

use crate::Text;

/// Every statement of the text.
pub(crate) fn read(_text: &Text<'_>, _reading: &Reading) -> Vec<Statement> {
    Vec::new()
}
