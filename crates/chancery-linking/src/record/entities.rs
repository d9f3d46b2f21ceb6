//! Who is who across articles.
//!
//! Chains of single articles are joined by their names: equal names, spellings of one name, a surname where the articles know only one
//! bearer of it. Every join has a reason that is kept. Namesakes on different sides stay apart, and nothing is joined that
//! has no name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_model::{Chain, DatedRole, Entity, EntityKind, Id, Ruling, RulingKind, Who};

use super::names::fold_name;
use super::{Sets, Told};

/// Which entity each chain of each article belongs to.
#[derive(Clone, Debug, Default)]
pub struct Known {
    of: HashMap<(Id, u32), u32>,
    names: Vec<String>,
    kinds: Vec<EntityKind>,
    sides: Vec<Option<String>>,
}

impl Known {
    /// The entity of a chain; unnamed chains have none.
    pub fn entity(&self, article: Id, chain: u32) -> Option<u32> {
        self.of.get(&(article, chain)).copied()
    }

    /// The name that an entity goes by in the record.
    pub fn name(&self, entity: u32) -> &str {
        &self.names[entity as usize]
    }

    /// How somebody is called in the record: an entity's name, or the words used.
    pub(crate) fn called(&self, told: &Told<'_>, who: &Who) -> String {
        let entity = told.chain(who).and_then(|(at, _)| self.entity(told.article.id, at));
        entity.map_or_else(|| told.words(who.span).to_owned(), |e| self.name(e).to_owned())
    }

    /// The side of somebody: what the article says, else what other articles say of the same one, else the name of the country or
    /// body itself.
    pub(crate) fn side(&self, told: &Told<'_>, who: &Who) -> Option<String> {
        let (at, chain) = told.chain(who)?;
        let entity = self.entity(told.article.id, at).map(|e| e as usize);
        let here = chain.side.as_ref().map(|side| side.name.clone()).filter(|name| is_name(name));
        here.or_else(|| self.sides[entity?].clone()).or_else(|| {
            let entity = entity?;
            let own = !matches!(self.kinds[entity], EntityKind::Person | EntityKind::Thing);
            own.then(|| self.names[entity].clone())
        })
    }
}

/// Whether words are a name and not a description: "the ministry" is nobody across articles.
pub(super) fn is_name(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A chain that has a name.
struct Named<'a> {
    told: Told<'a>,
    at: u32,
    chain: &'a Chain,
    folded: Vec<String>,
}

/// Joins the named chains of all articles.
pub(super) fn link(told: &[Told<'_>], rulings: &[Ruling]) -> (Vec<Entity>, Known) {
    let named = named(told);
    let apart = Apart::of(rulings);
    let mut sets = Sets::new(named.len());
    let mut reasons: Vec<(u32, String)> = Vec::new();
    join_same(&named, &mut sets);
    join_countries(&named, &mut sets, &mut reasons);
    join_spellings(&named, &apart, &mut sets, &mut reasons);
    join_short(&named, &apart, &mut sets, &mut reasons);
    join_ruled(&named, rulings, &mut sets, &mut reasons);
    gathered(&named, &mut sets, &reasons)
}

fn named<'a>(told: &[Told<'a>]) -> Vec<Named<'a>> {
    let mut out = Vec::new();
    for &told in told {
        for (at, chain) in told.reading.chains.iter().enumerate() {
            let Some(name) = chain.name.as_deref().filter(|_| chain.kind != EntityKind::Thing) else {
                continue;
            };
            let folded = fold_name(name);
            if !folded.is_empty() && is_name(name) {
                out.push(Named { told, at: at as u32, chain, folded });
            }
        }
    }
    out
}

/// Countries and their governments are written alike; a person never is a place.
fn class(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization | EntityKind::Place | EntityKind::Group => 1,
        EntityKind::Thing => 2,
    }
}

