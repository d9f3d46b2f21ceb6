//! Time expressions of an article: what they mean, and for which clauses they hold.

use chancery_model::{Reading, TimeExpression};

use crate::Text;

#[allow(dead_code, reason = "for the steps after this one")]
mod clause;

#[allow(unused_imports, reason = "for the steps after this one")]
pub(crate) use clause::{of_clause, said_at};

/// Every time expression of the text, in text order.
pub(crate) fn find(_text: &Text<'_>) -> Vec<TimeExpression> {
    Vec::new()
}

/// Resolves the times inside statements against the day each statement was made, where the words call for it.
pub(crate) fn settle_in_statements(_text: &Text<'_>, _reading: &mut Reading) {}
