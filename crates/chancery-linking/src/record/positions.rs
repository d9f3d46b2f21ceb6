//! Where each party stands on each issue, since when, and how that moved.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Act, Date, Id, Move, Position, Standing};

use super::entities::is_name;
use super::{Known, Told};

/// A party's name and an issue's id.
type Key = (String, String);

/// The positions that the stances of all articles make up. A stance that copies carry counts once.
pub(super) fn link(told: &[Told<'_>], known: &Known) -> Vec<Position> {
    let mut groups: BTreeMap<Key, Vec<Standing>> = BTreeMap::new();
    let mut carried: BTreeSet<(Id, Key, Act, String)> = BTreeSet::new();
    for t in told {
        for stance in &t.reading.stances {
            let Some(issue) = stance.issue.clone() else { continue };
            let Some(party) = party(known.side(t, &stance.holder), &stance.party) else { continue };
            let words = t.words(stance.terms).to_lowercase();
            let key = (party, issue);
            if !carried.insert((t.account, key.clone(), stance.act, words)) {
                continue;
            }
            let taken =
                stance.when.as_ref().and_then(|w| w.value.as_ref().ok()).and_then(|p| p.end.or(p.start));
            let published = t.published();
            groups.entry(key).or_default().push(Standing {
                stance: stance.id,
                act: stance.act,
                taken: taken.filter(|day| published.is_none_or(|published| *day <= published)).or(published),
                published,
                cite: t.cite(stance.terms),
            });
        }
    }
    groups.into_iter().map(|((party, issue), list)| position(party, issue, list)).collect()
}

/// The side; for somebody whose side no page tells, his own name, if it is a name and no title ("President rejects the plan").
fn party(side: Option<String>, told: &str) -> Option<String> {
    side.or_else(|| (is_name(told) && !TITLES.contains(&told)).then(|| told.to_owned()))
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
        if direction(before.act) != direction(after.act) {
            moved.push(Move {
                from: before.act,
                to: after.act,
                when: *when,
                shown_by: [before.stance, after.stance],
            });
        }
    }
    let now = days.last().map_or(stances[0].act, |(_, standing)| standing.act);
    let since =
        days.iter().rev().take_while(|(_, s)| direction(s.act) == direction(now)).last().map(|(day, _)| *day);
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

/// For, against, in between: a position moves when this changes. What a party demands and what it would give lie on one side.
fn direction(act: Act) -> u8 {
    match act {
        Act::Rejects => 0,
        Act::Open | Act::Undecided | Act::Conditions => 1,
        Act::Demands | Act::Supports | Act::Accepts | Act::Offers => 2,
    }
}
