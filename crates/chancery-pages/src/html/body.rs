//! Which blocks of a page are its story.
//!
//! Three questions, one after another. What is each block by itself (running text, a list of links, a label)? Which element holds the
//! story (the one with the most running text and the least of the rest)? And what inside that element is not the story (`keep`)?
//! No question is answered by the name of a site.

use std::collections::HashSet;

use chancery_lexicon::containers::Meanings;
use chancery_model::SourceMap;

use super::facts::Facts;
use super::keep::Keeper;
use super::outline::{Block, Outline};
use super::tag::Tag;
use super::tree::{NONE, Tree};
use super::witness::Witness;

/// Elements that say this hold no words of a story.
pub(super) const APART: Meanings = ELSEWHERE
    .with(Meanings::SHARE)
    .with(Meanings::AUTHOR_BOX)
    .with(Meanings::TAGS)
    .with(Meanings::LEGAL)
    .with(Meanings::MEDIA)
    .with(Meanings::PAYWALL)
    .with(Meanings::CAPTION)
    .with(Meanings::CREDIT)
    .with(Meanings::FIGURE)
    .with(Meanings::BYLINE)
    .with(Meanings::DATE)
    .with(Meanings::CONCEALED)
    .with(Meanings::HEADLINE);

/// Elements whose dates and names are not those of the story either.
pub(super) const ELSEWHERE: Meanings = Meanings::COMMENTS
    .with(Meanings::RELATED)
    .with(Meanings::SIDEBAR)
    .with(Meanings::AD)
    .with(Meanings::NAVIGATION)
    .with(Meanings::CONSENT)
    .with(Meanings::NEWSLETTER);

/// An element with more than this share of the page's running text is not what its class says: it only holds such things as well.
const TOO_MUCH: f32 = 0.4;
/// Running text, in words, that makes an element which says it holds the story's body believed.
const BODY_WORDS: f32 = 30.0;
/// The share of the page's running text that elements which say they hold a body must have, so that text elsewhere counts against.
const BODY_SHARE: f32 = 0.5;
/// Running text, in words, that they must have for it.
const SURE_BODY_WORDS: f32 = 80.0;
/// An element inside another holds the same story if it has this share of the other's worth.
const SAME_STORY: f32 = 0.95;
/// A block of which JSON-LD's text has this share is of the body.
pub(super) const WITNESSED: f32 = 0.7;

/// The blocks of a page, judged.
#[derive(Clone)]
pub(super) struct Judged<'d> {
    /// From the markup to the page's bytes.
    pub(super) under: &'d SourceMap,
    /// What the elements around each block say, where it can be believed.
    pub(super) contexts: Vec<Meanings>,
    /// The words of running text in each block.
    pub(super) running: Vec<f32>,
    /// Whether elements that say they hold a body hold most of the page's running text.
    pub(super) body_is_marked: bool,
    /// How much of each block stands in JSON-LD's text of the story.
    pub(super) witnessed: Vec<f32>,
    /// Whether JSON-LD's text is whole, so that what it lacks is doubtful.
    pub(super) witness_whole: bool,
    /// The element that holds the story.
    pub(super) root: u32,
    /// Whether each block belongs to the story.
    pub(super) kept: Vec<bool>,
}

/// Measures all blocks; `within` then decides.
pub(super) fn measure<'d>(
    tree: &Tree<'_>,
    outline: &Outline,
    facts: &Facts,
    under: &'d SourceMap,
) -> Judged<'d> {
    let running: Vec<f32> = outline.blocks.iter().map(|b| running(tree, b)).collect();
    let contexts = contexts(tree, outline, &running);
    let in_body: f32 = running
        .iter()
        .zip(&contexts)
        .filter(|(_, c)| c.has(Meanings::BODY) && !c.has(APART))
        .map(|(r, _)| r)
        .sum();
    let all: f32 = running.iter().zip(&contexts).filter(|(_, c)| !c.has(APART)).map(|(r, _)| r).sum();
    let body_is_marked = in_body >= SURE_BODY_WORDS && in_body >= BODY_SHARE * all;
    let witnessed = Witness::of(facts).shares(tree, outline);
    let kept = vec![false; outline.blocks.len()];
    Judged { under, contexts, running, body_is_marked, witnessed, witness_whole: false, root: 0, kept }
}

