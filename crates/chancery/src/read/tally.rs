//! What a command met, counted, and said in one sentence.

use std::ops::AddAssign;

use chancery_model::{Note, PageReading};

/// Counts of what was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Pages read.
    pub(crate) pages: u64,
    /// Articles on them.
    pub(crate) articles: u64,
    /// Stretches of furniture on them.
    pub(crate) furniture: u64,
    /// Inputs, or parts of one, that were not read.
    pub(crate) skipped: u64,
    /// Other notes.
    pub(crate) notes: u64,
}

impl Tally {
    /// What one page gave.
    pub(crate) fn of_page(reading: &PageReading) -> Self {
        Self {
            pages: 1,
            articles: reading.articles.len() as u64,
            furniture: reading.furniture.len() as u64,
            ..Self::of_notes(&reading.notes)
        }
    }

    /// What notes alone say.
    pub(crate) fn of_notes(notes: &[Note]) -> Self {
        let skipped = notes.iter().filter(|note| note.code.skips()).count() as u64;
        Self { skipped, notes: notes.len() as u64 - skipped, ..Self::default() }
    }

    /// The summary at the end.
    pub(crate) fn sentence(&self) -> String {
        let mut parts = vec![count(self.pages, "page", "pages"), count(self.articles, "article", "articles")];
        parts.push(format!("{} of furniture", count(self.furniture, "piece", "pieces")));
        if self.notes > 0 {
            parts.push(count(self.notes, "note", "notes"));
        }
        if self.skipped > 0 {
            parts.push(format!("{} skipped", self.skipped));
        }
        format!("Read {}.", parts.join(", "))
    }
}

fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.pages += other.pages;
        self.articles += other.articles;
        self.furniture += other.furniture;
        self.skipped += other.skipped;
        self.notes += other.notes;
    }
}
