//! Counts, days and culprits that two sides tell differently.

use std::collections::BTreeSet;

use chancery_model::{Amount, DisputeKind, Figure};

use super::claims::Claim;
use super::words::{self, Action};
use super::{Found, Line, dispute};

/// Days by which two days of one happening may differ, at most; more is another happening.
const MAX_APART: i64 = 7;

/// Counts of one thing that no number fits.
pub(super) fn between(a: &Claim<'_>, b: &Claim<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for (x, action_x) in &a.figures {
        for (y, action_y) in &b.figures {
            let Some(action) = action_x.filter(|_| action_x == action_y) else { continue };
            if same_thing(a, x, b, y, action) && differ(x.amount, y.amount) {
                out.push(figure_dispute(a, x, b, y, action));
                break;
            }
        }
    }
    out
}

/// The same over all articles: action, noun and day must agree.
pub(super) fn over_articles(all: &[Vec<Claim<'_>>]) -> Vec<Found> {
    let mut out = Vec::new();
    let claims: Vec<&Claim<'_>> = all.iter().flatten().filter(|c| !c.figures.is_empty()).collect();
    for (i, a) in claims.iter().enumerate() {
        for b in &claims[i + 1..] {
            let elsewhere = a.told.account != b.told.account && a.holder != b.holder;
            if elsewhere
                && a.days.intersection(&b.days).next().is_some()
                && places(a).intersection(&places(b)).next().is_some()
            {
                out.extend(between(a, b));
            }
        }
    }
    out
}

/// Names of places in a claim, by the reading's chains.
fn places(claim: &Claim<'_>) -> BTreeSet<String> {
    let reading = claim.told.reading;
    let inside = reading.mentions.iter().filter(|m| claim.statement.content.iter().any(|p| p.covers(m.span)));
    let chains = inside.filter_map(|m| reading.chains.get(*m.chain.as_ref().ok()? as usize));
    let places = chains.filter(|c| c.kind == chancery_model::EntityKind::Place);
    places.filter_map(|c| c.name.clone()).collect()
}

/// Whether two figures count the same: the same noun, or one of them none, or people in both; never whole and part.
fn same_thing(a: &Claim<'_>, x: &Figure, b: &Claim<'_>, y: &Figure, action: Action) -> bool {
    let time = |f: &Figure| f.unit.as_deref().is_some_and(|u| matches!(u, "hour" | "minute"));
    // How long they sat is told in hours, and nothing else is.
    if action == Action::Meeting && !(time(x) && time(y)) || action != Action::Meeting && (time(x) || time(y))
    {
        return false;
    }
    if part(a, x) || part(b, y) {
        return false;
    }
    let noun = |claim: &Claim<'_>, f: &Figure| -> Option<String> {
        let counted = f.counted.map(|span| claim.told.words(span).to_lowercase());
        f.unit.clone().or(counted).map(|n| n.to_lowercase())
    };
    let people = |n: &String| words::PEOPLE.contains(&n.as_str());
    match (noun(a, x), noun(b, y)) {
        (Some(p), Some(q)) => p == q || people(&p) && people(&q),
        (Some(_), None) | (None, Some(_)) => a.told.article.id == b.told.article.id,
        (None, None) => false,
    }
}

/// Whether a figure counts a part: "two of the people handed over".
fn part(claim: &Claim<'_>, f: &Figure) -> bool {
    claim.told.article.text[f.span.end as usize..].trim_start().starts_with("of the")
}

/// Whether no number fits both amounts.
fn differ(x: Amount, y: Amount) -> bool {
    matches!((range(x), range(y)), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0)
}

/// The numbers that an amount may mean. A round number may be rounded: 140 stands for 135 to 145, 212 for itself.
fn range(amount: Amount) -> Option<(f64, f64)> {
    let slack = |value: f64| {
        let rounded =
            [1000.0, 100.0, 10.0].into_iter().find(|unit| value >= 10.0 * unit && value % unit == 0.0);
        let half = rounded.map_or(0.0, |unit| unit / 2.0);
        if amount.approximate { half.max(value.abs() * 0.1) } else { half }
    };
    match (amount.value, amount.low, amount.high) {
        (Some(value), None, None) => Some((value - slack(value), value + slack(value))),
        (_, Some(low), Some(high)) => Some((low, high)),
        // "More than five" is not five.
        (_, Some(low), None) => Some((low, f64::INFINITY)),
        (_, None, Some(high)) => Some((f64::NEG_INFINITY, high)),
        (None, None, None) => None,
    }
}

