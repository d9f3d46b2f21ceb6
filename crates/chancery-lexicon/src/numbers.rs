//! The words of amounts: numerals, scales, parts, and what bounds a number ("more than", "or so").
//!
//! The lists stand in `data/numbers.toml` with their yes and no examples. This module knows no grammar: whether "second" counts or "over"
//! bounds is for who reads the sentence.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What words around a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// It is not exact: "about".
    About,
    /// There may be more: "at least".
    Least,
    /// There may be fewer: "up to".
    Most,
}

/// The lists of `data/numbers.toml`.
pub struct NumberWords {
    cardinals: HashMap<String, f64>,
    scales: HashMap<String, f64>,
    plural_scales: HashMap<String, f64>,
    short_scales: HashMap<String, f64>,
    parts: HashMap<String, f64>,
    vague: HashMap<String, (f64, f64)>,
    /// Phrases before a number, each from its last word to its first, by the last word.
    before: HashMap<String, Vec<(Vec<String>, Bound)>>,
    /// Phrases after a number, by the first word.
    after: HashMap<String, Vec<(Vec<String>, Bound)>>,
    degrees: HashSet<String>,
    idle_with_one: HashSet<String>,
    months: HashSet<String>,
    measuring: HashSet<String>,
    vouching: HashSet<String>,
}

impl NumberWords {
    /// The lists that come with the program.
    pub fn built_in() -> &'static Self {
        static LISTS: LazyLock<NumberWords> = LazyLock::new(|| {
            let file = toml::from_str(include_str!("../data/numbers.toml"));
            NumberWords::of(file.expect("data/numbers.toml is part of the program and tested"))
        });
        &LISTS
    }

    /// A numeral that is added up: "twenty". All words are asked for in lower case, but for short scales.
    pub fn cardinal(&self, word: &str) -> Option<f64> {
        self.cardinals.get(word).copied()
    }

    /// What a number before it is multiplied with: "million".
    pub fn scale(&self, word: &str) -> Option<f64> {
        self.scales.get(word).copied()
    }

    /// A scale in the plural: "hundreds".
    pub fn plural_scale(&self, word: &str) -> Option<f64> {
        self.plural_scales.get(word).copied()
    }

    /// A scale as it is written short: "bn". Case counts.
    pub fn short_scale(&self, word: &str) -> Option<f64> {
        self.short_scales.get(word).copied()
    }

    /// A part of one, in the singular: "third".
    pub fn part(&self, word: &str) -> Option<f64> {
        self.parts.get(word).copied()
    }

    /// How many times the scale that follows, at least and at most: "several".
    pub fn vague(&self, word: &str) -> Option<(f64, f64)> {
        self.vague.get(word).copied()
    }

    /// The longest bound that ends right before a number: how many words, and what it says. `word(0)` is the word before the
    /// number, `word(1)` the one before that.
    pub fn bound_before(&self, word: impl Fn(usize) -> Option<String>) -> Option<(usize, Bound)> {
        longest(self.before.get(&word(0)?)?, word)
    }

    /// The longest bound that begins right behind a number; `word(0)` is the word behind it.
    pub fn bound_after(&self, word: impl Fn(usize) -> Option<String>) -> Option<(usize, Bound)> {
        longest(self.after.get(&word(0)?)?, word)
    }

    /// Whether the word may stand before a bound and belong to it: "just under".
    pub fn is_degree(&self, word: &str) -> bool {
        self.degrees.contains(word)
    }

    /// Whether "one" before this noun does not count: "one thing".
    pub fn is_idle_with_one(&self, noun: &str) -> bool {
        self.idle_with_one.contains(noun)
    }

    /// Whether the word names a month, whole or shortened.
    pub fn is_month(&self, word: &str) -> bool {
        self.months.contains(word)
    }

    /// Whether the subject of this verb, in its base form, is what an amount with it measures.
    pub fn measures_subject(&self, verb: &str) -> bool {
        self.measuring.contains(verb)
    }

    /// Whether the subject of this verb, in its base form, vouches for an amount.
    pub fn vouches(&self, verb: &str) -> bool {
        self.vouching.contains(verb)
    }

    fn of(file: File) -> Self {
        let (mut before, mut after) = (HashMap::new(), HashMap::new());
        for bound in file.bound {
            phrases(&mut before, bound.before, bound.says, true);
            phrases(&mut after, bound.after, bound.says, false);
        }
        let map = |table: BTreeMap<String, f64>| table.into_iter().collect();
        Self {
            cardinals: map(file.cardinals),
            scales: map(file.scales),
            plural_scales: map(file.plural_scales),
            short_scales: map(file.short_scales),
            parts: map(file.parts),
            vague: file.vague.into_iter().collect(),
            before,
            after,
            degrees: file.degrees.words.into_iter().collect(),
            idle_with_one: file.idle_with_one.words.into_iter().collect(),
            vouching: file.vouching.words.into_iter().collect(),
            measuring: file.measuring.words.into_iter().collect(),
            months: file.months.words.into_iter().collect(),
        }
    }
}

