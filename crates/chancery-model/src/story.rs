//! Articles about the same running matter.

use crate::{Cite, Date, Id};

/// Articles about the same running matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Stable: follows from the articles.
    pub id: Id,
    /// What it is called: a headline of one of its articles, or the opening words where none has a headline.
    pub title: Cite,
    /// Its articles, by date.
    pub articles: Vec<Id>,
    /// The earliest day on which one was published, where any is dated.
    pub from: Option<Date>,
    /// The latest.
    pub to: Option<Date>,
}