/// Equal names, the sides not contradicting each other.
fn join_same(named: &[Named<'_>], sets: &mut Sets) {
    let mut groups: BTreeMap<(u8, &[String]), Vec<u32>> = BTreeMap::new();
    for (at, n) in named.iter().enumerate() {
        groups.entry((class(n.chain.kind), &n.folded)).or_default().push(at as u32);
    }
    for group in groups.values() {
        let mut by_side: BTreeMap<Option<&str>, u32> = BTreeMap::new();
        for &at in group {
            let first = *by_side.entry(side(named, at)).or_insert(at);
            sets.join(first, at);
        }
        // Those whose side no words tell go with the others when the others are on one side.
        let sided: Vec<u32> = by_side.iter().filter(|(side, _)| side.is_some()).map(|(_, at)| *at).collect();
        if let (Some(&open), [only]) = (by_side.get(&None), &sided[..]) {
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

fn side<'n>(named: &'n [Named<'_>], at: u32) -> Option<&'n str> {
    named[at as usize].chain.side.as_ref().map(|side| side.name.as_str()).filter(|name| is_name(name))
}

/// A name that the reader took for a person's here and for a place's there: a place, unless it is the surname of somebody or
/// goes with an office.
fn join_countries(named: &[Named<'_>], sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    let mut places: BTreeMap<&[String], u32> = BTreeMap::new();
    let mut surnames: BTreeSet<&str> = BTreeSet::new();
    for (at, n) in named.iter().enumerate() {
        match (&n.folded[..], n.chain.kind) {
            (name, EntityKind::Place | EntityKind::Organization) => {
                places.entry(name).or_insert(at as u32);
            }
            ([_, .., last], EntityKind::Person) => {
                surnames.insert(last);
            }
            _ => {}
        }
    }
    let taken = |n: &Named<'_>| n.chain.kind == EntityKind::Person && n.chain.roles.is_empty();
    for (at, n) in named.iter().enumerate().filter(|(_, n)| taken(n)) {
        let surname = matches!(&n.folded[..], [one] if surnames.contains(one.as_str()));
        let Some(&place) = places.get(&n.folded[..]).filter(|_| !surname) else { continue };
        if sets.join(place, at as u32) {
            let name = n.chain.name.clone().unwrap_or_default();
            reasons.push((place, format!("“{name}” is a place or a body where the pages say more of it")));
        }
    }
}

/// Surnames that differ by one letter under one given name: "Olek Maric", "Olek Marik".
fn join_spellings(named: &[Named<'_>], apart: &Apart, sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    let mut by_given: BTreeMap<(&str, char), Vec<u32>> = BTreeMap::new();
    for (at, n) in named.iter().enumerate() {
        if let (EntityKind::Person, [given, .., last]) = (n.chain.kind, &n.folded[..]) {
            let initial = last.chars().next().unwrap_or(' ');
            by_given.entry((given, initial)).or_default().push(at as u32);
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
                    let names = |at: u32| named[at as usize].chain.name.clone().unwrap_or_default();
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
fn join_short(named: &[Named<'_>], apart: &Apart, sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    let mut bearers: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    let mut alone: Vec<u32> = Vec::new();
    for (at, n) in named.iter().enumerate().filter(|(_, n)| n.chain.kind == EntityKind::Person) {
        match &n.folded[..] {
            [_] => alone.push(at as u32),
            [.., last] => {
                bearers.entry(last).or_default().insert(sets.of(at as u32));
            }
            [] => {}
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
            let full = named[only as usize].chain.name.clone().unwrap_or_default();
            let short = named[at as usize].chain.name.clone().unwrap_or_default();
            reasons.push((only, format!("“{short}”: the pages know one bearer of that name, {full}")));
        }
    }
}

/// Names that a person ruled to be of two.
struct Apart {
    pairs: Vec<[Vec<String>; 2]>,
}

impl Apart {
    fn of(rulings: &[Ruling]) -> Self {
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
fn join_ruled(named: &[Named<'_>], rulings: &[Ruling], sets: &mut Sets, reasons: &mut Vec<(u32, String)>) {
    for ruling in rulings.iter().filter(|r| r.kind == RulingKind::Same) {
        let both = [fold_name(&ruling.about), fold_name(ruling.instead.as_deref().unwrap_or_default())];
        let bearers: Vec<u32> =
            (0..named.len() as u32).filter(|&at| both.contains(&named[at as usize].folded)).collect();
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

fn gathered(named: &[Named<'_>], sets: &mut Sets, reasons: &[(u32, String)]) -> (Vec<Entity>, Known) {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for at in 0..named.len() as u32 {
        members.entry(sets.of(at)).or_default().push(at);
    }
    let mut why: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (at, reason) in reasons {
        why.entry(sets.of(*at)).or_default().insert(reason);
    }
    let mut out: Vec<(Entity, Vec<u32>)> = members
        .into_iter()
        .map(|(top, list)| {
            let merged =
                why.remove(&top).map_or_else(Vec::new, |r| r.into_iter().map(str::to_owned).collect());
            (entity(named, &list, merged), list)
        })
        .collect();
    side_by_adjective(&mut out);
    out.sort_by(|(a, _), (b, _)| (&a.name, a.kind, a.id).cmp(&(&b.name, b.kind, b.id)));
    let mut known = Known::default();
    for (number, (entity, list)) in out.iter().enumerate() {
        known.names.push(entity.name.clone());
        known.kinds.push(entity.kind);
        known.sides.push(entity.side.clone());
        for &at in list {
            let n = &named[at as usize];
            known.of.insert((n.told.article.id, n.at), number as u32);
        }
    }
    (out.into_iter().map(|(entity, _)| entity).collect(), known)
}

/// Whoever's office goes with the adjective of a place that the pages name is on that side: "Veldran president", where Veldra stands
/// in the record.
fn side_by_adjective(entities: &mut [(Entity, Vec<u32>)]) {
    let places: Vec<(String, String)> = entities
        .iter()
        .filter(|(e, _)| matches!(e.kind, EntityKind::Place | EntityKind::Organization))
        .filter_map(|(e, _)| match &fold_name(&e.name)[..] {
            [one] if one.len() >= MIN_STEM => Some((one.clone(), e.name.clone())),
            _ => None,
        })
        .collect();
    for (entity, _) in entities.iter_mut().filter(|(e, _)| e.side.is_none()) {
        // "Veldrans", "the Veldran army".
        let first = fold_name(&entity.name).into_iter().next().unwrap_or_default();
        let of = places.iter().find(|(place, name)| {
            let plain = first.strip_suffix('s').unwrap_or(&first);
            *name != entity.name && plain != place && is_adjective_of(plain, place)
        });
        if let Some((_, name)) = of {
            entity.side = Some(name.clone());
            continue;
        }
        if entity.kind != EntityKind::Person {
            continue;
        }
        let words: Vec<String> = entity
            .roles
            .iter()
            .filter(|role| !role.former)
            .flat_map(|role| [role.of.as_deref(), Some(role.title.as_str())])
            .flatten()
            .flat_map(fold_name)
            .collect();
        let mut sides: BTreeMap<&str, usize> = BTreeMap::new();
        for word in &words {
            if let Some((_, name)) = places.iter().find(|(place, _)| is_adjective_of(word, place)) {
                *sides.entry(name).or_default() += 1;
            }
        }
        if let [(only, _)] = sides.into_iter().collect::<Vec<_>>()[..] {
            entity.side = Some(only.to_owned());
        }
    }
}

/// Letters of a place's name that its adjective keeps, at least.
const MIN_STEM: usize = 4;

/// Whether a folded word is a folded place's name, or an adjective made of it.
fn is_adjective_of(word: &str, place: &str) -> bool {
    if word == place {
        return true;
    }
    let stem = place.trim_end_matches(['a', 'e', 'i', 'o', 'y']);
    let rest = word.strip_prefix(stem).filter(|_| stem.len() >= MIN_STEM);
    rest.is_some_and(|rest| {
        ["n", "an", "ian", "ean", "ish", "ese", "i", "y", "ic", "ite", "er"].contains(&rest)
    })
}

fn entity(named: &[Named<'_>], list: &[u32], merged: Vec<String>) -> Entity {
    let all = || list.iter().map(|&at| &named[at as usize]);
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    let mut sides: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for n in all() {
        *names.entry(n.chain.name.as_deref().unwrap_or_default()).or_default() +=
            n.chain.mentions.len() as u32;
        *kinds.entry(n.chain.kind).or_default() += 1;
        if let Some(side) = n.chain.side.as_ref().filter(|side| is_name(&side.name)) {
            *sides.entry(&side.name).or_default() += 1;
        }
    }
    let words = |name: &str| fold_name(name).len().min(4);
    let mut order: Vec<(&str, u32)> = names.into_iter().collect();
    order.sort_by_key(|(name, count)| (std::cmp::Reverse(words(name)), std::cmp::Reverse(*count), *name));
    let name = order.first().map_or(String::new(), |(name, _)| (*name).to_owned());
    order.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let most = |counts: &BTreeMap<&str, u32>| {
        counts
            .iter()
            .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
            .map(|(name, _)| (*name).to_owned())
    };
    let kind = kinds
        .iter()
        .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))
        .map_or(EntityKind::Thing, |(kind, _)| *kind);
    let side = most(&sides).filter(|side| *side != name);
    let folded = fold_name(&name).join(" ");
    Entity {
        id: Id::of('e', &[&[class(kind)], folded.as_bytes(), side.as_deref().unwrap_or("").as_bytes()]),
        kind,
        names: order.iter().map(|(name, _)| (*name).to_owned()).collect(),
        name,
        roles: roles(named, list),
        side,
        chains: all().map(|n| (n.told.article.id, n.at)).collect(),
        mentions: all().map(|n| n.chain.mentions.len() as u32).sum(),
        merged,
    }
}

/// Offices with the days of the pages that give them. Pages come in time order.
fn roles(named: &[Named<'_>], list: &[u32]) -> Vec<DatedRole> {
    let mut out: Vec<DatedRole> = Vec::new();
    for n in list.iter().map(|&at| &named[at as usize]) {
        let day = n.told.published();
        for role in &n.chain.roles {
            let title = n.told.words(role.title).to_lowercase();
            let of = role.body.clone();
            let same = |r: &&mut DatedRole| r.title == title && r.of == of && r.former == role.former;
            match out.iter_mut().find(same) {
                Some(known) => {
                    known.from = known.from.into_iter().chain(day).min();
                    known.to = known.to.into_iter().chain(day).max();
                }
                None => {
                    let cite = n.told.cite(role.title);
                    out.push(DatedRole { title, of, from: day, to: day, former: role.former, cite });
                }
            }
        }
    }
    out
}
