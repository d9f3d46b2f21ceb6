//! JSON-LD's own text of a story as a witness: which blocks of the page say what it says.
//!
//! The words of an article are always cut from the page's blocks; the witness only points at them.

use std::collections::HashSet;

use chancery_lexicon::fold::is_letter_or_digit;

use super::facts::Facts;
use super::outline::Outline;
use super::reference::{self, Place};
use super::tree::Tree;

/// How many neighbouring words are compared at once.
const RUN: usize = 3;
/// A shorter text is a summary, and no witness.
const LEAST_WORDS: usize = 60;

/// The runs of words of JSON-LD's text.
pub(super) struct Witness {
    runs: HashSet<u64>,
    words: usize,
}

impl Witness {
    /// The text of the longest story that the page's JSON-LD describes.
    pub(super) fn of(facts: &Facts) -> Self {
        let texts = facts.stories.iter().filter_map(|s| s.body.as_deref());
        let Some(text) = texts.max_by_key(|text| text.len()) else {
            return Self { runs: HashSet::new(), words: 0 };
        };
        let words = hashes(&without_tags(text));
        let runs =
            if words.len() < LEAST_WORDS { HashSet::new() } else { words.windows(RUN).map(run).collect() };
        Self { runs, words: words.len() }
    }

    /// Words of its text.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// The share of each block's runs that the witness has as well.
    pub(super) fn shares(&self, tree: &Tree<'_>, outline: &Outline) -> Vec<f32> {
        if self.runs.is_empty() {
            return vec![0.0; outline.blocks.len()];
        }
        (0..outline.blocks.len()).map(|at| self.share(outline.hashes(tree, at))).collect()
    }

    fn share(&self, words: &[u64]) -> f32 {
        let seen = words.windows(RUN).filter(|w| self.runs.contains(&run(w))).count();
        if words.len() < RUN { 0.0 } else { seen as f32 / (words.len() - RUN + 1) as f32 }
    }
}

/// Some outlets put markup into the text.
fn without_tags(text: &str) -> String {
    let text = if text.contains("&lt;") { reference::decode(text, Place::Text) } else { text.to_owned() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    reference::decode(&out, Place::Text)
}

/// A number for each word, marks and cases aside (FNV-1a).
pub(super) fn hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut hash = SEED;
    let add = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            hash = add(hash, c.to_ascii_lowercase());
        } else if is_letter_or_digit(c) {
            hash = c.to_lowercase().fold(hash, add);
        } else if hash != SEED && !matches!(c, '\'' | '’') {
            out.push(std::mem::replace(&mut hash, SEED));
        }
    }
    if hash != SEED {
        out.push(hash);
    }
    out
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0100_0000_01B3;

fn run(words: &[u64]) -> u64 {
    words.iter().fold(SEED, |hash, word| (hash.rotate_left(21) ^ word).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_marks_and_cases() {
        assert_eq!(hashes("The talks, it’s said."), hashes("the TALKS its said"));
        assert_ne!(hashes("the talks"), hashes("talks the"));
        assert_eq!(
            without_tags("<p>one</p>&lt;b&gt;two").split_whitespace().collect::<Vec<_>>(),
            ["one", "two"]
        );
    }
}
