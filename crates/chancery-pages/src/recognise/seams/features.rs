//! The cues of a seam, measured at each gap between two paragraphs.
//!
//! Three kinds: how much the words on both sides have in common, at several widths (TextTiling; Hearst 1997); how the lower
//! paragraph opens (pronouns and connectives tie it to what stands above, full names and weekdays do not); and what stands
//! between (headlines, dates, authors).

use std::ops::Range;

use super::words::{Bag, Vocabulary};
use super::{Before, Paragraph};
use crate::recognise::dateline;
use crate::recognise::shape::Shape;

/// The names of the cues, in the order of their values.
pub(super) const NAMES: [&str; COUNT] = [
    "bias",
    "cos1",
    "cos2",
    "cos4",
    "cos8",
    "first12",
    "three12",
    "closest",
    "names3",
    "names8",
    "nameless",
    "depth",
    "rank",
    "pronoun",
    "connective",
    "quote",
    "definite",
    "introduces",
    "known-name",
    "colon",
    "after-quote",
    "long-lead",
    "weekday",
    "likely-dateline",
    "short",
    "shorts",
    "long-headline",
    "asks",
    "headline-leans",
    "stamp",
    "byline",
    "picture",
    "furniture",
    "blank",
    "tongue",
    "bullet",
    "above",
    "below",
    "after-bullet",
    "small",
    "apart",
    "first-name-known",
    "lead-shape",
    "short-apart",
    "leans",
    "leans-names",
    "upper-leans",
    "chains",
    "chains-few",
    "new-words",
    "news",
    "depth8",
    "no-headline-apart",
];
/// How many cues there are.
pub(super) const COUNT: usize = 53;

/// Two texts of one language differ by less than this in the share of words that are not among the usual ones of English.
const FOREIGN: f32 = 0.25;

/// The cues' values at one gap.
pub(super) type Features = [f32; COUNT];

/// The widths at which the words on both sides are compared, in paragraphs.
const WIDTHS: [usize; 4] = [1, 2, 4, 8];

/// The cues at every gap: the `i`th is that above paragraph `i + 1`.
pub(super) fn at_gaps(paragraphs: &[Paragraph<'_>]) -> Vec<Features> {
    if paragraphs.len() < 2 {
        return Vec::new();
    }
    let mut vocabulary = Vocabulary::default();
    let bags: Vec<Bag> = paragraphs.iter().map(|p| vocabulary.bag(p.text)).collect();
    let headlines: Vec<Bag> = paragraphs
        .iter()
        .map(|p| p.before.headline.map_or_else(Bag::default, |h| vocabulary.bag(h)))
        .collect();
    let mut scratch = Scratch::new(&vocabulary.weights);
    let page = Run { paragraphs, bags: &bags, headlines: &headlines, blank: usual_blank(paragraphs) };
    let mut out: Vec<Features> = (1..paragraphs.len()).map(|at| alone(&page, at, &mut scratch)).collect();
    relative(&mut out);
    chains(&bags, &vocabulary.weights, &mut out);
    out
}

/// The blank lines that stand between most paragraphs.
fn usual_blank(paragraphs: &[Paragraph<'_>]) -> usize {
    let ones = paragraphs.iter().skip(1).filter(|p| p.before.blank > 0).count();
    usize::from(ones * 2 > paragraphs.len())
}

/// A run of paragraphs with their words.
struct Run<'a> {
    paragraphs: &'a [Paragraph<'a>],
    bags: &'a [Bag],
    headlines: &'a [Bag],
    blank: usize,
}

fn alone(run: &Run<'_>, at: usize, scratch: &mut Scratch<'_>) -> Features {
    let mut f = [0.0; COUNT];
    f[0] = 1.0;
    cohesion(run.bags, at, scratch, &mut f);
    leaning(run.bags, at, scratch, &mut f);
    opening(run, at, scratch, &mut f);
    between(run, at, scratch, &mut f);
    f[36] = at.min(8) as f32 / 8.0;
    f[37] = (run.paragraphs.len() - at).min(8) as f32 / 8.0;
    f
}

fn back(at: usize, width: usize) -> Range<usize> {
    at.saturating_sub(width)..at
}

fn ahead(bags: &[Bag], at: usize, width: usize) -> Range<usize> {
    at.min(bags.len())..(at + width).min(bags.len())
}

