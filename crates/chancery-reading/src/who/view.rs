//! An article as the resolver looks at it: its text, what may refer in it, its quotations.

use std::collections::HashMap;

use chancery_lexicon::countries::{self, Sense};
use chancery_model::{Deprel, Upos};

use super::found::Found;
use super::party::Party;
use super::quoted::Quotations;
use crate::Text;

/// Text, mentions and quotations.
pub(crate) struct View<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) found: &'a [Found],
    pub(crate) quotations: Quotations,
    /// The shortest mention with each head.
    pub(crate) by_head: HashMap<u32, u32>,
}

impl<'a> View<'a> {
    pub(crate) fn new(text: &'a Text<'a>, found: &'a [Found]) -> Self {
        let mut by_head = HashMap::new();
        for (at, found) in found.iter().enumerate() {
            by_head.entry(found.head).or_insert(at as u32);
        }
        Self { text, found, quotations: Quotations::find(text), by_head }
    }

    /// The base form in lower case.
    pub(crate) fn lemma(&self, at: u32) -> String {
        self.text.lemma(at).to_lowercase()
    }

    /// Words before names of the party: "president" of "President Mia Brandt".
    pub(crate) fn titles_of(&self, party: &Party) -> impl Iterator<Item = String> + '_ {
        let members: Vec<u32> = party.members.clone();
        members.into_iter().filter(|&at| self.found[at as usize].name.is_some()).flat_map(move |at| {
            let found = &self.found[at as usize];
            let head = found.head;
            let above = found.name.is_some_and(|n| !n.holds(head)).then(|| self.lemma(head));
            let before = self.text.dependents(head).iter().filter(move |&&d| {
                d < head && matches!(self.text.deprel(d), Deprel::NmodDesc | Deprel::Compound)
            });
            before.map(|&d| self.lemma(d)).chain(above).collect::<Vec<_>>()
        })
    }

    /// The describing words of a mention, without articles and possessors.
    pub(crate) fn modifiers(&self, m: &Found) -> Vec<String> {
        let own = self.text.dependents(m.head).iter().copied().filter(|&d| {
            let rel = self.text.deprel(d).general();
            matches!(rel, Deprel::Amod | Deprel::Compound | Deprel::Nummod)
                || rel == Deprel::Nmod && d > m.head
        });
        own.map(|d| self.lemma(d)).collect()
    }

    /// The country that describes a mention: "the Ukrainian leader", "Germany's chancellor", "a senior Kyiv official".
    pub(crate) fn country_of(&self, m: &Found) -> Option<&'static str> {
        let describing = self.text.dependents(m.head).iter().copied().filter(|&d| {
            let rel = self.text.deprel(d);
            matches!(rel.general(), Deprel::Amod | Deprel::Compound)
                || rel.general() == Deprel::Nmod && (d < m.head || self.is_of(d))
        });
        describing.filter_map(|d| self.country_at(d)).map(|(name, _)| name).next()
    }

    fn is_of(&self, at: u32) -> bool {
        self.text.dependent(at, Deprel::Case).is_some_and(|case| self.text.word(case) == "of")
    }

    /// The country that the word, or the name that it is part of, stands for.
    pub(crate) fn country_at(&self, at: u32) -> Option<(&'static str, Sense)> {
        if !matches!(self.text.upos(at), Upos::Adj | Upos::Propn | Upos::Noun) {
            return None;
        }
        let whole = self.text.name(at).and_then(|n| super::traits::country(self.text, n.tokens));
        whole.or_else(|| countries::country(self.text.word(at))).map(|c| (c.name, c.sense))
    }
}
