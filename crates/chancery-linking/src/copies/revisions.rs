//! What changed from one version of a page to the next, and whether the page says so.

use std::collections::BTreeMap;

use chancery_model::{Cite, Revision};

use super::digest::{Digest, Place};
use super::judge::Pair;
use super::lineage::is_version;
use super::passages::Passage;
use super::precedence::precedence;
use crate::Carried;

/// The revisions: each version compared with the one right before it, in the order of the articles.
pub(super) fn revisions(carried: &[Carried<'_>], digests: &[&Digest], pairs: &[Pair]) -> Vec<Revision> {
    let mut before: BTreeMap<usize, (usize, &Pair)> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| is_version(carried, pair)) {
        let Some((a_first, _)) = precedence(&carried[pair.a], &carried[pair.b], pair) else { continue };
        let (from, to) = if a_first { (pair.a, pair.b) } else { (pair.b, pair.a) };
        let is_later = before.get(&to).is_none_or(|(known, _)| when(carried, *known) < when(carried, from));
        if is_later {
            before.insert(to, (from, pair));
        }
    }
    let found = before.into_iter();
    found
        .map(|(to, (from, pair))| {
            revision((&carried[from], digests[from]), (&carried[to], digests[to]), pair, from == pair.a)
        })
        .collect()
}

fn when(carried: &[Carried<'_>], at: usize) -> (Option<chancery_model::Moment>, chancery_model::Id) {
    (carried[at].captured, carried[at].article.id)
}

fn revision(
    from: (&Carried<'_>, &Digest),
    to: (&Carried<'_>, &Digest),
    pair: &Pair,
    a_first: bool,
) -> Revision {
    let sides = |p: &Passage| if a_first { (p.a, p.b) } else { (p.b, p.a) };
    let edited = pair.passages.iter().filter(|p| !p.identical).map(sides);
    let edited = edited.map(|(x, y)| [from.1.cite(from.0, x.0, x.1), to.1.cite(to.0, y.0, y.1)]).collect();
    let held: (Vec<_>, Vec<_>) = pair.passages.iter().map(sides).unzip();
    let published = |carried: &Carried<'_>| carried.published();
    Revision {
        from: from.0.article.id,
        to: to.0.article.id,
        edited,
        removed: outside(from, &held.0),
        added: outside(to, &held.1),
        silent: published(from.0) == published(to.0),
    }
}

/// The blocks of the story of which no word is in a passage.
fn outside((carried, digest): (&Carried<'_>, &Digest), held: &[(usize, usize)]) -> Vec<Cite> {
    let is_held = |start: usize, end: usize| held.iter().any(|(from, to)| *from < end && start < *to);
    let blocks = digest.blocks.iter().filter(|block| block.place == Place::Text);
    let alone = blocks.filter(|block| !is_held(block.start, block.end));
    alone.map(|block| digest.cite(carried, block.start, block.end)).collect()
}
