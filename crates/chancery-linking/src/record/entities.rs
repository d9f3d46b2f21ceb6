//! Who is who across articles.
//!
//! Chains of single articles are joined by their names: equal names, spellings of one name, a surname where the articles know only one
//! bearer of it. Every join has a reason that is kept. Namesakes on different sides stay apart, and nothing is joined that
//! has no name.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::thread;

use chancery_model::{DatedRole, Entity, EntityKind, Id, Ruling, Who};

mod joins;
mod sides;

use super::names::fold_name;
use super::roll::{NamedChain, Roll};
use super::{Sets, Told};

/// Which entity each chain of each article belongs to.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// For each article its named chains by index, each with its entity.
    of: HashMap<Id, Vec<(u32, u32)>>,
    names: Vec<String>,
    kinds: Vec<EntityKind>,
    sides: Vec<Option<String>>,
    /// For each entity what tells its name, kind and side from others.
    prints: Vec<u64>,
}

impl Known {
    /// The entity of a chain; unnamed chains have none.
    pub fn entity(&self, article: Id, chain: u32) -> Option<u32> {
        let chains = self.of.get(&article)?;
        let at = chains.binary_search_by_key(&chain, |(at, _)| *at).ok()?;
        Some(chains[at].1)
    }

    /// What the record makes of the names in an article, as a number: while it stays the same, so does the article's share.
    pub fn view(&self, article: Id) -> u64 {
        let chains = self.of.get(&article).map_or(&[][..], Vec::as_slice);
        chains.iter().fold(START, |view, (at, entity)| {
            mixed(mixed(view, u64::from(*at)), self.prints[*entity as usize])
        })
    }

    /// The name that an entity goes by in the record.
    pub fn name(&self, entity: u32) -> &str {
        &self.names[entity as usize]
    }

    /// How somebody is called in the record: an entity's name, or the words used.
    pub(crate) fn called(&self, told: &Told<'_>, who: &Who) -> String {
        self.goes_by(told, who).to_owned()
    }

    /// [`Known::called`], borrowed.
    pub(crate) fn goes_by<'a>(&'a self, told: &Told<'a>, who: &Who) -> &'a str {
        let entity = told.chain(who).and_then(|(at, _)| self.entity(told.article.id, at));
        entity.map_or_else(|| told.words(who.span), |e| self.name(e))
    }

    /// The side of somebody: what the article says, else what other articles say of the same one, else the name of the country or
    /// body itself.
    pub(crate) fn side(&self, told: &Told<'_>, who: &Who) -> Option<String> {
        self.side_of(told, who).map(str::to_owned)
    }

    /// [`Known::side`], borrowed.
    pub(crate) fn side_of<'a>(&'a self, told: &Told<'a>, who: &Who) -> Option<&'a str> {
        let (at, chain) = told.chain(who)?;
        let entity = self.entity(told.article.id, at).map(|e| e as usize);
        let here = chain.side.as_ref().map(|side| side.name.as_str()).filter(|name| is_name(name));
        here.or_else(|| self.sides[entity?].as_deref()).or_else(|| {
            let entity = entity?;
            let own = !matches!(self.kinds[entity], EntityKind::Person | EntityKind::Thing);
            own.then(|| self.names[entity].as_str())
        })
    }
}

/// Whether words are a name and not a description: "the ministry" is nobody across articles.
pub(super) fn is_name(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A chain that has a name.
struct Named<'a> {
    roll: &'a Roll,
    chain: &'a NamedChain,
    folded: Arc<[String]>,
    /// The number of the name, and that of what it is folded to: equal ones have equal numbers.
    name: u32,
    fold: u32,
}

/// Joins the named chains of all articles. The order of the rolls plays no part.
pub fn who_is_who(rolls: &[&Roll], rulings: &[Ruling]) -> (Vec<Entity>, Known) {
    let mut rolls = rolls.to_vec();
    rolls.sort_by_key(|r| (r.published.is_none(), r.published, r.article));
    rolls.dedup_by_key(|r| r.article);
    let named = named(&rolls);
    let apart = joins::Apart::of(rulings);
    let mut sets = Sets::new(named.len());
    let mut reasons: Vec<(u32, String)> = Vec::new();
    joins::same(&named, &mut sets);
    joins::countries(&named, &mut sets, &mut reasons);
    joins::spellings(&named, &apart, &mut sets, &mut reasons);
    joins::short(&named, &apart, &mut sets, &mut reasons);
    joins::ruled(&named, rulings, &mut sets, &mut reasons);
    gathered(&named, &mut sets, &reasons)
}

