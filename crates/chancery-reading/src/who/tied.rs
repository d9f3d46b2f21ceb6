//! What the learned reader says of whom a word means, gathered by party.
//!
//! A `Tie` gives shares to single earlier words; here the shares of all words of one party count together. Articles that were read
//! by weights without that head have no ties, and then the other signs decide alone.

use chancery_model::Tie;

use super::found::Number;
use super::party::Parties;
use super::view::View;

/// The shares of one mention.
pub(crate) struct Shares<'a> {
    tie: Option<&'a Tie>,
}

impl<'a> Shares<'a> {
    pub(crate) fn of(view: &View<'a>, head: u32) -> Self {
        let ties = &view.text.doc.ties;
        let at = ties.binary_search_by_key(&head, |tie| tie.token).ok();
        Self { tie: at.map(|at| &ties[at]) }
    }

    /// The share of nobody named before.
    pub(crate) fn nobody(&self) -> Option<f32> {
        self.tie.map(|tie| tie.new)
    }

    /// The share of a mention and of the party that it belongs to.
    pub(crate) fn mention(
        &self,
        view: &View<'_>,
        parties: &Parties,
        other: u32,
        number: Number,
    ) -> Option<f32> {
        let tie = self.tie?;
        let found = &view.found[other as usize];
        if found.joint {
            // The reader points at a list by the words of its parts.
            let part = |token: u32| found.tokens.holds(token);
            return Some(tie.earlier.iter().filter(|(token, _)| part(*token)).map(|(_, share)| share).sum());
        }
        let list =
            view.found.get(other as usize + 1).is_some_and(|next| next.joint && next.head == found.head);
        if list && number == Number::Many {
            return Some(0.0);
        }
        let party = parties.of[other as usize];
        let same = |token: u32| {
            let at = super::speaking::mention_at(view, token);
            at == Some(other) || party.is_some() && at.is_some_and(|at| parties.of[at as usize] == party)
        };
        Some(tie.earlier.iter().filter(|(token, _)| same(*token)).map(|(_, share)| share).sum())
    }
}