fn figure_dispute(a: &Claim<'_>, x: &Figure, b: &Claim<'_>, y: &Figure, action: Action) -> Found {
    let words = |claim: &Claim<'_>, f: &Figure| claim.told.words(f.span).to_owned();
    let note = format!("{}: {}; {}: {}", a.holder, words(a, x), b.holder, words(b, y));
    let mut values = [x.amount.value.unwrap_or_default(), y.amount.value.unwrap_or_default()];
    values.sort_by(f64::total_cmp);
    let line = |claim, f: &Figure| Line { id: f.id, ..Line::of(claim) };
    dispute(DisputeKind::Figure, &line(a, x), &line(b, y), note, &format!("{action:?} {values:?}"))
}

/// Two days for one happening, told next to each other.
pub(super) fn days(a: &Claim<'_>, b: &Claim<'_>) -> Option<Found> {
    let (Some(x), Some(y)) = (only(&a.days), only(&b.days)) else { return None };
    let shared = harm(a).intersection(&harm(b)).next().is_some();
    if x == y || !shared || (x.number() - y.number()).abs() > MAX_APART {
        return None;
    }
    let note = format!("{}: {x}; {}: {y}", a.holder, b.holder);
    let mut pair = [x, y];
    pair.sort();
    Some(dispute(DisputeKind::Date, &Line::of(a), &Line::of(b), note, &format!("{pair:?}")))
}

fn only<T: Copy>(set: &BTreeSet<T>) -> Option<T> {
    set.iter().next().copied().filter(|_| set.len() == 1)
}

/// What harm a claim tells of: a strike and its dead are one matter.
fn harm(claim: &Claim<'_>) -> BTreeSet<bool> {
    let harmful = |a: &&Action| matches!(a, Action::Death | Action::Injury | Action::Strike);
    claim.actions.iter().filter(harmful).map(|_| true).collect()
}

/// Each side says that it was the other's weapons.
pub(super) fn culprits(a: &Claim<'_>, b: &Claim<'_>) -> Option<Found> {
    if harm(a).is_empty() || !armed(a, &b.holder) || !armed(b, &a.holder) {
        return None;
    }
    let note = format!("{} says it was {}; {} says it was {}", a.holder, b.holder, b.holder, a.holder);
    Some(dispute(DisputeKind::Who, &Line::of(a), &Line::of(b), note, &format!("{:?}", a.told.published())))
}

/// Whether a claim speaks of the weapons of a side: "Lasian guns", "the guns were Lasian".
fn armed(claim: &Claim<'_>, side: &str) -> bool {
    let stem = stem(side);
    let words: Vec<String> = words::words(&claim.text).into_iter().map(|(_, word)| word).collect();
    words.iter().enumerate().any(|(at, word)| {
        let near = words[at + 1..].iter().take(2).chain(words[..at].iter().rev().take(2));
        word.starts_with(&stem) && near.into_iter().any(|w| words::WEAPONS.contains(&w.as_str()))
    })
}

/// What a name and its adjective begin with: "russia" for Russia and Russian.
fn stem(side: &str) -> String {
    let low = side.to_lowercase();
    let keep = low.chars().count().saturating_sub(2).max(4);
    low.chars().take(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(value: f64) -> Amount {
        Amount { value: Some(value), low: None, high: None, approximate: false }
    }

    #[test]
    fn rounded_counts_of_one_thing_are_no_dispute() {
        assert!(!differ(exact(140.0), exact(143.0)), "140 may be 143, rounded");
        assert!(!differ(exact(11_000.0), exact(11_200.0)));
        assert!(!differ(Amount { approximate: true, ..exact(50.0) }, exact(54.0)));
    }

    #[test]
    fn counts_that_no_number_fits_are_one() {
        assert!(differ(exact(212.0), exact(140.0)));
        assert!(differ(exact(84.0), exact(86.0)), "neither is round");
        let more_than_five = Amount { low: Some(5.0), ..exact(5.0) };
        assert!(differ(exact(4.0), more_than_five));
        assert!(!differ(exact(7.0), more_than_five));
    }
}
