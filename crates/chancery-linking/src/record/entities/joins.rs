//! Which named chains are of one: equal names, spellings of one name, surnames alone, and what a person ruled.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chancery_model::{EntityKind, Ruling, RulingKind};

use super::super::Sets;
use super::super::names::fold_name;
use super::{Named, class};

/// Equal names, the sides not contradicting each other.
pub(super) fn same(named: &[Named<'_>], sets: &mut Sets) {
    let mut numbers: HashMap<(u8, u32), usize> = HashMap::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for (at, n) in named.iter().enumerate() {
        let number = *numbers.entry((class(n.chain.kind), n.fold)).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Vec::new());
        }
        groups[number].push(at as u32);
    }
    for group in &groups {
        let mut by_side: BTreeMap<Option<&str>, u32> = BTreeMap::new();
        for &at in group {
            let first = *by_side.entry(side(named, at)).or_insert(at);
            sets.join(first, at);
        }
        let sided: Vec<(&str, u32)> =
            by_side.iter().filter_map(|(side, at)| side.map(|side| (side, *at))).collect();
        one_office(named, group, &sided, sets);
        // Those whose side no words tell go with the others when the others are one.
        let ones: BTreeSet<u32> = sided.iter().map(|(_, at)| sets.of(*at)).collect();
        if let (Some(&open), [only]) = (by_side.get(&None), &ones.into_iter().collect::<Vec<_>>()[..]) {
            sets.join(open, *only);
        }
        let person = named[group[0] as usize].chain.kind == EntityKind::Person;
        if !person {
            group.iter().for_each(|&at| {
                sets.join(group[0], at);
            });
        }
    }
}