fn named<'a>(rolls: &[&'a Roll]) -> Vec<Named<'a>> {
    let mut out = Vec::new();
    // A name is folded once, however many chains have it.
    let mut names: HashMap<&str, (u32, u32, Arc<[String]>)> = HashMap::new();
    let mut folds: HashMap<Arc<[String]>, u32> = HashMap::new();
    for &roll in rolls {
        for chain in &roll.chains {
            let next = (names.len() as u32, folds.len() as u32);
            let (name, fold, folded) = names.entry(chain.name.as_str()).or_insert_with(|| {
                let folded: Arc<[String]> = fold_name(&chain.name).into();
                let fold = *folds.entry(folded.clone()).or_insert(next.1);
                (next.0, fold, folded)
            });
            if !folded.is_empty() {
                out.push(Named { roll, chain, folded: folded.clone(), name: *name, fold: *fold });
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

fn gathered(named: &[Named<'_>], sets: &mut Sets, reasons: &[(u32, String)]) -> (Vec<Entity>, Known) {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for at in 0..named.len() as u32 {
        members.entry(sets.of(at)).or_default().push(at);
    }
    let mut why: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (at, reason) in reasons {
        why.entry(sets.of(*at)).or_default().insert(reason);
    }
    let mut groups: Vec<(Vec<u32>, Vec<String>)> = members
        .into_iter()
        .map(|(top, list)| {
            let merged = why.remove(&top).unwrap_or_default();
            (list, merged.into_iter().map(str::to_owned).collect())
        })
        .collect();
    let made = |groups: Vec<(Vec<u32>, Vec<String>)>| -> Vec<(Entity, Vec<u32>)> {
        groups.into_iter().map(|(list, merged)| (entity(named, &list, merged), list)).collect()
    };
    // On two hands: a large record has a hundred thousand of them.
    let theirs = groups.split_off(middle(&groups));
    let mut out = thread::scope(|scope| {
        let theirs = scope.spawn(|| made(theirs));
        let mut out = made(groups);
        out.extend(theirs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        out
    });
    sides::by_adjective(&mut out);
    out.sort_by(|(a, _), (b, _)| (&a.name, a.kind, a.id).cmp(&(&b.name, b.kind, b.id)));
    let mut known = Known::default();
    for (number, (entity, list)) in out.iter().enumerate() {
        known.names.push(entity.name.clone());
        known.kinds.push(entity.kind);
        known.sides.push(entity.side.clone());
        known.prints.push(print(entity));
        for &at in list {
            let n = &named[at as usize];
            known.of.entry(n.roll.article).or_default().push((n.chain.at, number as u32));
        }
    }
    known.of.values_mut().for_each(|chains| chains.sort_unstable());
    (out.into_iter().map(|(entity, _)| entity).collect(), known)
}

/// The group at which half of all chains are reached.
fn middle(groups: &[(Vec<u32>, Vec<String>)]) -> usize {
    let half = groups.iter().map(|(list, _)| list.len()).sum::<usize>() / 2;
    let mut before = 0;
    let past = |(list, _): &(Vec<u32>, Vec<String>)| {
        before += list.len();
        before > half
    };
    groups.iter().position(past).unwrap_or(groups.len())
}

/// Where views begin: FNV-1a's offset.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn mixed(hash: u64, with: u64) -> u64 {
    (hash ^ with).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
}

/// What tells the name, kind and side of an entity from others.
fn print(entity: &Entity) -> u64 {
    let side = entity.side.as_deref().map_or(&[][..], str::as_bytes);
    let bytes = [entity.name.as_bytes(), &[0, entity.kind as u8, u8::from(entity.side.is_some())], side];
    bytes.concat().into_iter().fold(START, |hash, byte| mixed(hash, u64::from(byte)))
}

fn entity(named: &[Named<'_>], list: &[u32], merged: Vec<String>) -> Entity {
    let all = || list.iter().map(|&at| &named[at as usize]);
    // By number: the name, its mentions, and how many words it has.
    let mut names: HashMap<u32, (&str, (u32, usize))> = HashMap::new();
    let mut sides: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for n in all() {
        let known = names.entry(n.name).or_insert((n.chain.name.as_str(), (0, n.folded.len().min(4))));
        known.1.0 += n.chain.mentions;
        *kinds.entry(n.chain.kind).or_default() += 1;
        if let Some(side) = &n.chain.side {
            *sides.entry(side.as_str()).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, (u32, usize))> = names.into_values().collect();
    order.sort_by_key(|(name, (count, words))| (Reverse(*words), Reverse(*count), *name));
    let name = order.first().map_or(String::new(), |(name, _)| (*name).to_owned());
    order.sort_by_key(|(name, (count, _))| (Reverse(*count), *name));
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
        chains: all().map(|n| (n.roll.article, n.chain.at)).collect(),
        mentions: all().map(|n| n.chain.mentions).sum(),
        merged,
    }
}

/// Offices with the days of the pages that give them. Pages come in time order.
fn roles(named: &[Named<'_>], list: &[u32]) -> Vec<DatedRole> {
    let mut out: Vec<DatedRole> = Vec::new();
    let mut known: HashMap<(String, Option<&str>, bool), usize> = HashMap::new();
    for n in list.iter().map(|&at| &named[at as usize]) {
        let day = n.roll.published;
        for office in &n.chain.offices {
            let title = &office.cite.words;
            let key = (title.to_lowercase(), office.of.as_deref(), office.former);
            let at = *known.entry(key).or_insert(out.len());
            match out.get_mut(at) {
                Some(role) => {
                    role.from = role.from.into_iter().chain(day).min();
                    role.to = role.to.into_iter().chain(day).max();
                }
                None => out.push(DatedRole {
                    title: title.clone(),
                    of: office.of.clone(),
                    from: day,
                    to: day,
                    former: office.former,
                    cite: office.cite.clone(),
                }),
            }
        }
    }
    out
}
