//! What was said and done until a day, whenever it was published.
//!
//! A line has the day on which it was said or happened; where no words settle that, the day of its page. Pages that came later count
//! with what they tell of earlier days. What became of a plan after the day is not known on it.

use std::collections::BTreeMap;

use chancery_linking::record::until;
use chancery_model::{Date, Id, Outcome, Status, When};
use chancery_store::{Said, Store};

use crate::failure::Failure;
use crate::linked::{self, Linked, published};

/// The record without what was said, taken or done after `day`.
pub(super) fn taken(store: &Store, day: Date) -> Result<Linked<'_>, Failure> {
    let mut linked = Linked::of(store, None)?;
    let days = days(&linked::readings(store)?);
    let known = |id: &Id| days.get(id).is_none_or(|own| own.is_some_and(|own| own <= day));
    let record = &mut linked.record;
    record.positions = until(&record.positions, day);
    let later: Vec<Id> = record
        .happenings
        .iter()
        .filter(|h| h.when.and_then(|when| when.start).is_some_and(|start| start > day))
        .map(|h| h.id)
        .collect();
    for happening in &mut record.happenings {
        let open = match happening.outcome {
            Some(Outcome::Occurred(id)) => later.contains(&id),
            Some(Outcome::Lapsed) => happening.when.and_then(|when| when.end).is_none_or(|end| end >= day),
            None => false,
        };
        if open {
            happening.outcome = None;
        }
    }
    // A plan is known from the day of a page that tells of it; an event from the day on which it was.
    let told = |id: &Id| days.get(id).copied().flatten().is_some_and(|own| own <= day);
    record.happenings.retain(|h| match h.status {
        Status::Planned => h.reports.iter().any(told),
        _ => !later.contains(&h.id),
    });
    record.disputes.retain(|dispute| dispute.lines.iter().all(known));
    for proposal in &mut record.proposals {
        proposal.versions.retain(|version| version.when.is_none_or(|when| when <= day));
        proposal.stances.retain(known);
    }
    record.proposals.retain(|proposal| !proposal.versions.is_empty() || !proposal.stances.is_empty());
    linked.left_out = days.keys().filter(|id| !known(id)).copied().collect();
    Ok(linked)
}

/// The day of each line: its own, or that of its page. A plan has the day of its page.
fn days(all: &[Said]) -> BTreeMap<Id, Option<Date>> {
    let mut out = BTreeMap::new();
    for said in all {
        let page = published(&said.article);
        let own = |when: &Option<When>| {
            let period = when.as_ref().and_then(|when| when.value.as_ref().ok());
            period.and_then(|period| period.start).or(page)
        };
        let reading = &said.reading;
        out.extend(reading.statements.iter().map(|s| (s.id, own(&s.said))));
        out.extend(reading.figures.iter().map(|f| (f.id, own(&f.when))));
        out.extend(reading.stances.iter().map(|s| (s.id, own(&s.when))));
        let day = |e: &chancery_model::Event| if e.status == Status::Planned { page } else { own(&e.when) };
        out.extend(reading.events.iter().map(|e| (e.id, day(e))));
    }
    out
}
