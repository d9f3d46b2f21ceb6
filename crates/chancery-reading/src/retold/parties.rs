//! The parties that a mention of an event leaves out or only describes.

use std::collections::BTreeSet;

use chancery_model::{Chain, Deprel, EntityKind, Event, EventKind, Reading, Status, Upos, Who};

use super::alike::{as_real, chain, chains, is_real, points_back, side, sides};
use super::opposite::{bears_somebody, foe, is_meant_for_somebody, opponent, opposed};
use crate::Text;

/// Fills in who is meant by a description, and with or against whom something was done.
pub(super) fn settle(text: &Text<'_>, reading: &mut Reading) {
    for at in 0..reading.events.len() {
        if let Some(named) = named(reading, at) {
            reading.events[at].actors = named.0;
            reading.events[at].recipients = named.1;
        }
    }
    for at in 0..reading.events.len() {
        if let Some(meant) = opposed(text, reading, at) {
            reading.events[at].recipients = meant;
        }
    }
    let others: Vec<(Vec<Who>, Vec<Who>)> =
        (0..reading.events.len()).map(|at| left_out(text, reading, at)).collect();
    for (event, (actors, recipients)) in reading.events.iter_mut().zip(others) {
        event.actors.extend(actors);
        event.recipients.extend(recipients);
    }
}

/// "Top negotiators met Oster", where the story tells by name who of that side met him: the words stand for these people.
fn named(reading: &Reading, at: usize) -> Option<(Vec<Who>, Vec<Who>)> {
    let event = &reading.events[at];
    let whole = |list: &[Who]| -> Option<Vec<Who>> {
        let mut out = Vec::with_capacity(list.len());
        let mut found = false;
        for who in list {
            match people_of(reading, at, who) {
                Some(people) => {
                    found = true;
                    out.extend(people.into_iter().map(|chain| Who { span: who.span, chain: Ok(chain) }));
                }
                None => out.push(who.clone()),
            }
        }
        found.then_some(out)
    };
    match (whole(&event.actors), whole(&event.recipients)) {
        (None, None) => None,
        (actors, recipients) => Some((
            actors.unwrap_or_else(|| event.actors.clone()),
            recipients.unwrap_or_else(|| event.recipients.clone()),
        )),
    }
}

/// The people by name who do in another mention what a described group does in this one.
fn people_of(reading: &Reading, at: usize, who: &Who) -> Option<Vec<u32>> {
    let (own, group) = chain(reading, who)?;
    let described = group.name.is_none() && group.plural && group.kind == EntityKind::Person;
    let group_side = group.side.as_ref().filter(|_| described)?.name.as_str();
    let event = &reading.events[at];
    let partners: BTreeSet<u32> = chains(event).into_iter().filter(|&c| c != own).collect();
    let mut found: BTreeSet<Vec<u32>> = BTreeSet::new();
    for told in same_kind(reading, at) {
        let all = chains(told);
        if !as_real(told.status, event.status) || all.is_disjoint(&partners) {
            continue;
        }
        let members: Vec<u32> = all.into_iter().filter(|&c| belongs(reading, c, group_side)).collect();
        let sure = members.iter().any(|&c| side_of(&reading.chains[c as usize]) == Some(group_side));
        if members.len() > 1 && sure {
            found.insert(members);
        }
    }
    let first = found.pop_first()?;
    found.is_empty().then_some(first)
}

/// A person by name who is on this side, or on none that is known.
fn belongs(reading: &Reading, at: u32, side: &str) -> bool {
    let chain = &reading.chains[at as usize];
    chain.kind == EntityKind::Person
        && chain.name.is_some()
        && !chain.plural
        && side_of(chain).is_none_or(|own| own == side)
}

fn side_of(chain: &Chain) -> Option<&str> {
    chain.side.as_ref().map(|side| side.name.as_str())
}

