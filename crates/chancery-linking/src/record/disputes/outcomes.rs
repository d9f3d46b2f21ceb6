//! How talks went, and whether a day is set, as two sides tell it.

use chancery_model::DisputeKind;

use super::claims::Claim;
use super::words::{BADLY, NO_DATE, WELL};
use super::{Found, Line, dispute};

/// "Some progress" from one side, "no compromise" from the other.
pub(super) fn between(a: &Claim<'_>, b: &Claim<'_>) -> Option<Found> {
    let says = |claim: &Claim<'_>, list: &[&str]| list.iter().any(|words| claim.text.contains(words));
    let apart = says(a, &WELL) && says(b, &BADLY) || says(a, &BADLY) && says(b, &WELL);
    if !apart {
        return None;
    }
    let note = format!("{} and {} tell differently how the talks went", a.holder, b.holder);
    Some(dispute(DisputeKind::Terms, Line::of(a), Line::of(b), note, "outcome"))
}

/// One side names a day, the other says that none is set.
pub(super) fn no_date(a: &Claim<'_>, b: &Claim<'_>) -> Option<Found> {
    let none = |claim: &Claim<'_>| NO_DATE.iter().any(|words| claim.text.contains(words));
    let (denies, names) = match (none(a), none(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let published = names.told.published();
    let ahead = names.days.iter().find(|day| published.is_none_or(|published| **day >= published))?;
    let planned = ["would", "will", "to meet", "expect"].iter().any(|words| names.text.contains(words));
    if !planned {
        return None;
    }
    let note = format!("{}: {ahead}; {}: no date is set", names.holder, denies.holder);
    let value = format!("{ahead}");
    let mut found = dispute(DisputeKind::Date, Line::of(names), Line::of(denies), note, "");
    // Whoever names the day: what is disputed is the day.
    found.key = format!("{} {value}", denies.holder);
    Some(found)
}
