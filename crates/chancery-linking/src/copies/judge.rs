//! Whether two articles share a reporter's words, and which passages say so.
//!
//! A passage tells by its rare words outside quotation marks, names counted little (`passages`). What the passages of a pair tell
//! together decides; once a pair is settled, shorter passages between the long ones are believed too.

use super::digest::{Digest, Place};
use super::index::Index;
use super::passages::{Passage, all_passages};

/// What the passages of two articles must tell together. Between outlets that tell one event in words of their own it was 8.6 at most
/// (BASIL, 300 articles); one sentence of 25 words carried over whole reaches 10.
const ENOUGH: f32 = 9.5;
/// A passage counts for that when this share of its longer side is the same.
const LIKE: f32 = 0.45;
/// In a settled pair, a passage that tells this much stands, ...
const STANDS: f32 = 3.0;
/// ... one that tells this much stands if it is alike, ...
const STANDS_ALIKE: f32 = 0.6;
/// ... and quoted or short ones stand where long ones make up this much of one of the articles.
const MUCH: f32 = 0.3;
/// Words that stand in more articles than this are stock: background that is told again and again, words of the house. They
/// count only between articles that share much, and so do words that are too few or too usual to be looked up.
const STOCK: usize = 8;

/// Two articles that share a reporter's words.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Indices of the two.
    pub(super) a: usize,
    pub(super) b: usize,
    /// In the order of `a`.
    pub(super) passages: Vec<Passage>,
    /// Words of the story that are in a passage and the same on both sides.
    pub(super) shared: usize,
    /// Words of the stories.
    pub(super) words: [usize; 2],
}

impl Pair {
    /// The share of an article's words that stand in the other: 0 for `a`, 1 for `b`.
    pub(super) fn share(&self, side: usize) -> f32 {
        self.shared as f32 / self.words[side].max(1) as f32
    }

    /// The larger of the two shares.
    pub(super) fn most(&self) -> f32 {
        self.share(0).max(self.share(1))
    }
}

/// What two articles share, if that is a reporter's words, and whether all runs of words were looked at.
pub(super) fn judge(index: &Index<'_>, digests: &[&Digest], (a, b): (usize, usize)) -> (Option<Pair>, bool) {
    let (all, is_cut) = all_passages(digests[a], digests[b]);
    (pair(index, digests, (a, b), &all), !is_cut)
}

fn pair(index: &Index<'_>, digests: &[&Digest], (a, b): (usize, usize), all: &[Passage]) -> Option<Pair> {
    let words = [digests[a].text_words(), digests[b].text_words()];
    let long: Vec<Passage> = all.iter().filter(|p| p.own >= STANDS).cloned().collect();
    let mut pair = Pair { a, b, passages: Vec::new(), shared: shared(digests[a], &long), words };
    let much = pair.most() >= MUCH;
    let counts =
        |p: &&Passage| much && p.own >= STANDS || (1..=STOCK).contains(&index.spread(a, p.a, STOCK + 1));
    let telling: f32 = all.iter().filter(counts).filter(|p| p.likeness() >= LIKE).map(|p| p.own).sum();
    if telling < ENOUGH {
        return None;
    }
    let stands = |p: &Passage| {
        p.own >= STANDS
            || p.own >= STANDS_ALIKE && p.likeness() >= LIKE
            || much && (p.likeness() >= LIKE || p.identical)
    };
    pair.passages = all.iter().filter(|p| much || counts(p)).filter(|p| stands(p)).cloned().collect();
    pair.shared = shared(digests[a], &pair.passages);
    Some(pair)
}

/// Words of the story, captions aside, that are in a passage and the same on both sides.
fn shared(digest: &Digest, passages: &[Passage]) -> usize {
    let text = passages.iter().filter(|p| digest.blocks[digest.block_of(p.a.0)].place == Place::Text);
    text.map(|passage| passage.matched).sum()
}
