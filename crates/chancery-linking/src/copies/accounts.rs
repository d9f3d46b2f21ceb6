//! Which articles are one account: however many outlets carry it, it is told once.
//!
//! Whether two articles are one depends on these two alone, never on what else there is. So what was found out once holds for as long as
//! both are there, and an article that comes is compared with its like only. (What copies the lineage shows does depend on the others:
//! words that many articles share are stock.)

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use chancery_model::{Article, PageId};

use super::digest::Digest;
use super::lineage::one_agency;
use super::passages::{Passage, passages};

/// Articles that share so much of one of them are one account, ...
const ONE_ACCOUNT: f32 = 0.5;
/// ... and so are those that share this much and credit the same agency.
const ONE_AGENCY: f32 = 0.12;
/// A passage counts for that when it tells this much.
const STANDS: f32 = 3.0;
/// Two articles are compared when they have this share of the fingerprints of the one with fewer in common, ...
const LOOKED_AT: f32 = 0.15;
/// ... or this one, when they credit the same agency; ...
const LOOKED_AT_AGENCY: f32 = 0.04;
/// ... and never when they have fewer than this in common.
const COMMON: u32 = 2;

/// An article that is to be put with its like.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Its page: articles of one page are no copies of each other.
    pub page: PageId,
    /// The agency that it credits.
    pub agency: Option<&'a str>,
    /// Who carries it.
    pub outlet: Option<&'a str>,
    /// Its fingerprints, as [`prints`] gives them.
    pub prints: &'a [u32],
    /// Articles with the same number here are known to be one account, and those with other numbers to be none; `None` for an article that has
    /// not been compared with the others.
    pub known: Option<u32>,
}

/// The fingerprints by which articles with words in common are found: sorted, each once, 32 bits of each. Every second one is enough: two
/// articles keep the same ones.
pub fn prints(digest: &Digest) -> Vec<u32> {
    let halves = digest.prints.iter().filter(|(print, _)| (print >> 32) % 2 == 0);
    let mut prints: Vec<u32> = halves.map(|(print, _)| *print as u32).collect();
    prints.sort_unstable();
    prints.dedup();
    prints
}

impl<'a> Member<'a> {
    /// An article with its fingerprints, not compared yet.
    pub fn new(article: &'a Article, prints: &'a [u32]) -> Self {
        let (agency, outlet) = (article.agency.as_deref(), article.outlet.as_deref());
        Self { page: article.page, agency, outlet, prints, known: None }
    }
}