/// Whether the paragraphs at the gap belong to the side they stand on: the lower one to what follows, the upper one to what
/// precedes it.
fn leaning(bags: &[Bag], at: usize, scratch: &mut Scratch<'_>, f: &mut Features) {
    let (lower, upper) = (&bags[at..=at], &bags[at - 1..at]);
    let (after, before) = (&bags[ahead(bags, at + 1, 6)], &bags[back(at, 6)]);
    f[44] = scratch.cosine(lower, after, |b| &b.words) - scratch.cosine(lower, before, |b| &b.words);
    f[45] = scratch.cosine(lower, after, |b| &b.names) - scratch.cosine(lower, before, |b| &b.names);
    let (after, before) = (&bags[ahead(bags, at, 6)], &bags[back(at - 1, 6)]);
    f[46] = scratch.cosine(upper, before, |b| &b.words) - scratch.cosine(upper, after, |b| &b.words);
}

/// How much the two sides have in common.
fn cohesion(bags: &[Bag], at: usize, scratch: &mut Scratch<'_>, f: &mut Features) {
    for (n, width) in WIDTHS.into_iter().enumerate() {
        f[1 + n] = scratch.cosine(&bags[back(at, width)], &bags[ahead(bags, at, width)], |b| &b.words);
    }
    f[5] = scratch.cosine(&bags[back(at, 12)], &bags[at..=at], |b| &b.words);
    f[6] = scratch.cosine(&bags[back(at, 12)], &bags[ahead(bags, at, 3)], |b| &b.words);
    let mut closest: f32 = 0.0;
    for above in back(at, 4) {
        for below in ahead(bags, at, 4) {
            closest = closest.max(scratch.cosine(&bags[above..=above], &bags[below..=below], |b| &b.words));
        }
    }
    f[7] = closest;
    f[8] = scratch.shared(&bags[back(at, 4)], &bags[ahead(bags, at, 3)]);
    f[9] = scratch.shared(&bags[back(at, 8)], &bags[ahead(bags, at, 8)]);
    f[10] = f32::from(bags[ahead(bags, at, 3)].iter().all(|b| b.names.is_empty()));
    let unknown = |bags: &[Bag]| bags.iter().map(|b| b.unknown).sum::<f32>() / bags.len().max(1) as f32;
    let strange = unknown(&bags[back(at, 4)]) - unknown(&bags[ahead(bags, at, 4)]);
    f[34] = (strange.abs() - FOREIGN).max(0.0);
    f[40] = f32::from(f[3] < 0.02 && f[7] < 0.08);
}

const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "this", "these", "that", "those",
    "such", "both", "we", "another", "others", "neither",
];
const CONNECTIVES: &[&str] = &[
    "but",
    "and",
    "however",
    "meanwhile",
    "also",
    "still",
    "yet",
    "so",
    "then",
    "or",
    "nor",
    "nevertheless",
    "nonetheless",
    "moreover",
    "furthermore",
    "additionally",
    "instead",
    "besides",
    "despite",
    "although",
    "though",
    "while",
    "afterwards",
    "later",
    "earlier",
    "finally",
    "separately",
    "asked",
    "according",
    "similarly",
    "indeed",
    "thus",
    "therefore",
    "otherwise",
    "again",
    "overall",
    "further",
];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tonight",
    "yesterday",
];

/// How the lower paragraph opens, and how the upper one ends.
fn opening(run: &Run<'_>, at: usize, scratch: &mut Scratch<'_>, f: &mut Features) {
    let (paragraphs, bags) = (run.paragraphs, run.bags);
    let (upper, text) = (paragraphs[at - 1].text.trim_end(), paragraphs[at].text.trim_start());
    let first: String = text
        .chars()
        .skip_while(|c| !c.is_alphabetic())
        .take_while(|c| c.is_alphabetic())
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    let flag = |yes: bool| f32::from(yes);
    f[13] = flag(PRONOUNS.contains(&first.as_str()));
    f[14] = flag(CONNECTIVES.contains(&first.as_str()));
    f[15] = flag(text.starts_with(['"', '“', '‘', '\'', '«']));
    f[16] = flag(first == "the");
    let introduced: usize = bags[ahead(bags, at, 2)].iter().map(|b| b.introduced.len()).sum();
    f[17] = introduced.min(4) as f32 / 4.0;
    let (known, first_known) = scratch.known(&bags[back(at, 8)], &bags[at]);
    f[18] = known.min(3) as f32 / 3.0;
    f[19] = flag(upper.ends_with(':'));
    f[20] = flag(upper.ends_with(['"', '”']));
    let lead = text.split_inclusive(['.', '?', '!']).next().unwrap_or("").split_whitespace().take(60).count();
    f[21] = lead.min(45) as f32 / 45.0;
    let words = || text.split_whitespace().take(80).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    f[22] = flag(words().any(|w| DAYS.contains(&w.to_lowercase().as_str())));
    f[23] = flag(dateline::at_head(text).is_some_and(|d| !d.sure));
    f[35] = flag(paragraphs[at].bullet);
    f[38] = flag(paragraphs[at - 1].bullet);
    f[39] = flag(Shape::of(text).starts_small);
    f[41] = flag(first_known);
    f[42] = flag(lead >= 18 && f[13] + f[14] + f[15] == 0.0 && introduced > 0);
}

