//! What each block of a page shows, found out once: many questions are asked of the same words.

use std::cell::OnceCell;

use chancery_model::SourceMap;

use super::lines;
use super::outline::Outline;
use super::tree::Tree;
use super::witness;
use crate::assemble::Line;
use crate::recognise::line::{self, Known};

/// The answers so far, block by block.
#[derive(Default)]
pub(super) struct Shown {
    blocks: Vec<Answers>,
}

#[derive(Default)]
struct Answers {
    /// The words, with their place in the markup.
    line: OnceCell<Line>,
    hashes: OnceCell<Vec<u64>>,
    furniture: OnceCell<Option<Known>>,
}

impl Shown {
    /// No answers yet, for this number of blocks.
    pub(super) fn of(blocks: usize) -> Self {
        Self { blocks: std::iter::repeat_with(Answers::default).take(blocks).collect() }
    }
}

impl Outline {
    /// The words of a block.
    pub(super) fn text(&self, tree: &Tree<'_>, at: usize) -> &str {
        &self.inner_line(tree, at).text
    }

    /// The words of a block with their place on the page. `under` maps the markup to the page's bytes.
    pub(super) fn line(&self, tree: &Tree<'_>, at: usize, under: &SourceMap) -> Line {
        let line = self.inner_line(tree, at);
        Line { text: line.text.clone(), map: under.then(&line.map) }
    }

    /// A number for each word of a block.
    pub(super) fn hashes(&self, tree: &Tree<'_>, at: usize) -> &[u64] {
        self.shown.blocks[at].hashes.get_or_init(|| witness::hashes(self.text(tree, at)))
    }

    /// What a block is by its words alone, when it is no part of a story.
    pub(super) fn furniture(&self, tree: &Tree<'_>, at: usize) -> Option<Known> {
        *self.shown.blocks[at].furniture.get_or_init(|| line::furniture(self.text(tree, at)))
    }

    fn inner_line(&self, tree: &Tree<'_>, at: usize) -> &Line {
        let pieces = |at: usize| {
            let range = &self.blocks[at].pieces;
            self.pieces[range.start as usize..range.end as usize].iter().copied()
        };
        self.shown.blocks[at].line.get_or_init(|| lines::of_pieces(tree, pieces(at)))
    }
}