/// For each article the first that carries the same account. `digest` gives the digest of an article by its place among the members; it is
/// asked of those only that have enough in common with another.
pub fn accounts<E>(
    members: &[Member<'_>],
    mut digest: impl FnMut(u32) -> Result<Rc<Digest>, E>,
) -> Result<Vec<u32>, E> {
    let mut first: Vec<u32> = (0..members.len() as u32).collect();
    join_known(members, &mut first);
    let mut digests: BTreeMap<u32, Rc<Digest>> = BTreeMap::new();
    for (a, b) in candidates(members) {
        let (x, y) = (root(&first, a), root(&first, b));
        if x == y {
            continue;
        }
        for at in [a, b] {
            if let Entry::Vacant(room) = digests.entry(at) {
                room.insert(digest(at)?);
            }
        }
        if are_one([a, b].map(|at| &members[at as usize]), &digests[&a], &digests[&b]) {
            first[x.max(y) as usize] = x.min(y);
        }
    }
    Ok((0..members.len() as u32).map(|at| root(&first, at)).collect())
}

fn join_known(members: &[Member<'_>], first: &mut [u32]) {
    let mut known: Vec<(u32, u32)> =
        (0..).zip(members).filter_map(|(at, member)| Some((member.known?, at))).collect();
    known.sort_unstable();
    for group in known.chunk_by(|a, b| a.0 == b.0) {
        group.iter().for_each(|(_, at)| first[*at as usize] = group[0].1);
    }
}

fn root(first: &[u32], mut at: u32) -> u32 {
    while first[at as usize] != at {
        at = first[at as usize];
    }
    at
}

/// Pairs that may be one account: enough fingerprints in common, and not both known.
fn candidates(members: &[Member<'_>]) -> Vec<(u32, u32)> {
    let new: Vec<u32> = (0..).zip(members).filter(|(_, m)| m.known.is_none()).map(|(at, _)| at).collect();
    let mut postings: Vec<(u32, u32)> = new
        .iter()
        .flat_map(|at| members[*at as usize].prints.iter().map(move |print| (*print, *at)))
        .collect();
    postings.sort_unstable();
    let mut counts = vec![0_u32; members.len()];
    let mut out = Vec::new();
    for (at, member) in (0..).zip(members) {
        let mut met: Vec<u32> = Vec::new();
        let mut from = 0;
        for print in member.prints {
            from += postings[from..].partition_point(|(other, _)| other < print);
            for (_, other) in postings[from..].iter().take_while(|(other, _)| other == print) {
                if counts[*other as usize] == 0 {
                    met.push(*other);
                }
                counts[*other as usize] += 1;
            }
        }
        for other in met {
            let count = std::mem::take(&mut counts[other as usize]);
            // Two that are both new are met from both sides.
            let once = member.known.is_some() || other < at;
            if once && other != at && is_looked_at(member, &members[other as usize], count) {
                out.push((other.min(at), other.max(at)));
            }
        }
    }
    out.sort_unstable();
    out
}

fn is_looked_at(a: &Member<'_>, b: &Member<'_>, common: u32) -> bool {
    if common < COMMON || a.page == b.page {
        return false;
    }
    let share = common as f32 / a.prints.len().min(b.prints.len()).max(1) as f32;
    share >= LOOKED_AT || share >= LOOKED_AT_AGENCY && credit_one_agency([a, b])
}

/// Whether two articles are one account, by the words they share.
fn are_one(members: [&Member<'_>; 2], a: &Digest, b: &Digest) -> bool {
    let long: Vec<Passage> = passages(a, b).into_iter().filter(|p| p.own >= STANDS).collect();
    let shared: usize = long.iter().map(|passage| passage.matched).sum();
    let words = a.text_words().min(b.text_words()).max(1);
    let share = shared as f32 / words as f32;
    share >= ONE_ACCOUNT || share >= ONE_AGENCY && credit_one_agency(members)
}

fn credit_one_agency(members: [&Member<'_>; 2]) -> bool {
    one_agency(members.map(|member| (member.agency, member.outlet))).is_some()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::tests::article;
    use super::*;
    use crate::Carried;

    const ONE: &str = "The harbour pilots of Orsk refused to guide tankers past the broken lighthouse, their union announced. \
        Insurers withdrew cover for vessels above forty metres until divers inspect the sunken breakwater.";
    const OTHER: &str = "Beekeepers in the valley counted fewer hives after the frost, and honey will be dearer this autumn, \
        the growers' league reckons; orchards near the river bloomed three weeks late.";

    #[test]
    fn a_longer_copy_is_one_account_and_another_story_is_not() {
        let longer =
            format!("{ONE} {OTHER} Nothing else was said by anybody in the town hall that evening about it.");
        let articles = [article(ONE), article(OTHER), article(&longer)];
        let all: Vec<Vec<u32>> =
            articles.iter().map(|article| prints(&Digest::of(&Carried::alone(article)))).collect();
        let member = |at: usize, known| Member { known, ..Member::new(&articles[at], &all[at]) };
        let accounts = |members: &[Member<'_>]| {
            let of = |at: u32| articles.iter().find(|a| a.page == members[at as usize].page).expect("a page");
            let digest = |at| Ok::<_, Infallible>(Rc::new(Digest::of(&Carried::alone(of(at)))));
            super::accounts(members, digest).expect("nothing fails here")
        };
        assert_eq!(accounts(&[member(0, None), member(1, None)]), [0, 1]);
        let anew = accounts(&[member(0, None), member(1, None), member(2, None)]);
        assert_eq!(anew, [0, 0, 0], "the longer one carries both");
        // What is known is not asked again; what comes is compared with all.
        assert_eq!(accounts(&[member(0, Some(0)), member(1, Some(1)), member(2, None)]), anew);
        assert_eq!(accounts(&[member(0, Some(0)), member(2, Some(1))]), [0, 1]);
        assert_eq!(accounts(&[member(0, Some(1)), member(1, Some(1))]), [0, 0]);
    }
}
