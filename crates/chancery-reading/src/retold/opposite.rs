//! Who stands opposite: whom a refusal, a demand or an attack is meant for where the mention does not say.
//!
//! A story of one quarrel names both sides once and goes on with one of them ("the owners refused", "the army's offensive"). The other
//! is taken over where all events of the article that set this side against somebody set it against the same one; where they name
//! two, nothing is.

use std::collections::{BTreeMap, BTreeSet};

use chancery_lexicon::frames::Frames;
use chancery_model::{Chain, Deprel, EntityKind, Event, EventKind, Reading, Status, Upos, Who};

use super::alike::{chain, is_real, side, sides};
use crate::Text;

/// The other side of a fight: the one that all mentions of this side's fighting name; `roles` gives the known and the wanted list.
pub(super) fn foe(
    text: &Text<'_>,
    reading: &Reading,
    at: usize,
    roles: impl Fn(&Event) -> (&Vec<Who>, &Vec<Who>),
) -> Vec<Who> {
    let own: BTreeSet<String> = known_sides(reading, roles(&reading.events[at]).0);
    let mut found = Candidates::default();
    for told in fights(reading, at) {
        let (same, other) = roles(told);
        if !known_sides(reading, same).is_disjoint(&own) {
            found.add(text, reading, other, &own);
        }
    }
    found.only(reading)
}

/// The one with whom, or against whom, all else that the article tells of a side is done; of a withdrawal the one it fights.
pub(super) fn opponent(text: &Text<'_>, reading: &Reading, at: usize) -> Vec<Who> {
    let event = &reading.events[at];
    let own = sides(reading, event);
    if own.len() != 1 {
        return Vec::new();
    }
    if event.kind == EventKind::Retreat {
        let fought = |told: &&Event| told.kind == EventKind::Assault && is_real(told.status);
        let enemy = against(text, reading, at, &own, &|told| fought(&told)).only(reading);
        if !enemy.is_empty() {
            return enemy;
        }
    }
    // Who was only met is not threatened for it, and who was shot at once is not whom an order is for.
    let asks = matches!(event.kind, EventKind::Request | EventKind::Agree);
    let hostile = matches!(event.kind, EventKind::Threaten | EventKind::Protest);
    let shows = |told: &Event| {
        is_bargaining(told.kind)
            && !(asks && told.kind == EventKind::Assault)
            && !(hostile && matches!(told.kind, EventKind::Consult | EventKind::Agree))
    };
    against(text, reading, at, &own, &shows).only(reading)
}

/// "Invaded its neighbour", "the enemy": a word that names somebody only as the other side means the one that the article tells of.
pub(super) fn opposed(text: &Text<'_>, reading: &Reading, at: usize) -> Option<Vec<Who>> {
    let event = &reading.events[at];
    let [who] = event.recipients.as_slice() else { return None };
    let nameless = chain(reading, who).is_none_or(|(_, chain)| chain.name.is_none());
    let tokens = text.tokens_in(who.span);
    let is_opposed = |t: u32| Frames::shipped().in_class("opposed", text.lemma(t));
    let head = (tokens.start..tokens.end).rev().find(|&t| text.upos(t) == Upos::Noun)?;
    if !nameless || !is_opposed(head) || event.actors.is_empty() {
        return None;
    }
    let meant = match event.kind {
        EventKind::Assault => foe(text, reading, at, |event| (&event.actors, &event.recipients)),
        _ => opponent(text, reading, at),
    };
    let [meant] = meant.as_slice() else { return None };
    Some(vec![Who { span: who.span, chain: meant.chain.clone() }])
}

/// All that events of a kind set against a side, whoever of the two acts.
fn against(
    text: &Text<'_>,
    reading: &Reading,
    at: usize,
    own: &BTreeSet<String>,
    fits: &dyn Fn(&Event) -> bool,
) -> Candidates {
    let nameless = |who: &Who| chain(reading, who).is_some_and(|(_, chain)| chain.name.is_none());
    let mut found =
        Candidates { nameless: reading.events[at].actors.iter().all(nameless), ..Candidates::default() };
    // "The mayor asked the ports to agree": who asks for it is not whom they agree with.
    let asks = |told: &Event| {
        reading.events[at].kind == EventKind::Agree && told.sentence == reading.events[at].sentence
    };
    let others =
        reading.events.iter().enumerate().filter(|(other, told)| *other != at && fits(told) && !asks(told));
    for (_, told) in others {
        let (acts, bears) = (known_sides(reading, &told.actors), known_sides(reading, &told.recipients));
        if !acts.is_disjoint(own) {
            found.add(text, reading, &told.recipients, own);
        }
        if !bears.is_disjoint(own) {
            found.add(text, reading, &told.actors, own);
        }
        // "The two ports agreed": both are named as those who act.
        if bears.is_empty() && !acts.is_disjoint(own) {
            found.add(text, reading, &told.actors, own);
        }
    }
    found
}

