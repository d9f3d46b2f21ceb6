//! Which of two articles came first, and how that is known.

use std::cmp::Ordering;

use chancery_model::{Moment, Precedence};

use super::judge::Pair;
use crate::Carried;

/// An article of which this much stands in the other, while ...
const CUT: f32 = 0.8;
/// ... less than this much of the other stands in it, is a cut of it.
const UNCUT: f32 = 0.65;

/// Whether `a` came before `b`, and how that is known; `None` when it is not.
pub(super) fn precedence(a: &Carried<'_>, b: &Carried<'_>, pair: &Pair) -> Option<(bool, Precedence)> {
    by_fetching(a, b).or_else(|| by_agency(a, b)).or_else(|| by_dates(a, b)).or_else(|| by_cut(pair))
}

/// Whether two articles are versions of one: the same address, other bytes, and the same place among the articles of the page.
pub(super) fn are_versions(a: &Carried<'_>, b: &Carried<'_>) -> bool {
    a.address.is_some() && a.address == b.address && a.article.page != b.article.page
}

fn by_fetching(a: &Carried<'_>, b: &Carried<'_>) -> Option<(bool, Precedence)> {
    if !are_versions(a, b) {
        return None;
    }
    let order = compare(a.captured?, b.captured?)?;
    Some((order == Ordering::Less, Precedence::Fetched))
}

fn by_agency(a: &Carried<'_>, b: &Carried<'_>) -> Option<(bool, Precedence)> {
    match (is_agency_of(a, b), is_agency_of(b, a)) {
        (true, false) => Some((true, Precedence::Agency)),
        (false, true) => Some((false, Precedence::Agency)),
        _ => None,
    }
}

/// Whether `a` stands with the agency that `b` credits.
fn is_agency_of(a: &Carried<'_>, b: &Carried<'_>) -> bool {
    let same = |x: &str, y: &str| x.to_lowercase() == y.to_lowercase();
    let outlet = a.article.outlet.as_deref();
    let other = b.article.outlet.as_deref();
    let credited = b.article.agency.as_deref().or(a.article.agency.as_deref());
    matches!((outlet, credited), (Some(outlet), Some(agency)) if same(outlet, agency))
        && !matches!((other, credited), (Some(other), Some(agency)) if same(other, agency))
}

fn by_dates(a: &Carried<'_>, b: &Carried<'_>) -> Option<(bool, Precedence)> {
    let order = compare(a.published()?, b.published()?)?;
    Some((order == Ordering::Less, Precedence::Dates))
}

fn by_cut(pair: &Pair) -> Option<(bool, Precedence)> {
    match (pair.share(0), pair.share(1)) {
        (a, b) if b >= CUT && a < UNCUT => Some((true, Precedence::Cut)),
        (a, b) if a >= CUT && b < UNCUT => Some((false, Precedence::Cut)),
        _ => None,
    }
}

/// The order of two moments; `None` when they may be the same.
pub(super) fn compare(a: Moment, b: Moment) -> Option<Ordering> {
    let order = match (minutes(a), minutes(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.date.cmp(&b.date),
    };
    (order != Ordering::Equal).then_some(order)
}

/// Minutes since some day, in UTC, where the time and the offset are known.
fn minutes(moment: Moment) -> Option<i64> {
    let time = moment.time?;
    let clock = i64::from(time.hour) * 60 + i64::from(time.minute) - i64::from(time.offset?);
    Some(moment.date.number() * 24 * 60 + clock)
}
