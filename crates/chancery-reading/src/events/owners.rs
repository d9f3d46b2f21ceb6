//! Whose proposal it is: "the plan", of which the text says elsewhere that it is "the US plan".
//!
//! Kept for words of proposing only, and only where all that the text says of such a word points to one side.

use std::collections::BTreeMap;

use chancery_model::{Deprel, Upos};

use super::parties::Parties;

/// Words of proposing with who makes what they name.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// The head of the owner's words; `None` where the text names several.
    by_word: BTreeMap<String, Option<u32>>,
}

impl Owners {
    pub(super) fn find(parties: &Parties<'_>) -> Self {
        let text = parties.text;
        let mut by_word: BTreeMap<String, (Option<String>, Option<u32>)> = BTreeMap::new();
        let nouns = text.tokens().filter(|&at| text.upos(at) == Upos::Noun);
        for at in nouns.filter(|&at| parties.in_class("draft", text.lemma(at))) {
            for owner in parties.owners_named(at) {
                let Some(key) = parties.side_key(owner) else { continue };
                let known =
                    by_word.entry(text.lemma(at).to_owned()).or_insert((Some(key.clone()), Some(owner)));
                if known.0.as_ref() != Some(&key) {
                    known.1 = None;
                }
            }
        }
        Self { by_word: by_word.into_iter().map(|(word, (_, owner))| (word, owner)).collect() }
    }

    /// The owner of what a noun or a pronoun means: named at one of its mentions, else the one that all such words of the text have.
    pub(super) fn of(&self, parties: &Parties<'_>, at: u32) -> Option<u32> {
        let text = parties.text;
        let is_draft = |head: u32| parties.in_class("draft", text.lemma(head));
        let mut mentions = parties.mentioned(at).into_iter().filter(|&m| is_draft(m));
        if let Some(owner) = mentions.find_map(|m| parties.owners_named(m).into_iter().next()) {
            return Some(owner);
        }
        // "A plan" is a new one.
        let new = text
            .dependents_by(at, Deprel::Det)
            .any(|d| matches!(text.lemma(d), "a" | "another" | "any" | "no"));
        let known = self.by_word.get(text.lemma(at)).copied().flatten();
        known.filter(|_| text.upos(at) == Upos::Noun && !new)
    }
}
