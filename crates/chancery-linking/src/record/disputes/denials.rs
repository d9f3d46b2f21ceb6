//! What one side tells and another denies, next to it.

use chancery_model::DisputeKind;

use super::claims::Claim;
use super::words::{self, FALSE};
use super::{Found, Line, dispute};

/// Claims that are looked back for the one that is denied, at most.
const BACK: usize = 4;

/// Denials, each with the claim that it denies.
pub(super) fn of(claims: &[Claim<'_>]) -> Vec<Found> {
    let mut out = Vec::new();
    for (at, claim) in claims.iter().enumerate() {
        let Some(denial) = denial(claim) else { continue };
        let mut before = claims[at.saturating_sub(BACK)..at].iter().rev();
        let denied = match denial {
            // "It", "that was untrue": the claim right before.
            Denial::Pointing => before.next().filter(|b| b.holder != claim.holder),
            Denial::Of(stem) => before.find(|b| b.holder != claim.holder && tells(b, &stem)),
        };
        let Some(denied) = denied else { continue };
        let note = format!("{} says it, {} denies it", denied.holder, claim.holder);
        let found = dispute(DisputeKind::Did, Line::of(denied), Line::with_speaker(claim), note, "");
        out.push(Found { by_account: true, ..found });
    }
    out
}

enum Denial {
    /// Of what was just said.
    Pointing,
    /// Of something named, by the beginning of its word.
    Of(String),
}

/// How a claim denies, if it does.
fn denial(claim: &Claim<'_>) -> Option<Denial> {
    let words: Vec<String> = words::words(&claim.text).into_iter().map(|(_, word)| word).collect();
    let first = words.iter().find(|w| w.as_str() != "that" || words.len() > 6)?;
    let cue = claim.cue();
    let denying = ["denied", "denies", "deny"].iter().any(|d| cue.contains(d));
    let pronoun = |w: &str| matches!(w, "it" | "that" | "this" | "such");
    if denying && words.len() <= 2 && words.iter().all(|w| pronoun(w)) {
        return Some(Denial::Pointing);
    }
    let opening: Vec<&str> = words.iter().take(4).map(String::as_str).collect();
    if opening.len() >= 3 && pronoun(opening[0]) && opening.iter().any(|w| FALSE.contains(w)) {
        return Some(Denial::Pointing);
    }
    // "Such a meeting took place" under "denies", "no such meeting took place", "there was no meeting".
    let such = words.iter().position(|w| w == "such").map(|at| at + 1);
    let none = (words.len() <= 6 && first == "there")
        .then(|| words.iter().position(|w| w == "no").map(|at| at + 1))
        .flatten();
    let at = such.filter(|_| denying || words.iter().any(|w| w == "no")).or(none)?;
    let noun = words[at..].iter().find(|w| w.len() > 3)?;
    Some(Denial::Of(noun.clone()))
}

/// Whether a claim tells of what a noun names: "met" of a meeting.
fn tells(claim: &Claim<'_>, noun: &str) -> bool {
    let action = words::action(noun);
    let named = words::words(&claim.text).iter().any(|(_, w)| w.starts_with(noun));
    named || action.is_some_and(|action| claim.actions.contains(&action))
}
