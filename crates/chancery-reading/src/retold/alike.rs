//! When two mentions may tell of one event: parties in common, as real as each other.

use std::collections::BTreeSet;

use chancery_model::{Chain, Deprel, Event, Reading, Status, Upos, Who};

use crate::Text;

/// Participants that two mentions share, at least, when both have as many.
const SHARED: usize = 2;

/// The chain that a party of an event is.
pub(super) fn chain<'r>(reading: &'r Reading, who: &Who) -> Option<(u32, &'r Chain)> {
    let at = *who.chain.as_ref().ok()?;
    Some((at, reading.chains.get(at as usize)?))
}

/// The side, or else the chain, of a party.
pub(super) fn side(reading: &Reading, who: &Who) -> Option<String> {
    let (at, chain) = chain(reading, who)?;
    Some(chain.side.as_ref().map_or_else(|| format!("#{at}"), |side| side.name.clone()))
}

/// The sides, or else the chains, that take part.
pub(super) fn sides(reading: &Reading, event: &Event) -> BTreeSet<String> {
    event.actors.iter().chain(&event.recipients).filter_map(|who| side(reading, who)).collect()
}

/// The chains that take part.
pub(super) fn chains(event: &Event) -> BTreeSet<u32> {
    event.actors.iter().chain(&event.recipients).filter_map(|who| who.chain.as_ref().ok().copied()).collect()
}

pub(super) fn shares(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let few = a.len().min(b.len()).min(SHARED);
    few > 0 && a.intersection(b).count() >= few
}

pub(super) fn is_real(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

/// Both are told as real, or both as the same of what is not.
pub(super) fn as_real(a: Status, b: Status) -> bool {
    a == b || is_real(a) && is_real(b)
}

/// "The meeting", "their talks": words for what was told before.
pub(super) fn points_back(text: &Text<'_>, event: &Event) -> bool {
    let tokens = text.tokens_in(event.trigger);
    let nouns = (tokens.start..tokens.end).filter(|&t| text.upos(t) == Upos::Noun);
    let points = |noun: u32| {
        let the =
            text.dependents_by(noun, Deprel::Det).any(|d| matches!(text.lemma(d), "the" | "this" | "these"));
        let owned = text.dependents_by(noun, Deprel::Nmod);
        the || owned.into_iter().any(|d| text.deprel(d) == Deprel::NmodPoss && text.upos(d) == Upos::Pron)
    };
    nouns.into_iter().any(points)
}
