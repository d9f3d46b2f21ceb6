//! Counts, days and culprits that two sides tell differently.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Amount, Cite, Date, DisputeKind, Id, Note};
use serde::{Deserialize, Serialize};

use super::claims::{Claim, Counted};
use super::words::{self, Action};
use super::{Found, Line, dispute};
use crate::limits;

/// Days by which two days of one happening may differ, at most; more is another happening.
const MAX_APART: i64 = 7;

/// A claim with figures that says which days and places it is of: one that another article may tell differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Counting {
    holder: String,
    cite: Cite,
    figures: Vec<Counted>,
    days: Vec<Date>,
    /// Names of places, by the reading's chains.
    places: Vec<String>,
}

/// What other articles are compared with, if a claim says enough for that.
pub(super) fn counting(claim: &Claim<'_>) -> Option<Counting> {
    let figures: Vec<Counted> = claim.figures.iter().filter(|f| f.action.is_some()).cloned().collect();
    let places: Vec<String> = places(claim).into_iter().collect();
    let days: Vec<Date> = claim.days.iter().copied().collect();
    let says = !figures.is_empty() && !places.is_empty() && !days.is_empty();
    says.then(|| Counting {
        holder: claim.holder.clone(),
        cite: claim.told.cite(claim.span),
        figures,
        days,
        places,
    })
}

/// Counts of one thing that no number fits, in two claims of one article.
pub(super) fn between(a: &Claim<'_>, b: &Claim<'_>) -> Vec<Found> {
    let pairs = differing(&a.figures, &b.figures, true);
    pairs.into_iter().map(|(x, y)| figure_dispute(x, y, Line::of(a), Line::of(b))).collect()
}

/// The same over all articles: action, noun, day and place must agree. Each claim comes with the account of its article.
pub(super) fn over_articles(all: &[(Id, &Counting)]) -> (Vec<Found>, Option<Note>) {
    let mut by_day: BTreeMap<(Date, &str), Vec<usize>> = BTreeMap::new();
    for (at, (_, claim)) in all.iter().enumerate() {
        for day in &claim.days {
            claim.places.iter().for_each(|place| by_day.entry((*day, place)).or_default().push(at));
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut left_out = 0;
    for group in by_day.values() {
        for (at, a) in group.iter().enumerate() {
            let near = &group[at + 1..group.len().min(at + 1 + MAX_CLAIMS)];
            left_out += group.len() - at - 1 - near.len();
            pairs.extend(near.iter().map(|b| (*a, *b)));
        }
    }
    let mut out = Vec::new();
    for (a, b) in pairs {
        let ((account, a), (other, b)) = (all[a], all[b]);
        if account != other && a.holder != b.holder {
            let line = |claim: &'_ Counting| claim.cite.clone();
            let pairs = differing(&a.figures, &b.figures, false);
            out.extend(pairs.into_iter().map(|(x, y)| {
                let of = |holder, cite| Line { id: x.id, cite, holder };
                figure_dispute(x, y, of(&a.holder, line(a)), of(&b.holder, line(b)))
            }));
        }
    }
    let with = format!("the {MAX_CLAIMS} behind it that tell of the same day and place");
    (out, limits::not_compared(left_out, "claims", &with))
}

/// Claims of one day and place that one is compared with, at most: those next in time.
const MAX_CLAIMS: usize = 400;

/// Names of places in a claim, by the reading's chains.
fn places(claim: &Claim<'_>) -> BTreeSet<String> {
    let reading = claim.told.reading;
    let inside = reading.mentions.iter().filter(|m| claim.statement.content.iter().any(|p| p.covers(m.span)));
    let chains = inside.filter_map(|m| reading.chains.get(*m.chain.as_ref().ok()? as usize));
    let places = chains.filter(|c| c.kind == chancery_model::EntityKind::Place);
    places.filter_map(|c| c.name.clone()).collect()
}

/// Figures of one action that no number fits.
fn differing<'f>(a: &'f [Counted], b: &'f [Counted], in_one: bool) -> Vec<(&'f Counted, &'f Counted)> {
    // A count that answers one figure answers no other: turnout and votes are both told per cent.
    let mut answered: BTreeSet<Id> = BTreeSet::new();
    let of = |x: &'f Counted| {
        let action = x.action?;
        let fits = |y: &&Counted| {
            y.action == Some(action) && same_thing(x, y, action, in_one) && differ(x.amount, y.amount)
        };
        b.iter().filter(|y| !answered.contains(&y.id)).find(fits).map(|y| {
            answered.insert(y.id);
            (x, y)
        })
    };
    a.iter().filter_map(of).collect()
}

/// Whether two figures count the same: the same noun, or one of them none in one article, or people in both; never whole and part.
fn same_thing(x: &Counted, y: &Counted, action: Action, in_one: bool) -> bool {
    // How long they sat is told in hours, and nothing else is.
    if action == Action::Meeting && !(x.is_time && y.is_time)
        || action != Action::Meeting && (x.is_time || y.is_time)
    {
        return false;
    }
    if x.is_part || y.is_part {
        return false;
    }
    // What one side launched and what the other launched are two counts.
    if matches!((&x.by, &y.by), (Some(one), Some(other)) if one != other) {
        return false;
    }
    let people = |n: &str| words::PEOPLE.contains(&n);
    match (x.noun.as_deref(), y.noun.as_deref()) {
        (Some(p), Some(q)) => p == q || people(p) && people(q),
        (Some(_), None) | (None, Some(_)) => in_one,
        (None, None) => false,
    }
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

fn figure_dispute(x: &Counted, y: &Counted, a: Line<'_>, b: Line<'_>) -> Found {
    let action = x.action.map_or(String::new(), |action| format!("{action:?}"));
    let note = format!("{}: {}; {}: {}", a.holder, x.words, b.holder, y.words);
    let mut values = [x.amount.value.unwrap_or_default(), y.amount.value.unwrap_or_default()];
    values.sort_by(f64::total_cmp);
    let (a, b) = (Line { id: x.id, ..a }, Line { id: y.id, ..b });
    dispute(DisputeKind::Figure, a, b, note, &format!("{action} {values:?}"))
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
    Some(dispute(DisputeKind::Date, Line::of(a), Line::of(b), note, &format!("{pair:?}")))
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
    Some(dispute(DisputeKind::Who, Line::of(a), Line::of(b), note, &format!("{:?}", a.told.published())))
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
    fn claims_beyond_the_limit_are_counted() {
        let cite = Cite {
            page: chancery_model::PageId([0; 32]),
            ranges: Vec::new(),
            words: String::new(),
            span: None,
        };
        let claim = Counting {
            holder: "Lasia".to_owned(),
            cite,
            figures: Vec::new(),
            days: vec![Date::new(2031, 5, 2).expect("a day")],
            places: vec!["Vell".to_owned()],
        };
        let account = Id::of('a', &[b"one"]);
        let note = |claims: usize| over_articles(&vec![(account, &claim); claims]).1;
        assert_eq!(note(MAX_CLAIMS + 1), None);
        assert!(note(MAX_CLAIMS + 2).is_some_and(|note| note.message.starts_with("1 pair of claims")));
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
