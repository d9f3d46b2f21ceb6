//! How many stories a page holds, and which element holds each.
//!
//! A story has a headline of its own and running text under it, in an element that holds no other story's headline. Cards that point
//! to other stories have a headline, but no text to speak of.

use super::body::{ELSEWHERE, Judged};
use super::outline::{Block, Outline};
use super::tag::{Key, Tag};
use super::tree::Tree;

/// A story among several has at least this many words of running text.
const STORY_WORDS: f32 = 60.0;
/// A story beside one of the same make has at least this many.
const NEIGHBOUR_WORDS: f32 = 40.0;
/// A story among several has at least this many paragraphs.
const STORY_BLOCKS: usize = 3;
/// Stories looked for on one page.
const MAX_STORIES: usize = 64;

/// The element of each story, in page order; the root alone where the page holds one story or none.
pub(super) fn find(tree: &Tree<'_>, outline: &Outline, judged: &Judged<'_>) -> Vec<u32> {
    let finder = Finder { tree, outline, judged };
    [Finder::under_headlines, Finder::articles, Finder::neighbours]
        .into_iter()
        .map(|find| find(&finder))
        .find(|found| found.len() > 1)
        .unwrap_or_else(|| vec![0])
}

struct Finder<'a, 'm> {
    tree: &'a Tree<'m>,
    outline: &'a Outline,
    judged: &'a Judged<'a>,
}

impl Finder<'_, '_> {
    /// The widest elements around each headline of the first level that hold no other.
    fn under_headlines(&self) -> Vec<u32> {
        let mut headlines: Vec<u32> = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for (at, block) in self.outline.blocks.iter().enumerate() {
            let first =
                self.tree.around(block.inner).take(3).any(|n| self.tree.nodes[n as usize].tag == Tag::H1);
            if !first || block.words < 3 || self.judged.contexts[at].has(ELSEWHERE) {
                continue;
            }
            // A headline shown twice, for wide and for narrow screens, heads one story.
            let text = self.outline.text(self.tree, at);
            if !words.contains(&text) && headlines.len() < MAX_STORIES {
                headlines.push(block.inner);
                words.push(text);
            }
        }
        let alone = |at: usize| {
            let others = |node: &u32| {
                let range = *node..self.tree.nodes[*node as usize].last;
                headlines.iter().enumerate().all(|(n, h)| n == at || !range.contains(h))
            };
            self.tree.around(headlines[at]).take_while(others).last()
        };
        let found = (0..headlines.len()).filter_map(alone);
        found.filter(|node| self.is_story(*node)).collect()
    }

    /// The outermost `article` elements with a heading and running text.
    fn articles(&self) -> Vec<u32> {
        let mut found = Vec::new();
        let mut end = 0;
        for (at, node) in self.tree.nodes.iter().enumerate() {
            let at = at as u32;
            if node.tag == Tag::Article && at >= end {
                end = node.last;
                if self.has_heading(at) && self.is_story(at) && found.len() < MAX_STORIES {
                    found.push(at);
                }
            }
        }
        found
    }

    /// The element that holds the page's headline and its story, and those beside it of the same make, each with a heading and
    /// a story of its own.
    fn neighbours(&self) -> Vec<u32> {
        let first = |block: &&Block| {
            self.tree.around(block.inner).take(3).any(|n| self.tree.nodes[n as usize].tag == Tag::H1)
        };
        let Some(headline) = self.outline.blocks.iter().find(first) else { return Vec::new() };
        for node in self.tree.around(headline.inner) {
            let Some(class) = self.tree.value(node, Key::Class).filter(|class| !class.is_empty()) else {
                continue;
            };
            let (tag, parent) = (self.tree.nodes[node as usize].tag, self.tree.nodes[node as usize].parent);
            let alike = |at: &u32| {
                let other = &self.tree.nodes[*at as usize];
                other.parent == parent
                    && other.tag == tag
                    && self.tree.value(*at, Key::Class) == Some(class)
                    && (*at == node || self.has_heading(*at))
                    && self.tells(*at, NEIGHBOUR_WORDS)
            };
            let around = self.tree.nodes.get(parent as usize).map_or(node..node, |p| parent + 1..p.last);
            let found: Vec<u32> = around.filter(alike).take(MAX_STORIES).collect();
            if found.len() > 1 && found.first() == Some(&node) {
                return found;
            }
        }
        Vec::new()
    }

    fn blocks(&self, node: u32) -> impl Iterator<Item = usize> + '_ {
        let range = node..self.tree.nodes[node as usize].last;
        let first = self.outline.blocks.partition_point(|b| b.node < range.start && b.inner < range.start);
        (first..self.outline.blocks.len())
            .take_while(move |at| self.outline.blocks[*at].inner < range.end)
            .filter(move |at| self.outline.blocks[*at].inner >= node)
    }

    fn has_heading(&self, node: u32) -> bool {
        let level = |at: usize| {
            let inner = self.outline.blocks[at].inner;
            self.tree
                .around(inner)
                .take(3)
                .map(|n| self.tree.nodes[n as usize].tag.heading())
                .max()
                .unwrap_or(0)
        };
        self.blocks(node).any(|at| (1..=3).contains(&level(at)))
    }

    /// Whether an element holds the running text of a story.
    fn is_story(&self, node: u32) -> bool {
        self.tells(node, STORY_WORDS)
    }

    /// Whether an element holds so many words of running text.
    fn tells(&self, node: u32, least: f32) -> bool {
        let own = |at: &usize| self.judged.running[*at] > 0.0 && !self.judged.contexts[*at].has(ELSEWHERE);
        let paragraphs: Vec<usize> = self.blocks(node).filter(own).collect();
        let words: f32 = paragraphs.iter().map(|at| self.judged.running[*at]).sum();
        paragraphs.len() >= STORY_BLOCKS && words >= least
    }
}
