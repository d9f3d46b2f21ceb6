//! An article as the resolver looks at it: its text, what may refer in it, its quotations.

use chancery_lexicon::countries::Sense;

use super::found::Found;
use super::quoted::Quotations;
use super::traits;
use super::words::WordId;
use crate::Text;

/// Text, mentions and quotations.
pub(crate) struct View<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) found: &'a [Found],
    pub(crate) quotations: Quotations,
    /// The shortest mention with each head.
    by_head: Vec<u32>,
    /// How often each noun stands, by its number.
    said: Vec<u32>,
}

impl<'a> View<'a> {
    pub(crate) fn new(text: &'a Text<'a>, found: &'a [Found]) -> Self {
        let mut by_head = vec![NONE; text.len()];
        for (at, found) in found.iter().enumerate().rev() {
            by_head[found.head as usize] = at as u32;
        }
        let words = found.iter().map(|found| found.word as usize + 1).max().unwrap_or(0);
        let mut said = vec![0; words];
        for found in found.iter().filter(|found| found.pronoun.is_none() && !found.joint) {
            said[found.word as usize] += 1;
        }
        Self { text, found, quotations: Quotations::find(text), by_head, said }
    }

    /// The country that the word, or the name that it is part of, stands for.
    pub(crate) fn country_at(&self, at: u32) -> Option<(&'static str, Sense)> {
        traits::country_at(self.text, at)
    }

    /// How many mentions have this noun.
    pub(crate) fn said(&self, word: WordId) -> u32 {
        self.said[word as usize]
    }

    /// The shortest mention with this head.
    pub(crate) fn with_head(&self, head: u32) -> Option<u32> {
        Some(self.by_head[head as usize]).filter(|&at| at != NONE)
    }
}

const NONE: u32 = u32::MAX;
