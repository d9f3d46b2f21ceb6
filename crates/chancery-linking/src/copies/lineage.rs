//! From pairs of articles to lineage: copies with their origin, what each article has from others, and independent accounts.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::rc::Rc;

use chancery_model::{Account, Article, Copy, Id, Lineage, LineageKind, Origin, Relation, Why};

use super::accounts::{Member, accounts, prints};
use super::judge::Pair;
use super::passages::Passage;
use super::precedence::{are_versions, precedence};
use super::{Copies, Digest};
use crate::Carried;

/// Articles of one address that share this much of one of them are versions; a feed has one address and many articles.
const VERSION: f32 = 0.3;
/// An article that has so much of another is a copy of it.
const COPY: f32 = 0.6;

/// What pairs of articles tell of lineage.
pub(super) fn lineage(carried: &[Carried<'_>], digests: &[&Digest], pairs: &[Pair]) -> Copies {
    let groups = Groups::of(carried, digests, pairs);
    let mut out = Copies::default();
    for pair in pairs {
        let known = precedence(&carried[pair.a], &carried[pair.b], pair);
        let first = known.map_or_else(|| stands_first(carried, pair), |(a_first, _)| a_first);
        let (from, article) = if first { (0, 1) } else { (1, 0) };
        let sides = [pair.a, pair.b];
        out.lineages.push(Lineage {
            article: carried[sides[article]].article.id,
            from: carried[sides[from]].article.id,
            kind: kind(carried, pair, article),
            shared: pair.shared as u32,
            words: pair.words[article] as u32,
            from_words: pair.words[from] as u32,
            known_by: known.map(|(_, by)| by),
        });
        if is_version(carried, pair) {
            // What two versions of a page share is no copy; what changed is told by the revisions.
            continue;
        }
        let origin = groups.origin(carried, pair).or_else(|| known.map(|_| page(&carried[sides[from]])));
        let copies = pair.passages.iter().map(|p| copy(p, carried, digests, pair, first, origin.clone()));
        out.passages.extend(copies);
    }
    out.accounts = groups.accounts(carried);
    out.passages.sort_by(|x, y| (x.a.page, &x.a.ranges, y.b.page).cmp(&(y.a.page, &y.a.ranges, x.b.page)));
    out.lineages.sort_by_key(|lineage| (lineage.from, lineage.article));
    out
}

/// Where nothing tells which of the two came first, the longer one stands first.
fn stands_first(carried: &[Carried<'_>], pair: &Pair) -> bool {
    let key = |side: usize, at: usize| (std::cmp::Reverse(pair.words[side]), carried[at].article.id);
    key(0, pair.a) < key(1, pair.b)
}

fn kind(carried: &[Carried<'_>], pair: &Pair, article: usize) -> LineageKind {
    let whole = pair.passages.iter().all(|passage| passage.identical);
    match () {
        () if is_version(carried, pair) => LineageKind::Version,
        () if pair.share(article) >= COPY && whole => LineageKind::Copy,
        () if pair.most() >= COPY => LineageKind::EditedCopy,
        () => LineageKind::Passages,
    }
}

/// Whether two articles are one at two times.
pub(super) fn is_version(carried: &[Carried<'_>], pair: &Pair) -> bool {
    are_versions(&carried[pair.a], &carried[pair.b]) && pair.most() >= VERSION
}

fn copy(
    passage: &Passage,
    carried: &[Carried<'_>],
    digests: &[&Digest],
    pair: &Pair,
    first: bool,
    origin: Option<Origin>,
) -> Copy {
    let cite = |at: usize, (start, end)| digests[at].cite(&carried[at], start, end);
    let (mut a, mut b) = (cite(pair.a, passage.a), cite(pair.b, passage.b));
    let mut articles = [carried[pair.a].article.id, carried[pair.b].article.id];
    if !first {
        (a, b) = (b, a);
        articles.reverse();
    }
    let places = [&a, &b].map(|cite| cite.ranges.first().map_or([0; 4], |range| range.start.to_le_bytes()));
    Copy {
        id: Id::of('k', &[&a.page.0, &places[0], &b.page.0, &places[1]]),
        articles: [
            Some(articles[0]).filter(|_| a.span.is_some()),
            Some(articles[1]).filter(|_| b.span.is_some()),
        ],
        a,
        b,
        relation: if passage.identical { Relation::Identical } else { Relation::Edited },
        origin,
        why: Why { rule: "copy/own-words", confidence: confidence(passage, pair) },
    }
}

/// Grows with what the passage tells, and with how much the articles share besides.
fn confidence(passage: &Passage, pair: &Pair) -> f32 {
    let tells = passage.own + 10.0 * pair.most();
    ((1.0 - (-tells / 5.0).exp()) * 100.0).round() / 100.0
}

fn page(carried: &Carried<'_>) -> Origin {
    Origin::Page(carried.article.page)
}

/// Which articles are one account.
struct Groups {
    /// For each article the first of its group.
    first: Vec<usize>,
    /// The agency of each group, by its first article.
    agencies: BTreeMap<usize, String>,
}

impl Groups {
    fn of(carried: &[Carried<'_>], digests: &[&Digest], pairs: &[Pair]) -> Self {
        let prints: Vec<Vec<u32>> = digests.iter().map(|digest| prints(digest)).collect();
        let members: Vec<Member<'_>> = carried
            .iter()
            .zip(&prints)
            .map(|(carried, prints)| Member::new(carried.article, prints))
            .collect();
        let digest =
            |at: u32| Ok::<_, Infallible>(Rc::new(Digest::of(&Carried::alone(carried[at as usize].article))));
        let Ok(first) = accounts(&members, digest);
        let mut first: Vec<usize> = first.into_iter().map(|first| first as usize).collect();
        // Versions of one page are one account, however much was changed.
        for pair in pairs.iter().filter(|pair| is_version(carried, pair)) {
            let (x, y) = (root(&first, pair.a), root(&first, pair.b));
            first[x.max(y)] = x.min(y);
        }
        for at in 0..first.len() {
            first[at] = root(&first, at);
        }
        let mut groups = Self { first, agencies: BTreeMap::new() };
        groups.agencies = groups.agencies(carried);
        groups
    }

    /// The agency that most articles of a group credit; of several, the first in the alphabet.
    fn agencies(&self, carried: &[Carried<'_>]) -> BTreeMap<usize, String> {
        let mut counts: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
        for (at, article) in carried.iter().enumerate() {
            if let Some(agency) = article.article.agency.as_deref() {
                *counts.entry(self.first[at]).or_default().entry(agency).or_default() += 1;
            }
        }
        counts.into_iter().filter_map(|(at, counts)| Some((at, most(&counts)?.to_owned()))).collect()
    }

    /// The agency whose words two articles share.
    fn origin(&self, carried: &[Carried<'_>], pair: &Pair) -> Option<Origin> {
        let (x, y) = (self.first[pair.a], self.first[pair.b]);
        let agency = match x == y {
            true => self.agencies.get(&x).cloned(),
            // Two accounts with a passage in common: an agency that one of them credits does not follow for the other.
            false => same_agency(carried[pair.a].article, carried[pair.b].article),
        };
        agency.map(Origin::Agency)
    }

    fn accounts(&self, carried: &[Carried<'_>]) -> Vec<Account> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        self.first.iter().enumerate().for_each(|(at, first)| members.entry(*first).or_default().push(at));
        let mut accounts: Vec<Account> = members
            .into_iter()
            .map(|(first, mut members)| {
                members.sort_by_key(|at| {
                    (carried[*at].published().is_none(), carried[*at].published(), carried[*at].article.id)
                });
                let articles: Vec<Id> = members.iter().map(|at| carried[*at].article.id).collect();
                let agency = self.agencies.get(&first).cloned().map(Origin::Agency);
                let shared = (members.len() > 1).then(|| page(&carried[members[0]]));
                Account { id: account_id(&articles), articles, origin: agency.or(shared) }
            })
            .collect();
        accounts.sort_by_key(|account| account.id);
        accounts
    }
}

/// The name that counts most; of several, the first in the alphabet.
fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> Option<&'a str> {
    counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name))).map(|(name, _)| *name)
}

fn account_id(articles: &[Id]) -> Id {
    let mut names: Vec<String> = articles.iter().map(Id::to_string).collect();
    names.sort();
    let parts: Vec<&[u8]> = names.iter().map(String::as_bytes).collect();
    Id::of('r', &parts)
}

fn root(first: &[usize], mut at: usize) -> usize {
    while first[at] != at {
        at = first[at];
    }
    at
}

/// The agency that both articles credit, or that one credits and the other is.
pub(super) fn same_agency(a: &Article, b: &Article) -> Option<String> {
    one_agency([a, b].map(|article| (article.agency.as_deref(), article.outlet.as_deref())))
}

/// The same of agency and outlet of two articles.
pub(super) fn one_agency(both: [(Option<&str>, Option<&str>); 2]) -> Option<String> {
    let names = |(agency, outlet): &(Option<&str>, Option<&str>), name: &str| {
        agency.iter().chain(outlet).any(|own| own.to_lowercase() == name.to_lowercase())
    };
    let mut credits = both.iter().filter_map(|(agency, _)| *agency);
    credits.find(|name| both.iter().all(|one| names(one, name))).map(str::to_owned)
}
