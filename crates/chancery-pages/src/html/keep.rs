//! What inside the element that holds the story is not the story: labels and what they label, captions, stamps, boxes, lists of links.
//!
//! Each block is looked at by itself first; then in its place among the others.

mod boxes;
mod edges;
mod pulled;

use std::collections::{HashMap, HashSet};

use chancery_lexicon::containers::Meanings;
use chancery_model::FurnitureReason;

use super::body::{APART, Judged, WITNESSED};
use super::facts::Facts;
use super::outline::{Block, Outline};
use super::tag::{Key, Tag};
use super::tree::Tree;
use crate::recognise::{line, stamp};

/// Blocks of more words than this are not labels, whatever they say.
const LABEL_WORDS: u32 = 100;
/// A label of more words than this heads nothing.
const HEADING_WORDS: u32 = 10;
/// A paragraph of a lead set apart has at least this many running words.
const LEAD_WORDS: f32 = 15.0;
/// Shorter words may be said twice.
const REPEATED_WORDS: u32 = 10;

/// What a block is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// No part of the story.
    Out,
    /// The label of something that is no part of the story: what it labels goes with it.
    Label,
    /// A cross-head, if text follows.
    Heading,
    /// Short words without a sentence: part of the story if the place is right.
    Weak,
    /// Running text.
    Strong,
}

/// Decides block by block.
pub(super) struct Keeper<'a, 'm> {
    tree: &'a Tree<'m>,
    outline: &'a Outline,
    facts: &'a Facts,
    judged: &'a Judged<'a>,
    verdicts: Vec<Verdict>,
    /// Which blocks are looked at.
    seen: Vec<bool>,
}

impl<'a, 'm> Keeper<'a, 'm> {
    pub(super) fn new(
        tree: &'a Tree<'m>,
        outline: &'a Outline,
        facts: &'a Facts,
        judged: &'a Judged<'a>,
    ) -> Self {
        let count = outline.blocks.len();
        Self { tree, outline, facts, judged, verdicts: vec![Verdict::Out; count], seen: vec![false; count] }
    }

    /// Whether each block belongs to the story.
    pub(super) fn keep(mut self) -> Vec<bool> {
        let root = self.judged.root;
        let inside = root..self.tree.nodes[root as usize].last;
        let lead = self.page_of(root)..root;
        for at in 0..self.verdicts.len() {
            let inner = self.outline.blocks[at].inner;
            let before =
                lead.contains(&inner) && self.judged.running[at] >= LEAD_WORDS && self.tag(at) == Tag::P;
            if inside.contains(&inner) || before {
                self.seen[at] = true;
                self.verdicts[at] = self.alone(at);
            }
        }
        self.drop_labelled();
        self.drop_cards();
        self.drop_repeated();
        self.drop_doubted();
        self.place_weak();
        self.trim_head();
        self.trim_foot();
        self.drop_bare_headings();
        self.verdicts.iter().map(|v| !matches!(v, Verdict::Out | Verdict::Label)).collect()
    }

    /// The `article` or `main` around the root: paragraphs in it that stand before the root are a lead set apart.
    fn page_of(&self, root: u32) -> u32 {
        let mut around = self.tree.around(root);
        around.find(|n| matches!(self.tree.nodes[*n as usize].tag, Tag::Article | Tag::Main)).unwrap_or(root)
    }