/// What stands between.
fn between(run: &Run<'_>, at: usize, scratch: &mut Scratch<'_>, f: &mut Features) {
    let before: &Before<'_> = &run.paragraphs[at].before;
    let bags = run.bags;
    let flag = |yes: bool| f32::from(yes);
    f[24] = flag(before.shorts == 1);
    f[25] = flag(before.shorts > 1);
    if let Some(headline) = before.headline {
        let shape = Shape::of(headline);
        f[26] = flag(shape.words >= 7);
        f[27] = flag(shape.asks);
        let mine = &run.headlines[at..=at];
        let below = scratch.cosine(mine, &bags[ahead(bags, at, 3)], |b| &b.words);
        let above = scratch.cosine(mine, &bags[back(at, 8)], |b| &b.words);
        f[28] = below - above;
        f[43] = f[40];
    }
    f[29] = flag(before.stamp);
    f[30] = flag(before.byline);
    f[31] = flag(before.picture);
    f[32] = (before.furniture + before.links).min(3) as f32 / 3.0;
    f[33] = flag(before.blank > run.blank);
}

/// Cues that compare a gap with its neighbours: how deep it lies below them, and how many of them lie above it.
fn relative(all: &mut [Features]) {
    let cohesion: Vec<f32> = all.iter().map(|f| f[3]).collect();
    let eight: Vec<f32> = all.iter().map(|f| f[4]).collect();
    for at in 0..cohesion.len() {
        let peak = |range: Range<usize>| cohesion[range].iter().copied().fold(cohesion[at], f32::max);
        let left = peak(at.saturating_sub(4)..at);
        let right = peak(at + 1..(at + 5).min(cohesion.len()));
        all[at][11] = left + right - 2.0 * cohesion[at];
        let wide = |range: Range<usize>| out_of(&eight, range, eight[at]);
        all[at][51] =
            wide(at.saturating_sub(6)..at) + wide(at + 1..(at + 7).min(eight.len())) - 2.0 * eight[at];
        let near = &cohesion[at.saturating_sub(6)..(at + 7).min(cohesion.len())];
        let lower = near.iter().filter(|c| **c < cohesion[at]).count();
        all[at][12] = lower as f32 / near.len() as f32;
    }
}

fn out_of(values: &[f32], range: Range<usize>, least: f32) -> f32 {
    values[range].iter().copied().fold(least, f32::max)
}

/// How far apart two uses of a word are, in paragraphs, to belong to one thread.
const CHAIN: usize = 10;

