//! Time expressions of an article.

use chancery_model::{Reading, TimeExpression};

use crate::Text;

/// Every time expression of the text, in text order.
pub(crate) fn find(_text: &Text<'_>) -> Vec<TimeExpression> {
    Vec::new()
}

/// Resolves the times inside statements against the day each statement was made, where the words call for it.
pub(crate) fn settle_in_statements(_text: &Text<'_>, _reading: &mut Reading) {}