    fn text(&self, at: usize) -> &'a str {
        self.outline.text(self.tree, at)
    }

    fn hashes(&self, at: usize) -> &'a [u64] {
        self.outline.hashes(self.tree, at)
    }

    fn block(&self, at: usize) -> &'a Block {
        &self.outline.blocks[at]
    }

    fn tag(&self, at: usize) -> Tag {
        self.tree.nodes[self.block(at).node as usize].tag
    }

    /// What a block is by itself.
    fn alone(&self, at: usize) -> Verdict {
        let block = self.block(at);
        let context = self.judged.contexts[at];
        let witnessed = self.judged.witnessed[at] >= WITNESSED && block.words >= 8;
        if context.has(APART) && !witnessed {
            return Verdict::Out;
        }
        if self.tag(at) == Tag::Button {
            return Verdict::Out;
        }
        if block.words <= LABEL_WORDS
            && let Some(verdict) = self.by_words(at)
        {
            return verdict;
        }
        if self.heading(at) > 0 {
            return Verdict::Heading;
        }
        if self.judged.running[at] > 0.0 || witnessed {
            return Verdict::Strong;
        }
        if block.link_words * 2 > block.words {
            // A whole sentence can be a link; a line of links is none.
            let told = block.ends && block.words >= 8;
            return if told { Verdict::Strong } else { Verdict::Out };
        }
        Verdict::Weak
    }

    /// What the words of a short block settle.
    fn by_words(&self, at: usize) -> Option<Verdict> {
        let text = self.text(at);
        let block = self.block(at);
        if let Some(known) = self.outline.furniture(self.tree, at) {
            use FurnitureReason::{Comments, Newsletter, Trending};
            let heads = matches!(known.reason, Comments | Trending | Newsletter);
            let heading = (1..6).contains(&self.heading(at));
            let labels = heads && block.words <= HEADING_WORDS && (known.opens_list || heading);
            return Some(if labels { Verdict::Label } else { Verdict::Out });
        }
        let prose = block.ends && block.words > 25 && self.tag(at) == Tag::P;
        if (!prose && matches!(line::picture(text), Some((_, true)))) || !stamp::of_line(text).is_empty() {
            return Some(Verdict::Out);
        }
        let titled = self.facts.title_words.iter().any(|title| title == self.hashes(at));
        titled.then_some(Verdict::Out)
    }

    /// The level of the heading that a block is; a short block all in bold is one of the lowest level.
    fn heading(&self, at: usize) -> u8 {
        let block = self.block(at);
        let tags = self.tree.around(block.inner).take(4).map(|n| self.tree.nodes[n as usize].tag);
        let level = tags.map(Tag::heading).find(|level| *level > 0).unwrap_or(0);
        let bold = block.bold_words == block.words && block.words <= HEADING_WORDS && !block.ends;
        let class = self.tree.value(block.node, Key::Class).unwrap_or_default();
        let styled = class
            .split_ascii_whitespace()
            .find_map(|c| Some(Tag::of(c.as_bytes()).heading()).filter(|h| *h > 0));
        match level {
            0 if styled.is_some() => styled.unwrap_or(6),
            0 if bold && matches!(self.tag(at), Tag::P | Tag::Div) => 6,
            level => level,
        }
    }

    /// Takes out what the story says elsewhere: pulled quotes, a teaser at its head.
    fn drop_repeated(&mut self) {
        let mut seen: HashMap<&[u64], Vec<usize>> = HashMap::new();
        let (tree, outline) = (self.tree, self.outline);
        for at in 0..self.verdicts.len() {
            let short = self.block(at).words < REPEATED_WORDS;
            if matches!(self.verdicts[at], Verdict::Strong | Verdict::Weak) && !short {
                seen.entry(outline.hashes(tree, at)).or_default().push(at);
            }
        }
        // What comes three times is a form that the story keeps to: the questions of an interview.
        let mut twice: Vec<usize> =
            seen.into_values().filter(|found| found.len() == 2).map(|found| found[1]).collect();
        twice.sort_unstable();
        twice.into_iter().for_each(|at| self.verdicts[at] = Verdict::Out);
        self.drop_pulled();
    }

    /// Takes out paragraphs that JSON-LD's whole text of the story lacks.
    fn drop_doubted(&mut self) {
        if !self.judged.witness_whole {
            return;
        }
        for at in 0..self.verdicts.len() {
            let doubted = self.judged.witnessed[at] < 0.2 && self.block(at).words >= 8;
            if self.verdicts[at] == Verdict::Strong && doubted && self.tag(at) == Tag::Div {
                self.verdicts[at] = Verdict::Out;
            }
        }
    }

    /// Short words without a sentence belong to the story where they stand among its paragraphs or its lists.
    fn place_weak(&mut self) {
        let parents: HashSet<u32> = self.strong().map(|at| self.home(at)).collect();
        let nodes: HashSet<u32> = self.strong().map(|at| self.block(at).node).collect();
        for at in 0..self.verdicts.len() {
            if self.verdicts[at] != Verdict::Weak {
                continue;
            }
            let block = self.block(at);
            let listed = matches!(
                self.tag(at),
                Tag::Li | Tag::Td | Tag::Th | Tag::Blockquote | Tag::Dd | Tag::Dt | Tag::Pre
            );
            let beside = nodes.contains(&block.node) || parents.contains(&self.home(at));
            let in_body = self.judged.contexts[at].has(Meanings::BODY);
            let prose = self.tag(at) == Tag::P && (block.ends || beside || in_body);
            if !(listed || prose || (beside && block.ends) || nodes.contains(&block.node)) {
                self.verdicts[at] = Verdict::Out;
            }
        }
    }

    /// The element around the one that sets a block apart.
    fn home(&self, at: usize) -> u32 {
        self.tree.nodes[self.block(at).node as usize].parent
    }

    fn strong(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.verdicts.len()).filter(|at| self.verdicts[*at] == Verdict::Strong)
    }

    /// Running words of the story in a range of blocks.
    fn strong_words(&self, start: usize, end: usize) -> f32 {
        (start..end)
            .filter(|at| self.verdicts[*at] == Verdict::Strong)
            .map(|at| self.block(at).words as f32)
            .sum()
    }
}
