//! Words of an article as numbers: equal words, equal numbers.

use std::collections::HashMap;

/// The number of a word.
pub(crate) type WordId = u32;

/// The words seen so far.
#[derive(Debug, Default)]
pub(crate) struct Words {
    ids: HashMap<String, WordId>,
}

impl Words {
    /// The number of a word, in whatever case.
    pub(crate) fn id(&mut self, word: &str) -> WordId {
        let next = self.ids.len() as WordId;
        match self.ids.get(word) {
            Some(&id) => id,
            None if word.chars().any(char::is_uppercase) => {
                let low = word.to_lowercase();
                *self.ids.entry(low).or_insert(next)
            }
            None => *self.ids.entry(word.to_owned()).or_insert(next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_have_equal_numbers() {
        let mut words = Words::default();
        let plan = words.id("plan");
        assert_eq!(words.id("Plan"), plan);
        assert_ne!(words.id("Planner"), plan);
        assert_eq!(words.id("PLANNER"), words.id("planner"));
    }
}
