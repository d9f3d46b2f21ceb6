//! Copies and lineage: passages that stand on two pages, which article was made from which, and how many accounts there are.
//!
//! ```text
//! Carried* ──digest──▶ words, fingerprints ──index──▶ pairs ──runs, passages──▶ passages of a pair ──judge──▶ lineages, accounts
//! ```
//!
//! What counts is the reporter's own words: two outlets that quote one speech, name the same people or use the phrases of the
//! trade do not copy each other. This module knows no grammar; it compares words.

mod accounts;
mod digest;
mod index;
mod judge;
mod lineage;
mod passages;
mod precedence;
mod revisions;
mod runs;
mod words;

use chancery_model::{Account, Copy, Lineage, Revision};

use crate::Carried;
pub use accounts::{Member, accounts, prints};
pub use digest::Digest;

/// Which text came from which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// Passages that stand on two pages.
    pub passages: Vec<Copy>,
    /// What articles have from others.
    pub lineages: Vec<Lineage>,
    /// All articles, grouped to independent accounts.
    pub accounts: Vec<Account>,
    /// What changed from one version of a page to the next.
    pub revisions: Vec<Revision>,
}

/// The copies among articles. `digests` are those of `carried`, in the same order; no article is given twice.
pub fn copies(carried: &[Carried<'_>], digests: &[&Digest]) -> Copies {
    // Whatever order the articles came in, they are looked at in this one.
    let mut order: Vec<usize> = (0..carried.len()).collect();
    order.sort_by_key(|at| {
        (carried[*at].published().is_none(), carried[*at].published(), carried[*at].article.id)
    });
    let carried: Vec<Carried<'_>> = order.iter().map(|at| carried[*at].clone()).collect();
    let digests: Vec<&Digest> = order.iter().map(|at| digests[*at]).collect();
    let pairs = pairs(&carried, &digests);
    let mut copies = lineage::lineage(&carried, &digests, &pairs);
    copies.revisions = revisions::revisions(&carried, &digests, &pairs);
    copies
}

fn pairs(carried: &[Carried<'_>], digests: &[&Digest]) -> Vec<judge::Pair> {
    let index = index::Index::new(digests);
    let candidates = index.candidates().pairs.into_iter().map(|(a, b)| (a as usize, b as usize));
    let apart = candidates.filter(|(a, b)| carried[*a].article.page != carried[*b].article.page);
    apart.filter_map(|(a, b)| judge::judge(&index, digests, (a, b))).collect()
}