fn fights(reading: &Reading, at: usize) -> impl Iterator<Item = &Event> {
    let kind = reading.events[at].kind;
    let others = reading.events.iter().enumerate().filter(move |(other, _)| *other != at);
    others.map(|(_, told)| told).filter(move |told| told.kind == kind && told.status != Status::Denied)
}

/// Those who may be meant, by their sides.
#[derive(Default)]
struct Candidates {
    by_side: BTreeMap<String, Who>,
    /// Whether the side itself has no name; then the other may have none either.
    nameless: bool,
}

impl Candidates {
    /// Takes in those of a list that are on another side; nameless ones and bare places tell of no side.
    fn add(&mut self, text: &Text<'_>, reading: &Reading, list: &[Who], own: &BTreeSet<String>) {
        for who in list.iter().filter(|who| !is_possessive(text, who)) {
            let fits = |chain: &Chain| stands_for_side(chain) || self.nameless && is_group(chain);
            let Some((_, of)) = chain(reading, who).filter(|(_, chain)| fits(chain)) else { continue };
            let Some(side) = side(reading, who).filter(|side| !own.contains(side)) else { continue };
            let first = self.by_side.entry(side).or_insert_with(|| who.clone());
            if is_side_itself(of) && !chain(reading, first).is_some_and(|(_, chain)| is_side_itself(chain)) {
                *first = who.clone();
            }
        }
    }

    /// The one candidate; of several none.
    fn only(self, reading: &Reading) -> Vec<Who> {
        let mut all = self.by_side.into_iter();
        match (all.next(), all.next()) {
            (Some((side, who)), None) => vec![itself(reading, &side, who)],
            _ => Vec::new(),
        }
    }
}

/// Whether a chain is a body or a group that is only spoken of as one: "the guild", "the mill owners".
fn is_group(chain: &Chain) -> bool {
    chain.kind == EntityKind::Organization || chain.kind == EntityKind::Person && chain.plural
}

/// Whether a chain tells whose side it is on, or is by its name a party of its own.
fn stands_for_side(chain: &Chain) -> bool {
    chain.side.is_some() || chain.name.is_some() && chain.kind != EntityKind::Place
}

/// The country or body that a side is, where the article names it; "Ukrainians" stand for it less well.
fn itself(reading: &Reading, side: &str, who: Who) -> Who {
    let named = (0u32..).zip(&reading.chains).find(|(_, chain)| chain.name.as_deref() == Some(side));
    named.map_or(who.clone(), |(at, _)| Who { span: who.span, chain: Ok(at) })
}

/// "His", "its delegation": whose thing it was tells of no quarrel, and one's own people are nobody's other side.
fn is_possessive(text: &Text<'_>, who: &Who) -> bool {
    let first = text.tokens_in(who.span).start;
    text.deprel(first) == Deprel::NmodPoss && text.upos(first) == Upos::Pron
}

fn is_side_itself(chain: &Chain) -> bool {
    chain.name.is_some() && chain.name == chain.side.as_ref().map(|side| side.name.clone())
}

fn known_sides(reading: &Reading, list: &[Who]) -> BTreeSet<String> {
    list.iter().filter_map(|who| side(reading, who)).collect()
}

/// Whether somebody other than the actors is named to whom it is done: a nameless stretch of land or a thing is nobody.
pub(super) fn bears_somebody(reading: &Reading, event: &Event) -> bool {
    let nobody = |who: &Who| {
        chain(reading, who).is_some_and(|(_, chain)| {
            chain.name.is_none() && matches!(chain.kind, EntityKind::Place | EntityKind::Thing)
        })
    };
    let told = !event.recipients.is_empty();
    told && (!is_meant_for_somebody(event) || !event.recipients.iter().all(nobody))
}

/// Whether an act of this kind is meant for somebody even where the words name nobody.
pub(super) fn is_meant_for_somebody(event: &Event) -> bool {
    MEANT.contains(&event.kind) && event.mode != Some("resign")
}

/// Acts that a side does to, or asks of, the other side of a quarrel.
const MEANT: [EventKind; 7] = [
    EventKind::Request,
    EventKind::Reject,
    EventKind::Threaten,
    EventKind::Agree,
    EventKind::Concede,
    EventKind::Retreat,
    EventKind::Protest,
];

/// Acts that show who is at odds, or at the table, with whom, beside those that are meant for the other side.
const BARGAINING: [EventKind; 4] =
    [EventKind::Consult, EventKind::Accuse, EventKind::Sanction, EventKind::Assault];

/// Whether acts of a kind show who is at odds, or at the table, with whom.
fn is_bargaining(kind: EventKind) -> bool {
    MEANT.contains(&kind) || BARGAINING.contains(&kind)
}