fn same_kind(reading: &Reading, at: usize) -> impl Iterator<Item = &Event> {
    let kind = reading.events[at].kind;
    let others = reading.events.iter().enumerate();
    others.filter(move |(other, event)| *other != at && event.kind == kind).map(|(_, event)| event)
}

/// Who did it, and with or against whom it was, where the mention does not say and the others agree.
fn left_out(text: &Text<'_>, reading: &Reading, at: usize) -> (Vec<Who>, Vec<Who>) {
    let event = &reading.events[at];
    let (acts, bears) = (!event.actors.is_empty(), bears_somebody(reading, event));
    let recipients = match (event.kind, acts, bears) {
        (EventKind::Consult, true, false) if sides(reading, event).len() == 1 => {
            counterpart(text, reading, at)
        }
        (EventKind::Assault, true, false) if event.status != Status::Denied => {
            foe(text, reading, at, |event| (&event.actors, &event.recipients))
        }
        (EventKind::Assault, false, true) if is_real(event.status) => {
            return (foe(text, reading, at, |event| (&event.recipients, &event.actors)), Vec::new());
        }
        (EventKind::Reject, true, false) if takes_up(text, event) => proposer(text, reading, at),
        (EventKind::Request, true, false) => addressee(reading, at),
        (EventKind::Accuse, true, false) => culprit(text, reading, at),
        _ => Vec::new(),
    };
    if recipients.is_empty() && acts && !bears && is_meant_for_somebody(event) {
        return (Vec::new(), opponent(text, reading, at));
    }
    (Vec::new(), recipients)
}

/// "Condemned the attack": who is blamed for an act is who did it, as the article tells it elsewhere.
fn culprit(text: &Text<'_>, reading: &Reading, at: usize) -> Vec<Who> {
    let event = &reading.events[at];
    let Some(verb) = text.tokens_in(event.trigger).range().next().map(|at| at as u32) else {
        return Vec::new();
    };
    let Some(object) = text.dependent(verb, Deprel::Obj).filter(|&o| text.upos(o) == Upos::Noun) else {
        return Vec::new();
    };
    let own = sides(reading, event);
    let others = |told: &&Event| {
        !told.actors.is_empty()
            && told.actors.iter().all(|who| side(reading, who).is_some_and(|side| !own.contains(&side)))
    };
    let holds = |told: &&Event| text.tokens_in(told.trigger).holds(object);
    if let Some(told) = reading.events.iter().filter(holds).find(others) {
        return told.actors.clone();
    }
    let named = text
        .dependents_by(object, Deprel::Det)
        .any(|d| matches!(text.lemma(d), "the" | "this" | "that" | "these" | "those"));
    let same_word = |told: &&Event| {
        is_real(told.status)
            && text.tokens_in(told.trigger).range().any(|t| text.lemma(t as u32) == text.lemma(object))
    };
    let lists: Vec<Vec<Who>> =
        reading.events.iter().filter(same_word).filter(others).map(|told| told.actors.clone()).collect();
    agreed(reading, &lists).filter(|_| named).unwrap_or_default()
}

/// "Dismissed that proposal", "rejected it", "refused": what is rejected is what was told before, or is not said.
fn takes_up(text: &Text<'_>, event: &Event) -> bool {
    let Some(verb) = text.tokens_in(event.trigger).range().next().map(|at| at as u32) else { return false };
    let Some(object) = text.dependent(verb, Deprel::Obj) else {
        return text.dependent(verb, Deprel::Xcomp).is_none();
    };
    let points = |part: u32| match text.deprel(part) {
        Deprel::Det => matches!(text.lemma(part), "the" | "this" | "that" | "these" | "those"),
        relation => relation == Deprel::NmodPoss && text.upos(part) == Upos::Pron,
    };
    text.upos(object) == Upos::Pron || text.dependents(object).iter().any(|&part| points(part))
}

