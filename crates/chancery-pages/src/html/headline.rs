//! Which block is the headline: the one that says what the page's metadata says, and looks like one.

use std::ops::Range;

use chancery_lexicon::containers::Meanings;

use super::body::Judged;
use super::facts::Facts;
use super::outline::{Block, Outline};
use super::tag::Tag;
use super::tree::Tree;
use super::witness::hashes;

/// Headlines of more words than this are paragraphs.
const MAX_WORDS: u32 = 60;
/// A block that shares less than this with every title of the metadata is no headline, if the page has metadata.
const LEAST_LIKENESS: f32 = 0.5;

/// The block of the headline.
pub(super) fn find(
    tree: &Tree<'_>,
    outline: &Outline,
    judged: &Judged<'_>,
    facts: &Facts,
    scope: &Range<u32>,
) -> Option<usize> {
    let described = facts.stories.iter().filter_map(|s| s.headline.as_deref()).map(hashes);
    let titles: Vec<Vec<u64>> = facts.title_words.iter().cloned().chain(described).collect();
    let first = judged.kept.iter().position(|kept| *kept).unwrap_or(outline.blocks.len());
    let mut best: Option<(f32, usize)> = None;
    for (at, block) in outline.blocks.iter().enumerate() {
        let looks = looks(tree, block, judged.contexts[at]);
        if block.words > MAX_WORDS || looks == 0.0 || !scope.contains(&block.inner) {
            continue;
        }
        let words = outline.hashes(tree, at);
        let likeness = titles.iter().map(|t| likeness(words, t)).fold(0.0, f32::max);
        // Without metadata a heading of the second level above the story is its headline as well.
        let plain = titles.is_empty() && (looks >= 0.4 || (looks >= 0.3 && at < first));
        if likeness < LEAST_LIKENESS && !plain {
            continue;
        }
        let place = if at <= first { 0.3 } else { 0.0 };
        let score = likeness + looks + place;
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// How much a block looks like a headline before it is read.
fn looks(tree: &Tree<'_>, block: &Block, context: Meanings) -> f32 {
    let tags = tree.around(block.inner).take(4).map(|n| tree.nodes[n as usize].tag);
    let level = tags.map(Tag::heading).find(|level| *level > 0).unwrap_or(0);
    let by_tag = match level {
        1 => 0.5,
        2 => 0.3,
        3 => 0.15,
        _ => 0.0,
    };
    let by_class: f32 = if context.has(Meanings::HEADLINE) { 0.2 } else { 0.0 };
    let apart = context.has(Meanings::RELATED.with(Meanings::COMMENTS).with(Meanings::NAVIGATION));
    if apart { by_tag * 0.3 } else { by_tag + by_class }
}

/// The share of words, in order of neither, that two titles have in common; a title with the outlet's name behind it is still like.
fn likeness(a: &[u64], b: &[u64]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let common = a.iter().filter(|w| b.contains(w)).count() as f32;
    let (a, b) = (a.len() as f32, b.len() as f32);
    let whole = 2.0 * common / (a + b);
    // Short blocks lie inside long titles by chance.
    let inside = if a >= 4.0 { 0.9 * common / a } else { 0.0 };
    whole.max(inside).min(1.0)
}
