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

use chancery_model::{Cite, Dispute, DisputeKind, Id, Note, Span};
use serde::{Deserialize, Serialize};

use super::{Known, Part, Told};
use claims::Claim;
use counts::Counting;

/// What an article's claims dispute among themselves, and those that may dispute another article's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Claims {
    found: Vec<Found>,
    counting: Vec<Counting>,
}

/// The claims of an article, compared with each other.
pub(super) fn claims(told: &Told<'_>, known: &Known) -> Claims {
    let claims = claims::of(told, known);
    let mut found: Vec<Found> = Vec::new();
    for (a, b) in claims::side_by_side(&claims) {
        found.extend(counts::between(a, b));
        found.extend(counts::days(a, b));
        found.extend(counts::culprits(a, b));
        found.extend(outcomes::between(a, b));
        found.extend(outcomes::no_date(a, b));
    }
    found.extend(denials::of(&claims));
    Claims { found, counting: claims.iter().filter_map(counts::counting).collect() }
}

/// Every dispute that the lines show.
pub(super) fn find(parts: &[Part<'_>]) -> (Vec<Dispute>, Option<Note>) {
    let mut all: Vec<Found> = Vec::new();
    let mut counting: Vec<(Id, &Counting)> = Vec::new();
    for part in parts {
        all.extend(part.share.claims.found.iter().map(|found| found.of_account(part.account)));
        counting.extend(part.share.claims.counting.iter().map(|claim| (part.account, claim)));
    }
    let (over, note) = counts::over_articles(&counting);
    all.extend(over);
    (gathered(all), note)
}

/// A dispute and what tells it from others of its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Found {
    dispute: Dispute,
    /// Parties and values: the same words in five outlets are one dispute.
    key: String,
    /// Whether it is told apart by the account that its article carries, too.
    by_account: bool,
}

impl Found {
    fn of_account(&self, account: Id) -> Self {
        let mut own = self.clone();
        if self.by_account {
            own.key.push_str(&account.to_string());
        }
        own
    }
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
    id: Id,
    cite: Cite,
    holder: &'a str,
}

impl<'a> Line<'a> {
    fn of(claim: &'a Claim<'a>) -> Self {
        Self { id: claim.id(), cite: claim.told.cite(claim.span), holder: &claim.holder }
    }

    /// With who says it in front: "the border service denied it" tells more than "it".
    fn with_speaker(claim: &'a Claim<'a>) -> Self {
        let start =
            claim.statement.speakers.iter().map(|who| who.span.start).min().unwrap_or(claim.span.start);
        let short = claim.span.len() < SHORT && start < claim.span.start && claim.span.start - start < FAR;
        let span = if short { Span { start, end: claim.span.end } } else { claim.span };
        Self { cite: claim.told.cite(span), ..Self::of(claim) }
    }
}

/// A claim shorter than this says little without its speaker.
const SHORT: usize = 12;
/// A speaker farther off than this is not cited with the claim.
const FAR: u32 = 80;

fn dispute(kind: DisputeKind, a: Line<'_>, b: Line<'_>, note: String, value: &str) -> Found {
    let lines = vec![a.id, b.id];
    let words: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let mut holders = [a.holder.to_owned(), b.holder.to_owned()];
    let dispute = Dispute {
        id: Id::of('d', &[kind.word().as_bytes(), words.join(" ").as_bytes()]),
        kind,
        cites: vec![a.cite, b.cite],
        holders: holders.iter().cloned().map(Some).collect(),
        lines,
        note,
    };
    holders.sort();
    Found { dispute, key: format!("{} {value}", holders.join("/")), by_account: false }
}