/// "Kyiv dismissed that proposal": who asked for something right before.
fn proposer(text: &Text<'_>, reading: &Reading, at: usize) -> Vec<Who> {
    let event = &reading.events[at];
    let own = sides(reading, event);
    let before = reading.events[..at].iter().rev().take(NEAR);
    let asks = |told: &&Event| told.kind == EventKind::Request;
    let near = |told: &&Event| {
        let (from, to) = (text.tokens_in(told.sentence).start, text.tokens_in(event.sentence).start);
        from <= to && to.saturating_sub(text.tokens_in(told.sentence).end) <= 1
    };
    let mut others = before.filter(asks).filter(near).map(|told| &told.actors);
    let other = others.find(|list| {
        !list.is_empty() && list.iter().all(|who| side(reading, who).is_some_and(|side| !own.contains(&side)))
    });
    other.cloned().unwrap_or_default()
}

/// "Demands, which include Ukraine's withdrawal": who is to do what the same sentence says is demanded.
fn addressee(reading: &Reading, at: usize) -> Vec<Who> {
    let event = &reading.events[at];
    let own = sides(reading, event);
    let same = reading.events[at + 1..].iter().take(NEAR).filter(|told| told.sentence == event.sentence);
    let asked = same.filter(|told| {
        matches!(
            told.kind,
            EventKind::Retreat | EventKind::Concede | EventKind::Agree | EventKind::Aid | EventKind::Support
        )
    });
    let mut lists = asked.map(|told| &told.actors);
    let other = lists.find(|list| {
        !list.is_empty() && list.iter().all(|who| side(reading, who).is_some_and(|side| !own.contains(&side)))
    });
    other.cloned().unwrap_or_default()
}

/// How many events away another mention may stand whose parties a demand or a refusal takes over.
const NEAR: usize = 4;

/// The other side of a meeting: that of another mention with the same people, or of the meeting that "the meeting" points back to.
fn counterpart(text: &Text<'_>, reading: &Reading, at: usize) -> Vec<Who> {
    let event = &reading.events[at];
    let (own, own_sides) = (chains(event), sides(reading, event));
    let others = |told: &Event| -> Vec<Who> {
        let all = told.actors.iter().chain(&told.recipients);
        let other = |who: &&Who| {
            let known = chain(reading, who).is_some_and(|(_, chain)| chain.side.is_some());
            known
                && side(reading, who).is_some_and(|side| !own_sides.contains(&side))
                && who.chain.as_ref().is_ok_and(|chain| !own.contains(chain))
        };
        all.filter(other).cloned().collect()
    };
    let by_people = |told: &&Event| as_real(told.status, event.status) && !own.is_disjoint(&chains(told));
    let fitting: Vec<Vec<Who>> =
        same_kind(reading, at).filter(by_people).map(others).filter(|o| !o.is_empty()).collect();
    if let Some(agreed) = agreed(reading, &fitting) {
        return agreed;
    }
    if !points_back(text, event) {
        return Vec::new();
    }
    let before = reading.events[..at].iter().rev();
    let before = before.filter(|told| told.kind == event.kind && as_real(told.status, event.status));
    let with_us = before.filter(|told| !own_sides.is_disjoint(&sides(reading, told)));
    with_us.map(others).find(|o| !o.is_empty()).unwrap_or_default()
}

/// Of several lists of parties, where all are of the same sides, the one that names the sides themselves, else the first.
fn agreed(reading: &Reading, lists: &[Vec<Who>]) -> Option<Vec<Who>> {
    let of = |list: &Vec<Who>| list.iter().map(|who| side(reading, who)).collect::<Option<BTreeSet<_>>>();
    let first = of(lists.first()?)?;
    let agree = lists.iter().all(|list| of(list).as_ref() == Some(&first));
    let is_side = |who: &Who| {
        let chain = chain(reading, who).map(|(_, chain)| chain);
        chain.is_some_and(|chain| chain.name.is_some() && chain.name.as_deref() == side_of(chain))
    };
    let best = lists.iter().find(|list| list.iter().all(is_side)).unwrap_or(&lists[0]);
    agree.then(|| best.clone())
}
