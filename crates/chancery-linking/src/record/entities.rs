//! Who is who across articles.
//!
//! Chains of single articles are joined by their names: equal names, spellings of one name, a surname where the articles know only one
//! bearer of it. Every join has a reason that is kept. Namesakes on different sides stay apart, and nothing is joined that
//! has no name.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use chancery_model::{Chain, DatedRole, Entity, EntityKind, Id, Ruling, Who};

mod joins;
mod sides;

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
    told: Told<'a>,
    at: u32,
    chain: &'a Chain,
    folded: Rc<[String]>,
}

/// Joins the named chains of all articles.
pub(super) fn link(told: &[Told<'_>], rulings: &[Ruling]) -> (Vec<Entity>, Known) {
    let named = named(told);
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

fn named<'a>(told: &[Told<'a>]) -> Vec<Named<'a>> {
    let mut out = Vec::new();
    // A name is folded once, however many chains have it.
    let mut folds: HashMap<&str, Rc<[String]>> = HashMap::new();
    for &told in told {
        for (at, chain) in told.reading.chains.iter().enumerate() {
            let Some(name) = chain.name.as_deref().filter(|_| chain.kind != EntityKind::Thing) else {
                continue;
            };
            let folded = folds.entry(name).or_insert_with(|| fold_name(name).into()).clone();
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
    sides::by_adjective(&mut out);
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

fn entity(named: &[Named<'_>], list: &[u32], merged: Vec<String>) -> Entity {
    let all = || list.iter().map(|&at| &named[at as usize]);
    // Mentions, and how many words the name has.
    let mut names: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    let mut sides: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for n in all() {
        let known = names.entry(n.chain.name.as_deref().unwrap_or_default()).or_default();
        *known = (known.0 + n.chain.mentions.len() as u32, n.folded.len().min(4));
        *kinds.entry(n.chain.kind).or_default() += 1;
        if let Some(side) = n.chain.side.as_ref().filter(|side| is_name(&side.name)) {
            *sides.entry(&side.name).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, (u32, usize))> = names.into_iter().collect();
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
            let title = n.told.words(role.title).to_owned();
            let of = role.body.clone();
            let same = |r: &&mut DatedRole| {
                r.title.to_lowercase() == title.to_lowercase() && r.of == of && r.former == role.former
            };
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