/// Threads of rare words that run across each gap, by weight, against what the weaker side could spin; and how many of the
/// words below are new on the page.
fn chains(bags: &[Bag], weights: &[f32], all: &mut [Features]) {
    let mut last: Vec<usize> = vec![usize::MAX; weights.len()];
    let mut across = vec![0.0_f32; bags.len() + 1];
    let mut mass = vec![0.0_f32; bags.len()];
    let mut fresh = vec![0.0_f32; bags.len()];
    for (at, bag) in bags.iter().enumerate() {
        for word in &bag.words {
            let (word, weight) = (*word as usize, weights[*word as usize]);
            mass[at] += weight;
            let before = last[word];
            if before == usize::MAX {
                fresh[at] += weight;
            } else if at > before && at - before <= CHAIN {
                across[before + 1] += weight;
                across[at + 1] -= weight;
            }
            last[word] = at;
        }
    }
    let mut running = 0.0;
    let mut threads = vec![0.0_f32; bags.len()];
    for at in 0..bags.len() {
        running += across[at];
        threads[at] = running.max(0.0);
    }
    let sum = |values: &[f32]| values.iter().sum::<f32>();
    for (gap, f) in all.iter_mut().enumerate() {
        let at = gap + 1;
        let (above, below) = (sum(&mass[back(at, 6)]), sum(&mass[ahead(bags, at, 6)]));
        f[47] = threads[at] / above.min(below).max(1.0);
        let near = &threads[back(at, 6).start.max(1)..ahead(bags, at, 7).end];
        let usual = sum(near) / near.len().max(1) as f32;
        f[48] = if usual > 0.0 { (threads[at] / usual).min(2.0) } else { 1.0 };
        f[49] = sum(&fresh[ahead(bags, at, 2)]) / sum(&mass[ahead(bags, at, 2)]).max(1.0);
        f[50] = f[49] * f32::from(f[13] + f[14] + f[15] == 0.0);
        f[52] = f[40] * (1.0 - (f[24] + f[25]).min(1.0));
    }
}

/// Counts of the words on one side, kept dense and emptied after each use.
struct Scratch<'a> {
    weights: &'a [f32],
    upper: Vec<f32>,
    lower: Vec<f32>,
}

impl<'a> Scratch<'a> {
    fn new(weights: &'a [f32]) -> Self {
        Self { weights, upper: vec![0.0; weights.len()], lower: vec![0.0; weights.len()] }
    }

    /// The cosine of two sides, words weighted by how rare they are.
    fn cosine(&mut self, upper: &[Bag], lower: &[Bag], of: impl Fn(&Bag) -> &Vec<u32>) -> f32 {
        let above = fill(&mut self.upper, upper, &of);
        let below = fill(&mut self.lower, lower, &of);
        let weight = |count: f32, word: u32| (1.0 + count.ln()) * self.weights[word as usize];
        let mut dot = 0.0;
        let mut norms = (0.0, 0.0);
        for word in &below {
            let mine = weight(self.lower[*word as usize], *word);
            norms.1 += mine * mine;
            let other = self.upper[*word as usize];
            if other > 0.0 {
                dot += mine * weight(other, *word);
            }
        }
        for word in &above {
            let mine = weight(self.upper[*word as usize], *word);
            norms.0 += mine * mine;
        }
        empty(&mut self.upper, &above);
        empty(&mut self.lower, &below);
        if dot > 0.0 { dot / f32::sqrt(norms.0 * norms.1) } else { 0.0 }
    }

    /// The share of the lower side's names that stand in the upper side.
    fn shared(&mut self, upper: &[Bag], lower: &[Bag]) -> f32 {
        let above = fill(&mut self.upper, upper, &|b| &b.words);
        let below = fill(&mut self.lower, lower, &|b| &b.names);
        let mut sums = (0.0, 0.0);
        for word in &below {
            let weight = self.weights[*word as usize];
            sums.1 += weight;
            sums.0 += if self.upper[*word as usize] > 0.0 { weight } else { 0.0 };
        }
        empty(&mut self.upper, &above);
        empty(&mut self.lower, &below);
        if sums.1 > 0.0 { sums.0 / sums.1 } else { 0.3 }
    }

    /// How many of a paragraph's names stand above it, and whether its first content word does.
    fn known(&mut self, upper: &[Bag], lower: &Bag) -> (usize, bool) {
        let above = fill(&mut self.upper, upper, &|b| &b.words);
        let known = lower.names.iter().filter(|w| self.upper[**w as usize] > 0.0).count();
        let first = lower.words.first().is_some_and(|w| self.upper[*w as usize] > 0.0);
        empty(&mut self.upper, &above);
        (known, first)
    }
}

fn fill(counts: &mut [f32], bags: &[Bag], of: &impl Fn(&Bag) -> &Vec<u32>) -> Vec<u32> {
    let mut seen = Vec::new();
    for word in bags.iter().flat_map(of) {
        let count = &mut counts[*word as usize];
        if *count == 0.0 {
            seen.push(*word);
        }
        *count += 1.0;
    }
    seen
}

fn empty(counts: &mut [f32], words: &[u32]) {
    for word in words {
        counts[*word as usize] = 0.0;
    }
}