/// The words of running text in a block: none in labels, menus and lists of links.
fn running(tree: &Tree<'_>, block: &Block) -> f32 {
    let words = block.words as f32;
    let linked = block.link_words as f32 / words;
    let sentence = block.ends || block.marks > 0;
    if words < 6.0 || linked > 0.5 || (!sentence && words < 20.0) {
        return 0.0;
    }
    let tag = tree.nodes[block.node as usize].tag;
    let label = tag.heading() > 0 || matches!(tag, Tag::Button | Tag::Figcaption | Tag::Option);
    if label { 0.0 } else { words - 1.5 * block.link_words as f32 }
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

/// What is said of each block by the elements around it, as far as it can be believed.
///
/// An element that holds most of the page's running text, or the element that says it is the body, is not apart, whatever its class says.
fn contexts(tree: &Tree<'_>, outline: &Outline, running: &[f32]) -> Vec<Meanings> {
    let mass = sums(tree, outline, running);
    let (inside_body, outer) = bodies(tree, outline, &mass);
    let in_body: Vec<f32> = outline
        .blocks
        .iter()
        .zip(running)
        .map(|(b, r)| if inside_body[b.inner as usize] { *r } else { 0.0 })
        .collect();
    let body_mass = sums(tree, outline, &in_body);
    let marked = body_mass[0] >= BODY_WORDS && body_mass[0] > 0.1 * mass[0];
    let most = |at: usize| {
        if marked { body_mass[at] > TOO_MUCH * body_mass[0] } else { mass[at] > TOO_MUCH * mass[0].max(1.0) }
    };
    // Where a part of the story carries a class, its neighbours that carry the same are parts as well.
    let common: HashSet<(u32, Meanings)> = (0..tree.nodes.len())
        .filter(|at| outline.meanings[*at].has(APART) && most(*at))
        .map(|at| (tree.nodes[at].parent, outline.meanings[at]))
        .collect();
    let mut known: Vec<Meanings> = Vec::with_capacity(tree.nodes.len());
    for (at, node) in tree.nodes.iter().enumerate() {
        let mut above = known.get(node.parent as usize).copied().unwrap_or_default();
        let mut own = outline.meanings[at];
        if outer[at] {
            own = own.without(Meanings::BODY);
        }
        if own.has(APART)
            && (most(at)
                || matches!(node.tag, Tag::Html | Tag::Body | Tag::Main)
                || common.contains(&(node.parent, own)))
        {
            own = own.without(APART);
        }
        if own.has(Meanings::BODY) && mass[at] >= BODY_WORDS {
            above = above.without(
                Meanings::RELATED.with(Meanings::SIDEBAR).with(Meanings::PAYWALL).with(Meanings::MEDIA),
            );
        }
        // Words that were quoted from elsewhere are quoted, whatever box they came in.
        let quoted = node.tag == Tag::Blockquote && !above.has(Meanings::COMMENTS.with(Meanings::RELATED));
        let above = if quoted {
            above.without(Meanings::SHARE.with(Meanings::MEDIA).with(Meanings::FIGURE))
        } else {
            above
        };
        known.push(above.with(own));
    }
    outline.blocks.iter().map(|b| known[b.inner as usize]).collect()
}

/// Which nodes stand inside an element that says it is the body of a story; and which of these elements only hold another such
/// element with nearly all their text, so that the inner one is the body.
fn bodies(tree: &Tree<'_>, outline: &Outline, mass: &[f32]) -> (Vec<bool>, Vec<bool>) {
    let mut around: Vec<u32> = Vec::with_capacity(tree.nodes.len());
    let mut outer = vec![false; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        let above = around.get(node.parent as usize).copied().unwrap_or(NONE);
        let own = outline.meanings[at];
        let says = own.has(Meanings::BODY) && !own.has(ELSEWHERE) && node.tag != Tag::Body;
        if says && above != NONE && mass[at] > 0.0 && mass[at] >= 0.6 * mass[above as usize] {
            outer[above as usize] = true;
        }
        around.push(if says { at as u32 } else { above });
    }
    (around.into_iter().map(|body| body != NONE).collect(), outer)
}

/// The element with the greatest sum, or one inside it that is worth nearly as much.
fn tightest(tree: &Tree<'_>, sums: &[f32]) -> u32 {
    let mut root = heaviest(sums);
    let mut at = root + 1;
    while at < tree.nodes[root as usize].last {
        let node = &tree.nodes[at as usize];
        if node.parent == root
            && sums[at as usize] >= SAME_STORY * sums[root as usize]
            && sums[at as usize] >= SURE_BODY_WORDS
        {
            root = at;
            at += 1;
        } else {
            at = node.last.max(at + 1);
        }
    }
    root
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
    /// Finds the story inside the element `scope`.
    pub(super) fn within(&self, tree: &Tree<'_>, outline: &Outline, facts: &Facts, scope: u32) -> Self {
        let inside = scope..tree.nodes[scope as usize].last;
        let weigh = |(at, block): (usize, &Block)| {
            if inside.contains(&block.inner) { self.weight(tree, block, at) } else { 0.0 }
        };
        let weights: Vec<f32> = outline.blocks.iter().enumerate().map(weigh).collect();
        let root = tightest(tree, &sums(tree, outline, &weights)).max(scope);
        let mut judged = Self { root, kept: Vec::new(), ..self.clone() };
        judged.witness_whole = judged.is_whole(tree, outline, &Witness::of(facts));
        judged.kept = Keeper::new(tree, outline, facts, &judged).keep();
        judged
    }

    /// Whether a block belongs to something else than the story: a list of other stories, comments, a menu.
    pub(super) fn is_elsewhere(&self, at: usize) -> bool {
        self.contexts[at].has(ELSEWHERE)
    }

    /// What a block adds to the claim of the elements around it to hold the story.
    fn weight(&self, tree: &Tree<'_>, block: &Block, at: usize) -> f32 {
        let (context, running, words) = (self.contexts[at], self.running[at], block.words as f32);
        if self.witnessed[at] >= WITNESSED && words >= 8.0 {
            return 2.0 * words;
        }
        if context.has(APART) {
            return if running > 0.0 { -0.1 * words } else { -0.3 * words };
        }
        let body = context.has(Meanings::BODY);
        let tag = tree.nodes[block.node as usize].tag;
        if running > 0.0 {
            return match tag {
                _ if body => 1.5 * running,
                // An item that opens with a link is a card rather than a paragraph.
                Tag::Li => words - 4.0 * block.link_words as f32,
                _ if self.body_is_marked => -0.3 * running,
                _ => running,
            };
        }
        if block.link_words * 2 >= block.words {
            return if body { -0.3 * words } else { -words };
        }
        match tag {
            _ if body => 0.05 * words,
            Tag::Td | Tag::Th | Tag::Li | Tag::P => 0.0,
            _ => -0.4 * words,
        }
    }

    /// Whether JSON-LD's text holds nearly all the running text of the root, so that a paragraph which it lacks is suspect.
    fn is_whole(&self, tree: &Tree<'_>, outline: &Outline, witness: &Witness) -> bool {
        let inside = self.root..tree.nodes[self.root as usize].last;
        let blocks = || (0..outline.blocks.len()).filter(|at| inside.contains(&outline.blocks[*at].inner));
        let all: f32 = blocks().map(|at| self.running[at]).sum();
        let seen: f32 =
            blocks().filter(|at| self.witnessed[*at] >= WITNESSED).map(|at| self.running[at]).sum();
        witness.words() >= 100 && seen > 0.7 * all && seen > 0.8 * witness.words() as f32
    }
}
