//! The day of an event that is told again.
//!
//! A story gives the day of what it is about once ("met on Tuesday") and goes on speaking of it ("the meeting", "receives"). A mention
//! without a time of its own takes the time of another mention in the same article that is of the same type, with the same
//! people or sides, and as real; of other acts than meetings only where its words point back. Where two such mentions name different days nothing is taken over.

use std::collections::BTreeSet;

use chancery_model::{Anchor, Event, EventKind, Period, Reading, Span, Status, Upos, When, Xpos};

use super::alike::{as_real, chains, is_real, points_back, shares, sides};
use crate::Text;

/// Gives events without a time that of the mention they retell.
pub(super) fn settle(text: &Text<'_>, reading: &mut Reading) {
    let parties: Vec<BTreeSet<String>> = reading.events.iter().map(|event| sides(reading, event)).collect();
    let taken: Vec<Option<When>> =
        (0..reading.events.len()).map(|at| of_retold(text, reading, &parties, at)).collect();
    for (event, when) in reading.events.iter_mut().zip(taken) {
        if when.is_some() {
            event.when = when;
        }
    }
}

/// Gives what somebody does by saying it ("accused", "rejected") the day on which it was said.
pub(super) fn of_statements(reading: &mut Reading) {
    let said = |event: &Event| {
        let cue = |span: &Span| span.start < event.trigger.end && event.trigger.start < span.end;
        let told = reading.statements.iter().find(|s| s.cue.as_ref().is_some_and(cue))?;
        told.said.clone().filter(|when| when.value.is_ok() && is_real(event.status))
    };
    let days: Vec<Option<When>> = reading.events.iter().map(said).collect();
    for (event, day) in reading.events.iter_mut().zip(days) {
        if event.when.is_none() {
            event.when = day;
        }
    }
}

fn of_retold(text: &Text<'_>, reading: &Reading, parties: &[BTreeSet<String>], at: usize) -> Option<When> {
    let event = &reading.events[at];
    let was_to = event.status == Status::Planned && was_to(text, event);
    let is_open = event.when.is_none()
        && !is_often(text, event)
        && (is_real(event.status) || was_to)
        && !parties[at].is_empty();
    if !is_open {
        return None;
    }
    let mut found: BTreeSet<(Period, usize)> = BTreeSet::new();
    for (other, told) in reading.events.iter().enumerate() {
        let same = told.kind == event.kind
            && (as_real(told.status, event.status) || was_to && is_real(told.status))
            && shares(&parties[at], &parties[other])
            && (points_back(text, event)
                || same_word(text, event, told)
                || same_people(reading, event, told));
        if let Some(Ok(period)) = told.when.as_ref().filter(|_| same).map(|when| when.value.as_ref()) {
            found.insert((*period, other));
        }
    }
    let periods: BTreeSet<Period> = found.iter().map(|(period, _)| *period).collect();
    let (period, other) = found.first().filter(|_| periods.len() == 1)?;
    let span = reading.events[*other].when.as_ref().and_then(|when| when.span);
    Some(When { span, value: Ok(*period), anchor: Anchor::Text })
}

/// A meeting of the same people: on each of two sides one of them is the same, or one mention names the country alone.
fn same_people(reading: &Reading, a: &Event, b: &Event) -> bool {
    let of = |event: &Event, side: &str| -> BTreeSet<u32> {
        let on = |&at: &u32| reading.chains[at as usize].side.as_ref().is_some_and(|own| own.name == side);
        chains(event).into_iter().filter(on).collect()
    };
    let bare = |at: &u32, side: &str| reading.chains[*at as usize].name.as_deref() == Some(side);
    let meets = |side: &String| {
        let (ours, theirs) = (of(a, side), of(b, side));
        !ours.is_disjoint(&theirs) || ours.iter().chain(&theirs).any(|at| bare(at, side))
    };
    let shared: Vec<String> = sides(reading, a).intersection(&sides(reading, b)).cloned().collect();
    let people = chains(a).intersection(&chains(b)).count() > 1;
    a.kind == EventKind::Consult && (people || shared.len() > 1 && shared.iter().all(meets))
}

/// "Met many times": no single day.
fn is_often(text: &Text<'_>, event: &Event) -> bool {
    let often = |d: u32| {
        text.lemma(d) == "time" && text.xpos(d) == Xpos::Nns
            || matches!(text.lemma(d), "often" | "repeatedly" | "regularly" | "twice")
    };
    text.dependents(trigger(text, event)).iter().any(|&d| often(d))
}

fn trigger(text: &Text<'_>, event: &Event) -> u32 {
    text.tokens_in(event.trigger).start
}

/// "They were to meet": a plan that is told from after its day.
fn was_to(text: &Text<'_>, event: &Event) -> bool {
    let verb = trigger(text, event);
    let before = |steps: u32| verb.checked_sub(steps).map(|at| text.word(at).to_lowercase());
    let was = |steps: u32| matches!(before(steps).as_deref(), Some("was" | "were"));
    before(1).as_deref() == Some("to")
        && (was(2) || matches!(before(2).as_deref(), Some("due" | "set" | "scheduled")) && was(3))
}

/// Whether two mentions name the event by one word. Attacks of one army on another are many; "the invasion" is one.
fn same_word(text: &Text<'_>, a: &Event, b: &Event) -> bool {
    let word = |event: &Event| {
        text.tokens_in(event.trigger).range().next().map(|at| text.lemma(at as u32).to_owned())
    };
    let noun =
        |event: &Event| text.tokens_in(event.trigger).range().any(|at| text.upos(at as u32) == Upos::Noun);
    noun(a) && word(a) == word(b)
}
