//! Which blocks of a page are its story.
//!
//! Three questions, one after another. What is each block by itself (running text, a list of links, a label)? Which element holds the
//! story (the one with the most running text and the least of the rest)? And what inside that element is not the story? No
//! question is answered by the name of a site.

use chancery_lexicon::containers::Meanings;

use chancery_model::SourceMap;

use super::outline::{Block, Outline};
use super::tag::Tag;
use super::tree::Tree;

/// Elements that say this hold no words of a story.
const APART: Meanings = Meanings::COMMENTS
    .with(Meanings::RELATED)
    .with(Meanings::SIDEBAR)
    .with(Meanings::SHARE)
    .with(Meanings::NEWSLETTER)
    .with(Meanings::AD)
    .with(Meanings::AUTHOR_BOX)
    .with(Meanings::TAGS)
    .with(Meanings::NAVIGATION)
    .with(Meanings::CONSENT)
    .with(Meanings::LEGAL)
    .with(Meanings::MEDIA)
    .with(Meanings::PAYWALL)
    .with(Meanings::CAPTION)
    .with(Meanings::CREDIT)
    .with(Meanings::FIGURE)
    .with(Meanings::BYLINE)
    .with(Meanings::DATE)
    .with(Meanings::HEADLINE);

/// Elements whose dates and names are not those of the story.
const ELSEWHERE: Meanings = Meanings::COMMENTS
    .with(Meanings::RELATED)
    .with(Meanings::SIDEBAR)
    .with(Meanings::AD)
    .with(Meanings::NAVIGATION)
    .with(Meanings::CONSENT)
    .with(Meanings::NEWSLETTER);

/// An element with more than this share of the page's running text is not what its class says: it only holds such things as well.
const TOO_MUCH: f32 = 0.4;

/// The blocks of a page, judged.
pub(super) struct Judged<'d> {
    /// From the markup to the page's bytes.
    pub(super) under: &'d SourceMap,
    /// What the elements around each block say, where it can be believed.
    pub(super) contexts: Vec<Meanings>,
    /// The words of running text in each block.
    pub(super) running: Vec<f32>,
    /// The element that holds the story.
    pub(super) root: u32,
    /// Whether each block belongs to the story.
    pub(super) kept: Vec<bool>,
}

/// Judges all blocks.
pub(super) fn judge<'d>(tree: &Tree<'_>, outline: &Outline, under: &'d SourceMap) -> Judged<'d> {
    let running: Vec<f32> = outline.blocks.iter().map(|b| running(tree, b)).collect();
    let mass = sums(tree, outline, &running);
    let contexts = contexts(tree, outline, &mass);
    let weights: Vec<f32> =
        (0..outline.blocks.len()).map(|at| weight(&outline.blocks[at], running[at], contexts[at])).collect();
    let root = heaviest(&sums(tree, outline, &weights));
    let mut judged = Judged { under, contexts, running, root, kept: vec![false; outline.blocks.len()] };
    judged.keep(tree, outline);
    judged
}

/// The words of running text in a block: none in labels, menus and lists of links.
fn running(tree: &Tree<'_>, block: &Block) -> f32 {
    let words = block.words as f32;
    let linked = block.link_words as f32 / words;
    let sentence = block.ends || block.marks > 0;
    if words < 6.0 || linked > 0.5 || (!sentence && words < 20.0) {
        return 0.0;
    }
    let heading = tree.nodes[block.node as usize].tag.heading() > 0;
    if heading { 0.0 } else { words - 1.5 * block.link_words as f32 }
}

/// For every element the sum of what its blocks hold.
fn sums(tree: &Tree<'_>, outline: &Outline, of: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0; tree.nodes.len()];
    for (block, value) in outline.blocks.iter().zip(of).filter(|(_, value)| **value != 0.0) {
        for node in tree.around(block.inner) {
            sums[node as usize] += value;
        }
    }
    sums
}

/// What is said of each block by the elements around it.
fn contexts(tree: &Tree<'_>, outline: &Outline, mass: &[f32]) -> Vec<Meanings> {
    let total = mass[0].max(1.0);
    let mut known: Vec<Meanings> = Vec::with_capacity(tree.nodes.len());
    for (at, node) in tree.nodes.iter().enumerate() {
        let above = known.get(node.parent as usize).copied().unwrap_or_default();
        let mut own = outline.meanings[at];
        if own.has(APART)
            && (mass[at] > TOO_MUCH * total || matches!(node.tag, Tag::Html | Tag::Body | Tag::Main))
        {
            own = own.without(APART);
        }
        known.push(above.with(own));
    }
    outline.blocks.iter().map(|b| known[b.inner as usize]).collect()
}

/// What a block adds to the claim of the elements around it to hold the story.
fn weight(block: &Block, running: f32, context: Meanings) -> f32 {
    if context.has(APART) {
        return -0.3 * block.words as f32;
    }
    if running > 0.0 {
        return if context.has(Meanings::BODY) { 1.2 * running } else { running };
    }
    if block.link_words * 2 > block.words { -(block.link_words as f32) } else { -0.5 * block.words as f32 }
}

/// The element with the greatest sum; of equals the innermost.
fn heaviest(sums: &[f32]) -> u32 {
    let mut best = 0;
    for (at, sum) in sums.iter().enumerate() {
        if *sum >= sums[best] && *sum > 0.0 {
            best = at;
        }
    }
    best as u32
}

impl Judged<'_> {
    /// Whether a block belongs to something else than the story: a list of other stories, comments, a menu.
    pub(super) fn is_elsewhere(&self, at: usize) -> bool {
        self.contexts[at].has(ELSEWHERE)
    }

    /// Decides inside the root.
    fn keep(&mut self, tree: &Tree<'_>, outline: &Outline) {
        let inside = self.root..tree.nodes[self.root as usize].last;
        for (at, block) in outline.blocks.iter().enumerate() {
            if !inside.contains(&block.inner) || self.contexts[at].has(APART) {
                continue;
            }
            let linked = block.link_words * 2 > block.words;
            let tag = tree.nodes[block.node as usize].tag;
            self.kept[at] = tag != Tag::Button && tag != Tag::H1 && (!linked || self.running[at] > 0.0);
        }
    }
}
