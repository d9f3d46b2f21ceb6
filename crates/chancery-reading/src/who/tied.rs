//! What the learned reader says of whom a word means, gathered by party.
//!
//! A `Tie` gives shares to single earlier words; here the shares of all words of one party count together. Articles that were read
//! by weights without that head have no ties, and then nothing is added to what the signs weigh.

use chancery_model::Tie;

use super::party::Parties;
use super::view::View;

/// What the shares weigh beside the signs, by kind of mention (as [`super::weights::JUDGED`] counts them).
/// Measured on GUM dev and the development part of GAP with both: at 1 and above the shares drown the signs.
pub(crate) const TIE_WEIGHTS: [f32; 5] = [0.4, 0.5, 0.5, 0.5, 0.3];
/// What is taken off nobody where there are shares: the reader finds new what is only named anew.
const LEANS: [f32; 5] = [1.5, 1.0, 1.0, 1.0, 1.2];
/// The share of a word that is not among those kept.
const FLOOR: f32 = 0.004;

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

    /// How much speaks for nobody named before.
    pub(crate) fn nobody(&self, judged: usize) -> f32 {
        self.tie.map_or(0.0, |tie| tie.new.max(FLOOR).ln() - LEANS[judged] / TIE_WEIGHTS[judged])
    }

    /// How much speaks for a mention and the party that it belongs to.
    pub(crate) fn mention(&self, view: &View<'_>, parties: &Parties, other: u32) -> f32 {
        let Some(tie) = self.tie else { return 0.0 };
        let party = parties.of[other as usize];
        let same = |token: u32| {
            let at = super::speaking::mention_at(view, token);
            at == Some(other) || party.is_some() && at.is_some_and(|at| parties.of[at as usize] == party)
        };
        let sum: f32 = tie.earlier.iter().filter(|(token, _)| same(*token)).map(|(_, share)| share).sum();
        sum.max(FLOOR).ln()
    }
}
