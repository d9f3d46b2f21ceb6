//! How rare English words are, told by the paragraphs that the lexicon's table was counted on.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Background> = LazyLock::new(|| Background::read(chancery_lexicon::PARAGRAPH_WORDS));

/// In how many paragraphs words stand.
pub(crate) struct Background {
    paragraphs: f32,
    words: HashMap<&'static str, f32>,
}

impl Background {
    /// The table of the lexicon.
    pub(crate) fn table() -> &'static Self {
        &TABLE
    }

    fn read(table: &'static str) -> Self {
        let mut all = Self { paragraphs: 1.0, words: HashMap::new() };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, count)) = line.split_once('\t') else { continue };
            let count = count.parse().unwrap_or(1.0);
            match word {
                "*" => all.paragraphs = count,
                word => drop(all.words.insert(word, count)),
            }
        }
        all
    }

    /// The share of paragraphs that hold a stem; one that the table does not know counts as if it stood in one.
    pub(crate) fn share(&self, stem: &str) -> f32 {
        self.words.get(stem).copied().unwrap_or(1.0) / self.paragraphs
    }

    /// The share of a stem that stands in one paragraph.
    pub(crate) fn least(&self) -> f32 {
        1.0 / self.paragraphs
    }

    /// The natural logarithm of one over the share of paragraphs that hold a stem; one that the table does not know counts as if it
    /// stood in one.
    pub(crate) fn rarity(&self, stem: &str) -> f32 {
        -self.share(stem).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let table = Background::table();
        assert!(table.rarity("the") < 0.5 && table.rarity("the") > 0.0);
        assert!(table.rarity("harbour-master") > table.rarity("minister"));
    }
}
