//! Lines that cannot all be true. Precision first: what may be rounding, another day or another matter is no dispute.
//!
//! Two sides are taken to speak of one matter where one article sets their words side by side: a reporter who writes "Lasia says … Kael
//! says …" has told us so. Over all articles, claims are compared only where action, place and day agree. What is known here are words
//! for what is done (killed, launched, freed), for denying and for how talks went; no page and no party.

mod claims;
mod counts;
mod denials;
mod outcomes;
mod words;

use std::collections::BTreeSet;

use chancery_model::{Dispute, DisputeKind, Id, Span};

use super::{Known, Told};
use claims::Claim;

/// Every dispute that the lines show.
pub(super) fn find(told: &[Told<'_>], known: &Known) -> Vec<Dispute> {
    let mut found: Vec<Found> = Vec::new();
    for t in told {
        let claims = claims::of(t, known);
        for (a, b) in claims::side_by_side(&claims) {
            found.extend(counts::between(a, b));
            found.extend(counts::days(a, b));
            found.extend(counts::culprits(a, b));
            found.extend(outcomes::between(a, b));
            found.extend(outcomes::no_date(a, b));
        }
        found.extend(denials::of(&claims));
    }
    let all: Vec<Vec<Claim<'_>>> = told.iter().map(|t| claims::of(t, known)).collect();
    found.extend(counts::over_articles(&all));
    gathered(found)
}

/// A dispute and what tells it from others of its kind.
struct Found {
    dispute: Dispute,
    /// Parties and values: the same words in five outlets are one dispute.
    key: String,
}

/// One dispute for each matter, the first that was published.
fn gathered(found: Vec<Found>) -> Vec<Dispute> {
    let mut seen = BTreeSet::new();
    let mut out: Vec<Dispute> = found
        .into_iter()
        .filter(|f| seen.insert((f.dispute.kind, f.key.clone())))
        .map(|f| f.dispute)
        .collect();
    out.sort_by(|a, b| (a.kind, &a.lines).cmp(&(b.kind, &b.lines)));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// A line of a dispute: its id, its words, who holds it.
struct Line<'a> {
    claim: &'a Claim<'a>,
    id: Id,
    span: Span,
}

impl<'a> Line<'a> {
    fn of(claim: &'a Claim<'a>) -> Self {
        Self { claim, id: claim.id(), span: claim.span }
    }

    /// With who says it in front: "the border service denied it" tells more than "it".
    fn with_speaker(claim: &'a Claim<'a>) -> Self {
        let start =
            claim.statement.speakers.iter().map(|who| who.span.start).min().unwrap_or(claim.span.start);
        let short = claim.span.len() < SHORT && start < claim.span.start && claim.span.start - start < FAR;
        let span = if short { Span { start, end: claim.span.end } } else { claim.span };
        Self { claim, id: claim.id(), span }
    }
}

/// A claim shorter than this says little without its speaker.
const SHORT: usize = 12;
/// A speaker farther off than this is not cited with the claim.
const FAR: u32 = 80;

fn dispute(kind: DisputeKind, a: &Line<'_>, b: &Line<'_>, note: String, value: &str) -> Found {
    let pair = [a, b];
    let lines: Vec<Id> = pair.iter().map(|l| l.id).collect();
    let words: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let mut holders = [a.claim.holder.clone(), b.claim.holder.clone()];
    let dispute = Dispute {
        id: Id::of('d', &[kind.word().as_bytes(), words.join(" ").as_bytes()]),
        kind,
        cites: pair.iter().map(|l| l.claim.told.cite(l.span)).collect(),
        holders: holders.iter().cloned().map(Some).collect(),
        lines,
        note,
    };
    holders.sort();
    Found { dispute, key: format!("{} {value}", holders.join("/")) }
}
