//! From runs of shared words to passages: whole sentences on both sides, block by block, with what they tell.

use std::collections::BTreeMap;

use super::digest::Digest;
use super::runs::{Run, chains};

/// A sentence belongs to a passage when so many of its words are shared, ...
const SENTENCE_WORDS: usize = 3;
/// ... and this share of them.
const SENTENCE_SHARE: f32 = 0.25;
/// What a run weighs that tells nothing.
const CHANCE: f32 = 0.8;

/// Sentences that two articles share.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Passage {
    /// Words of the first article, from the first to one past the last.
    pub(super) a: (usize, usize),
    /// The same in the second.
    pub(super) b: (usize, usize),
    /// The words that are the same.
    pub(super) runs: Vec<Run>,
    /// How many these are.
    pub(super) matched: usize,
    /// What those of them tell that stand outside quotation marks on both sides.
    pub(super) own: f32,
    /// Whether every word of both sides is shared.
    pub(super) identical: bool,
}

impl Passage {
    /// The share of the longer side's words that are the same.
    pub(super) fn likeness(&self) -> f32 {
        let longer = (self.a.1 - self.a.0).max(self.b.1 - self.b.0);
        self.matched as f32 / longer as f32
    }
}

/// The passages that two articles share, in the order of the first.
pub(super) fn passages(a: &Digest, b: &Digest) -> Vec<Passage> {
    all_passages(a, b).0
}

/// The same, and whether runs of words were left out because of a limit.
pub(super) fn all_passages(a: &Digest, b: &Digest) -> (Vec<Passage>, bool) {
    let mut by_blocks: BTreeMap<(usize, usize), Vec<Run>> = BTreeMap::new();
    let (chains, is_cut) = chains(&a.words, &b.words);
    for run in chains.into_iter().flatten() {
        for part in split(run, a, b) {
            by_blocks.entry((a.block_of(part.a), b.block_of(part.b))).or_default().push(part);
        }
    }
    let (a_side, b_side) = (Side::new(a), Side::new(b));
    let groups = by_blocks.into_values().flat_map(|runs| neighbours(runs, &a_side, &b_side));
    let mut found: Vec<Passage> = groups.filter_map(|runs| passage(runs, &a_side, &b_side)).collect();
    found.sort_by_key(|passage| (passage.a, passage.b));
    (found, is_cut)
}

/// An article's words, and the sentence of each.
struct Side<'a> {
    digest: &'a Digest,
    sentences: Vec<u32>,
    /// The first word of each sentence, and the number of words behind the last.
    starts: Vec<usize>,
}

impl<'a> Side<'a> {
    fn new(digest: &'a Digest) -> Self {
        let (mut sentences, mut starts) = (Vec::with_capacity(digest.words.len()), Vec::new());
        for (at, word) in digest.words.iter().enumerate() {
            if word.opens || at == 0 {
                starts.push(at);
            }
            sentences.push(starts.len() as u32 - 1);
        }
        starts.push(digest.words.len());
        Self { digest, sentences, starts }
    }

    fn sentence(&self, word: usize) -> usize {
        self.sentences[word] as usize
    }

    /// The sentences from `first` to `last` of which enough words are matched, as words from the first to one past the last.
    fn held(&self, matched: &[(usize, usize)]) -> Option<(usize, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for word in matched.iter().flat_map(|(start, end)| *start..*end) {
            *counts.entry(self.sentence(word)).or_default() += 1;
        }
        let is_held = |(sentence, count): (&usize, &usize)| {
            let words = self.starts[sentence + 1] - self.starts[*sentence];
            let enough = *count >= SENTENCE_WORDS && *count as f32 >= SENTENCE_SHARE * words as f32;
            (enough || *count == words).then_some(*sentence)
        };
        let mut held = counts.iter().filter_map(is_held);
        let first = held.next()?;
        let last = held.next_back().unwrap_or(first);
        Some((self.starts[first], self.starts[last + 1]))
    }
}

/// The parts of a run that lie in one block on both sides.
fn split(run: Run, a: &Digest, b: &Digest) -> Vec<Run> {
    let mut parts = Vec::new();
    let mut rest = run;
    while rest.length > 0 {
        let room_a = a.blocks[a.block_of(rest.a)].end - rest.a;
        let room_b = b.blocks[b.block_of(rest.b)].end - rest.b;
        let length = rest.length.min(room_a).min(room_b);
        parts.push(Run { length, ..rest });
        rest = Run { a: rest.a + length, b: rest.b + length, length: rest.length - length };
    }
    parts
}

/// Runs of two blocks, parted where more than a sentence lies between them on either side.
fn neighbours(mut runs: Vec<Run>, a: &Side<'_>, b: &Side<'_>) -> Vec<Vec<Run>> {
    runs.sort_unstable();
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let follows = |last: &Run| {
            let gap_a = a.sentence(run.a).saturating_sub(a.sentence(last.a + last.length - 1));
            let gap_b = b.sentence(run.b).abs_diff(b.sentence(last.b + last.length - 1));
            gap_a <= 1 && gap_b <= 1
        };
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(follows) => group.push(run),
            _ => groups.push(vec![run]),
        }
    }
    groups
}

/// What it tells that two texts share a run: the weight of the words outside quotation marks, less what any two texts on one matter
/// share by chance.
fn tells(run: Run, a: &Digest, b: &Digest) -> f32 {
    let pairs = a.words[run.a..run.a + run.length].iter().zip(&b.words[run.b..run.b + run.length]);
    let own = pairs.filter(|(x, y)| !x.quoted && !y.quoted);
    (own.map(|(x, _)| x.weight()).sum::<f32>() - CHANCE).max(0.0)
}

fn passage(runs: Vec<Run>, a: &Side<'_>, b: &Side<'_>) -> Option<Passage> {
    let stretches =
        |of: fn(&Run) -> usize| runs.iter().map(|r| (of(r), of(r) + r.length)).collect::<Vec<_>>();
    let (span_a, span_b) = (a.held(&stretches(|r| r.a))?, b.held(&stretches(|r| r.b))?);
    let inside = |r: &&Run| {
        span_a.0 <= r.a && r.a + r.length <= span_a.1 && span_b.0 <= r.b && r.b + r.length <= span_b.1
    };
    let runs: Vec<Run> = runs.iter().filter(inside).copied().collect();
    let matched: usize = runs.iter().map(|run| run.length).sum();
    let own = runs.iter().map(|run| tells(*run, a.digest, b.digest)).sum();
    let hashes = |side: &Side<'_>, span: (usize, usize)| -> Vec<u32> {
        side.digest.words[span.0..span.1].iter().map(|word| word.hash).collect()
    };
    let identical = hashes(a, span_a) == hashes(b, span_b);
    (matched > 0).then_some(Passage { a: span_a, b: span_b, runs, matched, own, identical })
}
