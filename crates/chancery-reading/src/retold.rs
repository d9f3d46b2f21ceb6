//! The day of an event that is told again.
//!
//! A story gives the day of what it is about once ("met on Tuesday") and goes on speaking of it ("the meeting", "receives"). A mention
//! without a time of its own takes the time of another mention in the same article that is of the same type, with the same
//! people or sides, and as real. Where two such mentions name different days nothing is taken over.

use std::collections::BTreeSet;

use chancery_model::{Anchor, Event, Period, Reading, Status, When, Who};

/// Participants that two mentions share, at least, when both have as many.
const SHARED: usize = 2;

/// Gives events without a time that of the mention they retell.
pub(crate) fn settle(reading: &mut Reading) {
    let parties: Vec<BTreeSet<String>> = reading.events.iter().map(|event| parties(reading, event)).collect();
    let taken: Vec<Option<When>> =
        (0..reading.events.len()).map(|at| of_retold(reading, &parties, at)).collect();
    for (event, when) in reading.events.iter_mut().zip(taken) {
        if when.is_some() {
            event.when = when;
        }
    }
}

/// The sides, or else the chains, that take part.
fn parties(reading: &Reading, event: &Event) -> BTreeSet<String> {
    let name = |who: &Who| {
        let at = *who.chain.as_ref().ok()?;
        let chain = reading.chains.get(at as usize)?;
        Some(chain.side.as_ref().map_or_else(|| format!("#{at}"), |side| side.name.clone()))
    };
    event.actors.iter().chain(&event.recipients).filter_map(name).collect()
}

fn of_retold(reading: &Reading, parties: &[BTreeSet<String>], at: usize) -> Option<When> {
    let event = &reading.events[at];
    let is_open = event.when.is_none() && real(event.status) && !parties[at].is_empty();
    if !is_open {
        return None;
    }
    let mut found: BTreeSet<(Period, usize)> = BTreeSet::new();
    for (other, told) in reading.events.iter().enumerate() {
        let same = told.kind == event.kind
            && alike(told.status, event.status)
            && shares(&parties[at], &parties[other]);
        if let Some(Ok(period)) = told.when.as_ref().filter(|_| same).map(|when| when.value.as_ref()) {
            found.insert((*period, other));
        }
    }
    let periods: BTreeSet<Period> = found.iter().map(|(period, _)| *period).collect();
    let (period, other) = found.first().filter(|_| periods.len() == 1)?;
    let span = reading.events[*other].when.as_ref().and_then(|when| when.span);
    Some(When { span, value: Ok(*period), anchor: Anchor::Text })
}

fn shares(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let few = a.len().min(b.len()).min(SHARED);
    few > 0 && a.intersection(b).count() >= few
}

fn real(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing)
}

/// Both are told as real, or both as the same of what is not.
fn alike(a: Status, b: Status) -> bool {
    a == b || real(a) && real(b)
}