type Phrases = HashMap<String, Vec<(Vec<String>, Bound)>>;

fn phrases(into: &mut Phrases, list: Vec<String>, says: Bound, backwards: bool) {
    for phrase in list {
        let mut words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        if backwards {
            words.reverse();
        }
        into.entry(words[0].clone()).or_default().push((words, says));
    }
}

fn longest(
    phrases: &[(Vec<String>, Bound)],
    word: impl Fn(usize) -> Option<String>,
) -> Option<(usize, Bound)> {
    let stands = |words: &[String]| words.iter().enumerate().all(|(at, w)| word(at).as_ref() == Some(w));
    let fitting = phrases.iter().filter(|(words, _)| stands(words));
    fitting.max_by_key(|(words, _)| words.len()).map(|(words, says)| (words.len(), *says))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cardinals: BTreeMap<String, f64>,
    scales: BTreeMap<String, f64>,
    plural_scales: BTreeMap<String, f64>,
    short_scales: BTreeMap<String, f64>,
    parts: BTreeMap<String, f64>,
    vague: BTreeMap<String, (f64, f64)>,
    bound: Vec<BoundList>,
    degrees: List,
    idle_with_one: List,
    months: List,
    measuring: List,
    vouching: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundList {
    says: Bound,
    before: Vec<String>,
    after: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    no: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> File {
        toml::from_str(include_str!("../data/numbers.toml")).unwrap()
    }

    /// What the lists say of an example like "more than #", if they know all its words.
    fn says(example: &str) -> Option<Bound> {
        let words: Vec<&str> = example.split(' ').collect();
        let at = words.iter().position(|word| *word == "#").unwrap();
        let lists = NumberWords::built_in();
        let (len, bound) = if at > 0 {
            lists.bound_before(|n| Some(words[..at].iter().rev().nth(n)?.to_string()))?
        } else {
            lists.bound_after(|n| Some(words[1..].get(n)?.to_string()))?
        };
        (len + 1 == words.len()).then_some(bound)
    }

    #[test]
    fn bounds_know_their_examples() {
        for bound in file().bound {
            for example in &bound.yes {
                assert_eq!(says(example), Some(bound.says), "{example}");
            }
            for example in &bound.no {
                assert_ne!(says(example), Some(bound.says), "{example}");
            }
        }
    }

    #[test]
    fn lists_know_their_examples() {
        let lists = NumberWords::built_in();
        let file = file();
        let check = |list: List, knows: &dyn Fn(&str) -> bool| {
            assert!(list.yes.iter().all(|word| knows(word)));
            assert!(!list.no.iter().any(|word| knows(word)));
        };
        check(file.degrees, &|word| lists.is_degree(word));
        check(file.vouching, &|word| lists.vouches(word));
        check(file.measuring, &|word| lists.measures_subject(word));
        check(file.months, &|word| lists.is_month(word));
        check(file.idle_with_one, &|word| lists.is_idle_with_one(word));
    }

    #[test]
    fn words_have_their_values() {
        let lists = NumberWords::built_in();
        assert_eq!(lists.cardinal("ninety"), Some(90.0));
        assert_eq!(lists.cardinal("ninetieth"), None);
        assert_eq!(lists.scale("lakh"), Some(100_000.0));
        assert_eq!(lists.short_scale("bn"), Some(1e9));
        assert_eq!(lists.short_scale("BN"), None);
        assert_eq!(lists.part("quarter"), Some(0.25));
        assert_eq!(lists.vague("several"), Some((2.0, 10.0)));
        assert_eq!(lists.plural_scale("dozens"), Some(12.0));
    }
}
