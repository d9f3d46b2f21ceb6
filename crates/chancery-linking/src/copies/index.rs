//! Which articles may share a passage: an index from fingerprints to articles.

use std::cmp::Reverse;

use super::digest::Digest;

/// Fingerprints that two articles must have in common to be compared.
const COMMON: u32 = 2;
/// An article is compared with so many others at most, those with the most fingerprints in common.
pub(super) const MAX_PARTNERS: usize = 64;

/// Fingerprints with their articles.
pub(super) struct Index<'a> {
    digests: &'a [&'a Digest],
    /// Sorted by fingerprint, then by article.
    postings: Vec<(u64, u32)>,
    /// For each fingerprint of each digest, where in `postings` it begins.
    starts: Vec<Vec<u32>>,
}

/// Articles that may share a passage.
pub(super) struct Candidates {
    /// Each as (index of the one that stands first, of the other), sorted.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Pairs that were left out because of [`MAX_PARTNERS`].
    pub(super) left_out: usize,
}

impl<'a> Index<'a> {
    /// The index of all digests.
    pub(super) fn new(digests: &'a [&'a Digest]) -> Self {
        let all = digests.iter().enumerate();
        let mut postings: Vec<(u64, u32)> = all
            .flat_map(|(at, digest)| digest.prints.iter().map(move |(print, _)| (*print, at as u32)))
            .collect();
        postings.sort_unstable();
        let mut starts: Vec<Vec<u32>> = digests.iter().map(|d| Vec::with_capacity(d.prints.len())).collect();
        let mut first = 0;
        for (at, (print, article)) in postings.iter().enumerate() {
            if postings[first].0 != *print {
                first = at;
            }
            // Postings are sorted by fingerprint, and so are the fingerprints of a digest.
            starts[*article as usize].push(first as u32);
        }
        Self { digests, postings, starts }
    }

    /// Pairs with enough fingerprints in common. Each article looks at those that stand before it.
    pub(super) fn candidates(&self) -> Candidates {
        let mut found = Candidates { pairs: Vec::new(), left_out: 0 };
        let mut counts = vec![0_u32; self.digests.len()];
        for at in 0..self.digests.len() {
            let mut partners = self.partners(at, &mut counts);
            partners.sort_unstable_by_key(|(count, article)| (Reverse(*count), *article));
            found.left_out += partners.len().saturating_sub(MAX_PARTNERS);
            found.pairs.extend(partners.iter().take(MAX_PARTNERS).map(|(_, article)| (*article, at as u32)));
        }
        found.pairs.sort_unstable();
        found
    }

    /// The articles before `at` with fingerprints in common, and how many these are. `counts` is all zero before and after.
    fn partners(&self, at: usize, counts: &mut [u32]) -> Vec<(u32, u32)> {
        let mut met: Vec<u32> = Vec::new();
        for start in &self.starts[at] {
            for article in self.holders(*start).take_while(|article| (*article as usize) < at) {
                if counts[article as usize] == 0 {
                    met.push(article);
                }
                counts[article as usize] += 1;
            }
        }
        let counted = met.into_iter().map(|article| (std::mem::take(&mut counts[article as usize]), article));
        counted.filter(|(count, _)| *count >= COMMON).collect()
    }

    /// The articles that hold the fingerprint which begins at `start` of the postings.
    fn holders(&self, start: u32) -> impl Iterator<Item = u32> + '_ {
        let print = self.postings[start as usize].0;
        self.postings[start as usize..].iter().take_while(move |(other, _)| *other == print).map(|(_, a)| *a)
    }

    /// In how many articles words of `article` stand: the fewest that any fingerprint of theirs has, counted up to `most`; 0 where there
    /// is none.
    ///
    /// Winnowing keeps other fingerprints of the same words where other words stand around them; only those count which the words have
    /// by themselves.
    pub(super) fn spread(&self, article: usize, words: (usize, usize), most: usize) -> usize {
        let own = self.digests[article].prints_of(words);
        own.iter().map(|(print, _)| self.holders_of(*print).take(most).count()).min().unwrap_or(0)
    }

    /// The articles that hold a fingerprint.
    fn holders_of(&self, print: u64) -> impl Iterator<Item = u32> + '_ {
        let start = self.postings.partition_point(|(other, _)| *other < print);
        self.postings[start..]
            .iter()
            .take_while(move |(other, _)| *other == print)
            .map(|(_, article)| *article)
    }
}