/// People of one full name in one office are one, though an article puts them on another side ("Trump's envoy … and a Kremlin aide").
fn one_office(named: &[Named<'_>], group: &[u32], sided: &[(&str, u32)], sets: &mut Sets) {
    let first = &named[group[0] as usize];
    if sided.len() < 2 || first.chain.kind != EntityKind::Person || first.folded.len() < 2 {
        return;
    }
    // What the office is called without what sort of it: "envoy" of "special envoy".
    let mut holders: BTreeMap<String, u32> = BTreeMap::new();
    for (on, at) in sided {
        let theirs = group.iter().filter(|&&other| side(named, other) == Some(on));
        let roles = theirs.map(|&other| &named[other as usize]);
        let titles: BTreeSet<String> = roles
            .flat_map(|n| n.chain.offices.iter().map(|office| office.cite.words.as_str()))
            .filter_map(|title| Some(title.split_whitespace().last()?.to_lowercase()))
            .collect();
        for title in titles {
            let holder = *holders.entry(title).or_insert(*at);
            sets.join(holder, *at);
        }
    }
}

fn side<'n>(named: &'n [Named<'_>], at: u32) -> Option<&'n str> {
    named[at as usize].chain.side.as_deref()
}

/// A name that the reader took for a person's here and for a place's there: a place, unless it is the surname of somebody or
/// goes with an office.
pub(super) fn countries(named: &[Named<'_>], sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    let mut places: HashMap<u32, u32> = HashMap::new();
    let mut surnames: BTreeSet<&str> = BTreeSet::new();
    for n in people(named) {
        if let [_, .., last] = &n.folded[..] {
            surnames.insert(last);
        }
    }
    for (at, n) in (0..).zip(named) {
        if matches!(n.chain.kind, EntityKind::Place | EntityKind::Organization) {
            places.entry(n.fold).or_insert(at);
        }
    }
    let taken = |n: &Named<'_>| n.chain.kind == EntityKind::Person && n.chain.offices.is_empty();
    for (at, n) in named.iter().enumerate().filter(|(_, n)| taken(n)) {
        let Some(&place) = places.get(&n.fold) else { continue };
        if matches!(&n.folded[..], [one] if surnames.contains(one.as_str())) {
            continue;
        }
        if sets.join(place, at as u32) {
            let name = &n.chain.name;
            reasons.push((place, format!("“{name}” is a place or a body where the pages say more of it")));
        }
    }
}

/// The first person of each name.
fn people<'n, 'a>(named: &'n [Named<'a>]) -> impl Iterator<Item = &'n Named<'a>> {
    first_people(named).map(|at| &named[at as usize])
}

fn first_people(named: &[Named<'_>]) -> impl Iterator<Item = u32> {
    let mut met = HashSet::new();
    let people = (0..).zip(named).filter(|(_, n)| n.chain.kind == EntityKind::Person);
    people.filter(move |(_, n)| met.insert(n.fold)).map(|(at, _)| at)
}

/// Surnames that differ by one letter under one given name: "Olek Maric", "Olek Marik".
pub(super) fn spellings(
    named: &[Named<'_>],
    apart: &Apart,
    sets: &mut Sets,
    reasons: &mut Vec<(u32, String)>,
) {
    let mut by_given: BTreeMap<(&str, char), Vec<u32>> = BTreeMap::new();
    for at in first_people(named) {
        if let [given, .., last] = &named[at as usize].folded[..] {
            let initial = last.chars().next().unwrap_or(' ');
            by_given.entry((given, initial)).or_default().push(at);
        }
    }
    for group in by_given.values() {
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        for &at in group {
            let last = named[at as usize].folded.last().map_or("", String::as_str);
            spellings.entry(last).or_insert(at);
        }
        let list: Vec<(&str, u32)> = spellings.into_iter().collect();
        for (i, &(a, first)) in list.iter().enumerate() {
            for &(b, second) in &list[i + 1..] {
                let agree = match (side(named, first), side(named, second)) {
                    (Some(x), Some(y)) => x == y,
                    _ => true,
                };
                let agree =
                    agree && !apart.holds(&named[first as usize].folded, &named[second as usize].folded);
                if agree && a.len().min(b.len()) >= 5 && is_one_letter_apart(a, b) && sets.join(first, second)
                {
                    let names = |at: u32| named[at as usize].chain.name.as_str();
                    reasons.push((
                        first,
                        format!("“{}” and “{}” are spellings of one name", names(first), names(second)),
                    ));
                }
            }
        }
    }
}

/// Whether one letter put in, left out or exchanged makes one word of the other.
fn is_one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let skip = if short.len() == long.len() { same + 1 } else { same };
    short.get(skip..).unwrap_or(&[]) == &long[(same + 1).min(long.len())..]
}

/// A surname alone, where all articles know one bearer of it only.
pub(super) fn short(named: &[Named<'_>], apart: &Apart, sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    let mut alone: Vec<u32> = Vec::new();
    let mut full: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (at, n) in (0..).zip(named).filter(|(_, n)| n.chain.kind == EntityKind::Person) {
        match &n.folded[..] {
            [_] => alone.push(at),
            _ => drop(full.insert((n.fold, sets.of(at)))),
        }
    }
    let surnames: HashMap<u32, &str> =
        people(named).filter_map(|n| Some((n.fold, n.folded.last()?.as_str()))).collect();
    let mut bearers: HashMap<&str, BTreeSet<u32>> = HashMap::new();
    for (fold, set) in full {
        if let Some(last) = surnames.get(&fold) {
            bearers.entry(last).or_default().insert(set);
        }
    }
    for at in alone {
        let Some(bearers) = bearers.get(named[at as usize].folded[0].as_str()) else { continue };
        let of_side: Vec<u32> = bearers
            .iter()
            .copied()
            .filter(|&b| match (side(named, at), side(named, b)) {
                (Some(x), Some(y)) => x == y,
                _ => true,
            })
            .filter(|&b| !apart.holds(&named[at as usize].folded, &named[b as usize].folded))
            .collect();
        if let [only] = of_side[..]
            && sets.join(only, at)
        {
            let full = &named[only as usize].chain.name;
            let short = &named[at as usize].chain.name;
            reasons.push((only, format!("“{short}”: the pages know one bearer of that name, {full}")));
        }
    }
}

/// Names that a person ruled to be of two.
pub(super) struct Apart {
    pairs: Vec<[Vec<String>; 2]>,
}

impl Apart {
    pub(super) fn of(rulings: &[Ruling]) -> Self {
        let apart = rulings.iter().filter(|r| r.kind == RulingKind::Apart);
        let pairs =
            apart.filter_map(|r| Some([fold_name(&r.about), fold_name(r.instead.as_deref()?)])).collect();
        Self { pairs }
    }

    fn holds(&self, a: &[String], b: &[String]) -> bool {
        self.pairs.iter().any(|[x, y]| x == a && y == b || x == b && y == a)
    }
}

/// Names that a person ruled to be of one.
pub(super) fn ruled(
    named: &[Named<'_>],
    rulings: &[Ruling],
    sets: &mut Sets,
    reasons: &mut Vec<(u32, String)>,
) {
    for ruling in rulings.iter().filter(|r| r.kind == RulingKind::Same) {
        let both = [fold_name(&ruling.about), fold_name(ruling.instead.as_deref().unwrap_or_default())];
        let bearers: Vec<u32> = (0..named.len() as u32)
            .filter(|&at| both.iter().any(|name| name[..] == named[at as usize].folded[..]))
            .collect();
        let Some((&first, rest)) = bearers.split_first() else { continue };
        let mut joined = false;
        for &at in rest {
            joined |= sets.join(first, at);
        }
        if joined {
            let told = format!("ruled by {}: {}", ruling.by, ruling.why);
            reasons.push((first, told));
        }
    }
}
