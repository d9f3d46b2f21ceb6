//! Where each party stands on each issue, since when, and how that moved.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Act, Chain, Date, EntityKind, Id, Move, Position, Stance, Standing, Who};
use serde::{Deserialize, Serialize};

use super::entities::is_name;
use super::{Known, Part, Told};

/// A party's name and an issue's id.
type Key = (String, String);

/// A stance of a party on an issue, as its article tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Taken {
    party: String,
    issue: Option<String>,
    standing: Standing,
    /// The name of the person who holds it.
    person: Option<String>,
}

/// The stances of an article whose party is known; those on no issue tell whose side a person is on.
pub(super) fn taken(t: &Told<'_>, known: &Known) -> Vec<Taken> {
    let published = t.published();
    let one = |stance: &Stance| {
        let issue = stance.issue.clone();
        let party = party_of(t, known, stance)?;
        let person = t.chain(&stance.holder).filter(|(_, chain)| chain.kind == EntityKind::Person);
        let person = person.map(|_| known.called(t, &stance.holder));
        if issue.is_none() && person.as_ref().is_none_or(|name| *name == party) {
            return None;
        }
        let taken = stance.when.as_ref().and_then(|w| w.value.as_ref().ok()).and_then(|p| p.end.or(p.start));
        let standing = Standing {
            stance: stance.id,
            act: stance.act,
            taken: taken.filter(|day| published.is_none_or(|published| *day <= published)).or(published),
            published,
            cite: t.cite(stance.terms),
        };
        Some(Taken { party, issue, standing, person })
    };
    t.reading.stances.iter().filter_map(one).collect()
}

/// The positions that the stances of all articles make up. A stance that copies carry counts once.
pub(super) fn link(parts: &[Part<'_>]) -> Vec<Position> {
    let mut groups: BTreeMap<Key, Vec<Standing>> = BTreeMap::new();
    let mut carried: BTreeSet<(Id, Key, Act, String)> = BTreeSet::new();
    let sided = sided(parts);
    for part in parts {
        for Taken { party, issue, standing, .. } in &part.share.taken {
            let Some(issue) = issue else { continue };
            let words = standing.cite.words.to_lowercase();
            let party = sided.get(party.as_str()).copied().flatten().unwrap_or(party);
            let key = (party.to_owned(), issue.clone());
            if carried.insert((part.account, key.clone(), standing.act, words)) {
                groups.entry(key).or_default().push(standing.clone());
            }
        }
    }
    groups.into_iter().map(|((party, issue), list)| position(party, issue, list)).collect()
}

/// People whom some article leaves without a side, and the one side on which others have them; `None` where these differ.
fn sided<'a>(parts: &'a [Part<'_>]) -> BTreeMap<&'a str, Option<&'a str>> {
    let mut out: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for taken in parts.iter().flat_map(|part| &part.share.taken) {
        let Some(name) = taken.person.as_deref().filter(|name| *name != taken.party) else { continue };
        let side = out.entry(name).or_insert(Some(&taken.party));
        if *side != Some(&taken.party) {
            *side = None;
        }
    }
    out
}

/// The party of a stance by its name in the record. What the article's words say of whose side the holder is on comes first; for somebody
/// of whom they say nothing, what other articles say of him.
pub(super) fn party_of(t: &Told<'_>, known: &Known, stance: &Stance) -> Option<String> {
    let told = stance.party.as_str();
    let chain = t.chain(&stance.holder).map(|(_, chain)| chain);
    let lone = chain.is_none_or(|c| c.kind == EntityKind::Person && c.name.as_deref() == Some(told));
    let side = match lone || !is_name(told) {
        true => known.side(t, &stance.holder).filter(|side| is_name(side)),
        false => of_name(t, known, told),
    };
    party(t, side, told)
}

/// The name in the record of what an article calls `name`.
fn of_name(t: &Told<'_>, known: &Known, name: &str) -> Option<String> {
    let chains = &t.reading.chains;
    let called = |c: &Chain| c.name.as_deref() == Some(name);
    let at = chains.iter().position(called)? as u32;
    let who = Who { span: chains[at as usize].shown, chain: Ok(at) };
    known.side(t, &who).filter(|side| is_name(side))
}

/// The side; for somebody whose side no page tells, his own name, if it is a name and no title ("President rejects the plan").
fn party(t: &Told<'_>, side: Option<String>, told: &str) -> Option<String> {
    // "Lasia’s foreign ministry" is Lasia.
    let own = |name: &str| {
        // But the Ferrymen’s Union is not the ferrymen.
        let small = |rest: &str| rest.chars().next().is_some_and(char::is_lowercase);
        let owned = name.split_once("’s ").or_else(|| name.split_once("'s "));
        let owner = owned.filter(|(_, rest)| small(rest)).map_or(name, |(owner, _)| owner);
        owner.trim_end_matches("’s").trim_end_matches("'s").to_owned()
    };
    let told = own(told);
    let told = told.as_str();
    side.map(|name| own(&name))
        .or_else(|| body(t, told))
        .or_else(|| (is_name(told) && !TITLES.contains(&told)).then(|| told.to_owned()))
}

/// The only named body of an article that "the union" or "the company" can mean.
fn body(t: &Told<'_>, told: &str) -> Option<String> {
    let ends = |name: &str| name.rsplit(' ').next().is_some_and(|last| last.to_lowercase() == told);
    let fits = t.reading.chains.iter().filter(|c| c.kind != EntityKind::Thing);
    let mut names: Vec<&String> = fits.filter_map(|c| c.name.as_ref()).filter(|name| ends(name)).collect();
    names.sort();
    names.dedup();
    match names[..] {
        [only] if !is_name(told) => Some(only.clone()),
        _ => None,
    }
}

/// Offices that headlines write like names.
const TITLES: [&str; 14] = [
    "President",
    "Minister",
    "Premier",
    "Chancellor",
    "Government",
    "Cabinet",
    "Parliament",
    "General",
    "Secretary",
    "Union",
    "Management",
    "Council",
    "Envoy",
    "Spokesman",
];

/// The positions as they stood on a day, by when each stance was taken.
pub fn until(positions: &[Position], day: Date) -> Vec<Position> {
    let kept = positions.iter().filter_map(|p| {
        let stances: Vec<Standing> =
            p.stances.iter().filter(|s| s.taken.is_some_and(|t| t <= day)).cloned().collect();
        (!stances.is_empty()).then(|| position(p.party.clone(), p.issue.clone(), stances))
    });
    kept.collect()
}

fn position(party: String, issue: String, mut stances: Vec<Standing>) -> Position {
    stances.sort_by_key(|s| (s.taken.is_none(), s.taken, s.published, s.stance));
    let days = by_day(&stances);
    let mut moved = Vec::new();
    for pair in days.windows(2) {
        let ((_, before), (when, after)) = (&pair[0], &pair[1]);
        if moves(before, after) {
            moved.push(Move {
                from: before.act,
                to: after.act,
                when: *when,
                shown_by: [before.stance, after.stance],
            });
        }
    }
    let now = days.last().map_or(stances[0].act, |(_, standing)| standing.act);
    let since = days.iter().rev().take_while(|(_, s)| s.act == now).last().map(|(day, _)| *day);
    Position {
        id: Id::of('q', &[party.as_bytes(), issue.as_bytes()]),
        party,
        issue,
        stances,
        now,
        since,
        moved,
    }
}

/// For each day the stance that the most stances of that day share.
fn by_day(stances: &[Standing]) -> Vec<(Date, &Standing)> {
    let mut days: BTreeMap<Date, Vec<&Standing>> = BTreeMap::new();
    for standing in stances {
        if let Some(day) = standing.taken {
            days.entry(day).or_default().push(standing);
        }
    }
    let main = |list: Vec<&'_ Standing>| -> Option<usize> {
        let count = |act: Act| list.iter().filter(|s| s.act == act).count();
        (0..list.len())
            .max_by_key(|&at| (count(list[at].act), std::cmp::Reverse(list[at].act), std::cmp::Reverse(at)))
    };
    days.into_iter()
        .filter_map(|(day, list)| {
            let at = main(list.clone())?;
            Some((day, list[at]))
        })
        .collect()
}

