//! What the tokenizer has to know by heart: abbreviations, clitics, prefixes, units, domains, faces.
//!
//! The lists and their yes and no examples stand in `data/tokens.toml`. This module knows no text and cuts none.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What may follow a shortened word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Abbreviation {
    /// A name or a noun: "Gen.", "vs.".
    BeforeName,
    /// Anything, or the end of the sentence: "Inc.", "etc.".
    MayEnd,
    /// A number or a comma, else it is a word of its own: "No.", "Sun.".
    BeforeNumber,
    /// A day or a year: "Dec.".
    Month,
}

/// The lists of `data/tokens.toml`.
pub struct TokenLists {
    abbreviations: HashMap<String, Abbreviation>,
    clitics: HashSet<String>,
    leading: HashSet<String>,
    fused: HashMap<String, usize>,
    prefixes: HashSet<String>,
    units: HashSet<String>,
    domains: HashSet<String>,
    faces: Vec<String>,
    openers: HashSet<String>,
    examples: Vec<String>,
}

impl TokenLists {
    /// The lists that come with the program.
    pub fn built_in() -> &'static Self {
        static LISTS: LazyLock<TokenLists> = LazyLock::new(|| {
            let file = toml::from_str(include_str!("../data/tokens.toml"));
            TokenLists::of(file.expect("data/tokens.toml is part of the program and tested"))
        });
        &LISTS
    }

    /// What `word`, written without its stop, shortens. Case counts, but for words all in capitals.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    /// Whether the lower-case letters after an apostrophe are a word of their own.
    pub fn is_clitic(&self, letters: &str) -> bool {
        self.clitics.contains(letters)
    }

    /// Whether an apostrophe before these lower-case letters belongs to them.
    pub fn takes_apostrophe(&self, letters: &str) -> bool {
        self.leading.contains(letters)
    }

    /// Where a lower-case word that is two words falls apart, in bytes.
    pub fn fused(&self, word: &str) -> Option<usize> {
        self.fused.get(word).copied()
    }

    /// Whether a hyphen after these lower-case letters belongs to the word.
    pub fn is_prefix(&self, letters: &str) -> bool {
        self.prefixes.contains(letters)
    }

    /// Whether these letters after a number are a word of their own.
    pub fn is_unit(&self, letters: &str) -> bool {
        self.units.contains(letters)
    }

    /// Whether these lower-case letters end an address of the web or the name of a file.
    pub fn is_domain(&self, label: &str) -> bool {
        self.domains.contains(label)
    }

    /// The longest face that `text` begins with, in bytes.
    pub fn face(&self, text: &str) -> Option<usize> {
        self.faces.iter().find(|face| text.starts_with(face.as_str())).map(String::len)
    }

    /// Whether this word with its capital mostly opens a sentence.
    pub fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// All yes and no examples in their right cut: blanks between words, bars where one written word falls apart.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }

    fn of(file: File) -> Self {
        let mut examples = Vec::new();
        let mut words = |list: List| {
            examples.extend(list.yes.into_iter().chain(list.no));
            list.words
        };
        let shortened = [
            (file.abbreviations.before_name, Abbreviation::BeforeName),
            (file.abbreviations.may_end, Abbreviation::MayEnd),
            (file.abbreviations.before_number, Abbreviation::BeforeNumber),
            (file.abbreviations.month, Abbreviation::Month),
        ];
        let mut abbreviations = HashMap::new();
        for (list, class) in shortened {
            for word in words(list) {
                if word.len() > 2 || word.starts_with(char::is_uppercase) {
                    abbreviations.insert(word.to_uppercase(), class);
                }
                abbreviations.insert(word, class);
            }
        }
        let mut faces = words(file.faces);
        faces.sort_by_key(|face| std::cmp::Reverse(face.len()));
        let lists = Self {
            abbreviations,
            clitics: words(file.clitics).into_iter().collect(),
            leading: words(file.leading).into_iter().collect(),
            fused: words(file.fused).iter().filter_map(|word| fused(word)).collect(),
            prefixes: words(file.prefixes).into_iter().collect(),
            units: words(file.units).into_iter().collect(),
            domains: words(file.domains).into_iter().collect(),
            faces,
            openers: words(file.openers).into_iter().collect(),
            examples: Vec::new(),
        };
        Self { examples, ..lists }
    }
}

/// "can|not" as the word and the place of its cut.
fn fused(word: &str) -> Option<(String, usize)> {
    let cut = word.find('|')?;
    Some((word.replace('|', "").to_lowercase(), cut))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Abbreviations,
    clitics: List,
    leading: List,
    fused: List,
    prefixes: List,
    units: List,
    domains: List,
    faces: List,
    openers: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    before_name: List,
    may_end: List,
    before_number: List,
    month: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_asked() {
        let lists = TokenLists::built_in();
        assert_eq!(lists.abbreviation("Gen"), Some(Abbreviation::BeforeName));
        assert_eq!(lists.abbreviation("GEN"), Some(Abbreviation::BeforeName));
        assert_eq!(lists.abbreviation("gen"), None);
        assert_eq!(lists.fused("cannot"), Some(3));
        assert!(lists.is_prefix("anti") && !lists.is_prefix("up"));
        assert_eq!(lists.face(":-) yes"), Some(3));
        assert!(lists.examples().len() > 40);
    }
}
