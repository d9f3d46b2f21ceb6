//! Mentions and chains of an article.

use chancery_model::{Chain, Mention};

use crate::Text;

/// Every mention in text order, and the chains they belong to.
pub(crate) fn read(_text: &Text<'_>) -> (Vec<Mention>, Vec<Chain>) {
    (Vec::new(), Vec::new())
}
