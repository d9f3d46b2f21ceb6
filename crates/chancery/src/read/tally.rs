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
    /// Pages that the record did not have.
    pub(crate) new: u64,
    /// Pages that it had.
    pub(crate) known: u64,
    /// Pages that it had in another version.
    pub(crate) versions: u64,
    /// Pages of the record that were read again.
    pub(crate) again: u64,
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

    /// A page that the record has.
    pub(crate) fn of_known() -> Self {
        Self { pages: 1, known: 1, ..Self::default() }
    }

    /// A page of the record, read again.
    pub(crate) fn of_again(reading: &PageReading) -> Self {
        Self { again: 1, pages: 0, ..Self::of_page(reading) }
    }

    /// What notes alone say.
    pub(crate) fn of_notes(notes: &[Note]) -> Self {
        let skipped = notes.iter().filter(|note| note.code.skips()).count() as u64;
        Self { skipped, notes: notes.len() as u64 - skipped, ..Self::default() }
    }

    /// The summary at the end; `keeps` where a record was read into.
    pub(crate) fn sentence(&self, keeps: bool) -> String {
        let mut parts = vec![count(self.pages, "page", "pages")];
        if keeps {
            let versions = if self.versions == 1 { "of them a new version" } else { "of them new versions" };
            let kept = [(self.new, "new"), (self.versions, versions), (self.known, "already known")];
            let kept: Vec<String> =
                kept.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
            if !kept.is_empty() {
                parts = vec![format!("{} ({})", parts[0], kept.join(", "))];
            }
        }
        if self.again > 0 {
            parts.push(format!("{} of the record again", count(self.again, "page", "pages")));
        }
        parts.push(count(self.articles, "article", "articles"));
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
        self.new += other.new;
        self.known += other.known;
        self.versions += other.versions;
        self.again += other.again;
    }
}
