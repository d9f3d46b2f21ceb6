//! Countries and unions of countries by all the words that the news has for them.
//!
//! This module knows which words *can* stand for a country, and in what way. Whether they do in a sentence it does not know.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How a word stands for a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// By name: "Ukraine", "the US".
    Name,
    /// As an adjective or a word for its people: "Ukrainian", "Ukrainians".
    People,
    /// As a city from which it is governed: "Kyiv".
    Capital,
    /// As a seat or body of its government: "the Kremlin".
    Seat,
}

/// A country, or a union of countries that acts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Country {
    /// Its usual English name.
    pub name: &'static str,
    /// How the word stands for it.
    pub sense: Sense,
}

/// The longest entry, in words.
pub const MOST_WORDS: usize = 6;

static WORDS: LazyLock<HashMap<String, Country>> =
    LazyLock::new(|| read(include_str!("../data/countries.tsv")));

/// The country that these words stand for, without "the" and "'s" around them. Case matters: "us" is not "US".
pub fn country(words: &str) -> Option<Country> {
    WORDS.get(words).copied()
}

fn read(file: &'static str) -> HashMap<String, Country> {
    let mut out = HashMap::new();
    for row in file.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = row.split('|').map(str::trim);
        let Some(name) = columns.next().filter(|name| !name.is_empty()) else { continue };
        let mut add = |word: &str, sense| {
            let word = word.trim().trim_start_matches("the ").trim_start_matches("The ");
            if !word.is_empty() {
                out.entry(word.to_owned()).or_insert(Country { name, sense });
            }
        };
        add(name, Sense::Name);
        for (sense, column) in
            [Sense::Name, Sense::People, Sense::Capital, Sense::Seat].into_iter().zip(columns)
        {
            for word in column.split(',') {
                add(word, sense);
                if sense == Sense::People && !word.is_empty() {
                    add(&format!("{}s", word.trim()), sense);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_many_words() {
        let find = |words| country(words).map(|c| (c.name, c.sense));
        assert_eq!(find("Ukraine"), Some(("Ukraine", Sense::Name)));
        assert_eq!(find("US"), Some(("United States", Sense::Name)));
        assert_eq!(find("Netherlands"), Some(("Netherlands", Sense::Name)));
        assert_eq!(find("Dutch"), Some(("Netherlands", Sense::People)));
        assert_eq!(find("Russians"), Some(("Russia", Sense::People)));
        assert_eq!(find("Kyiv"), Some(("Ukraine", Sense::Capital)));
        assert_eq!(find("Downing Street"), Some(("United Kingdom", Sense::Seat)));
    }

    #[test]
    fn other_words_stand_for_none() {
        for word in ["us", "Hamburg", "Congress", "polish", "Street", "", "s"] {
            assert_eq!(country(word), None, "{word}");
        }
    }

    #[test]
    fn no_entry_is_longer_than_the_limit_says() {
        assert!(WORDS.keys().all(|words| words.split(' ').count() <= MOST_WORDS));
    }
}