/// Whether the second of two stances on an issue shows a move: another direction, on the same proposition. Who rejects one plan and
/// offers another has not moved; what a party demands is its own proposition, and is compared only where both say the same.
fn moves(before: &Standing, after: &Standing) -> bool {
    let own = |act: Act| matches!(act, Act::Demands | Act::Offers);
    let shared = content(before).intersection(&content(after)).count();
    let enough = if own(before.act) || own(after.act) { OWN_SHARED } else { SHARED };
    direction(before.act) != direction(after.act) && shared >= enough
}

/// Words of content that two stances share at least, to be on one proposition.
const SHARED: usize = 1;
/// The same where one of them demands or offers.
const OWN_SHARED: usize = 3;

/// Beginnings of the words that say what a stance is about. All nouns for a plan are one.
fn content(standing: &Standing) -> BTreeSet<String> {
    let low = standing.cite.words.to_lowercase();
    let words =
        low.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3 && !EMPTY.contains(w));
    let plan = |w: &str| PLAN.iter().any(|p| w.starts_with(p));
    let mut out: BTreeSet<String> =
        words.map(|w| if plan(w) { "plan".to_owned() } else { w.chars().take(STEM).collect() }).collect();
    // "That proposal" is one told of before; which one, its own words do not say.
    if ["that proposal", "this proposal", "such a proposal", "that idea"]
        .iter()
        .any(|words| low.contains(words))
    {
        out.remove("plan");
    }
    out
}

/// Letters that words are compared by.
const STEM: usize = 5;
/// Nouns for a plan.
const PLAN: [&str; 8] = ["plan", "proposal", "draft", "text", "points", "deal", "agreement", "framework"];
/// Words that say nothing of what a stance is about.
const EMPTY: [&str; 32] = [
    "that",
    "this",
    "with",
    "would",
    "will",
    "must",
    "from",
    "have",
    "been",
    "they",
    "their",
    "which",
    "said",
    "says",
    "could",
    "should",
    "accept",
    "accepted",
    "reject",
    "rejected",
    "refused",
    "agreed",
    "friday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "president",
    "minister",
    "before",
    "peace",
    "process",
];

/// For, against, in between: a position moves when this changes. What a party demands and what it would give lie on one side.
fn direction(act: Act) -> u8 {
    match act {
        Act::Rejects => 0,
        Act::Open | Act::Undecided | Act::Conditions => 1,
        Act::Demands | Act::Supports | Act::Accepts | Act::Offers => 2,
    }
}
