//! Boxes inside a story: what stands under the label of a list, of a form, of the comments; rows of cards.

use chancery_model::FurnitureReason;

use super::super::tag::Tag;
use super::{Keeper, Verdict};

/// A box under a label with more than this share of the story's running text is no box.
const BOX_SHARE: f32 = 0.35;
/// After a story of at least this many words, what follows the label of the comments is comments, however long.
const COMMENTED_WORDS: f32 = 60.0;
/// A card that shows another story has no more running words than this.
const CARD_WORDS: f32 = 90.0;

impl Keeper<'_, '_> {
    /// Takes out what stands under a label: the rest of its box, or, near the end of the story, all that follows.
    pub(super) fn drop_labelled(&mut self) {
        for at in 0..self.verdicts.len() {
            if self.verdicts[at] == Verdict::Label {
                let end = self.end_of_box(at);
                for inner in at + 1..end {
                    self.verdicts[inner] = Verdict::Out;
                }
            }
        }
    }

    /// The first block after the box that the label `at` opens.
    fn end_of_box(&self, at: usize) -> usize {
        let comments =
            self.outline.furniture(self.tree, at).is_some_and(|k| k.reason == FurnitureReason::Comments);
        if comments && self.strong_words(0, at) >= COMMENTED_WORDS {
            return self.verdicts.len();
        }
        let total: f32 = self.strong_words(0, self.verdicts.len());
        let count = self.verdicts.len();
        let mut end = at + 1;
        for node in self.tree.around(self.block(at).inner) {
            if node == self.judged.root {
                break;
            }
            let last = self.tree.nodes[node as usize].last;
            let after = (at + 1..count).find(|b| self.block(*b).inner >= last).unwrap_or(count);
            let before = (0..at).rfind(|b| self.block(*b).inner < node).map_or(0, |b| b + 1);
            if self.strong_words(before, after) > BOX_SHARE * total {
                break;
            }
            end = after;
        }
        if end == at + 1 && self.strong_words(at, count) <= BOX_SHARE * total {
            // No box of its own: it ends with the next heading of its rank, or, where nothing else does, with the story.
            let level = self.heading(at).max(1);
            let next = (at + 1..count)
                .find(|b| self.verdicts[*b] == Verdict::Heading && (1..=level).contains(&self.heading(*b)));
            end = next.unwrap_or(count);
        }
        end
    }

    /// Takes out cards: neighbours of one make, each with a linked title and a few words under it.
    pub(super) fn drop_cards(&mut self) {
        let titles: Vec<usize> = (0..self.verdicts.len()).filter(|at| self.is_linked_title(*at)).collect();
        let mut cards: Vec<u32> = Vec::new();
        for pair in titles.windows(2) {
            cards.extend(self.parted(self.block(pair[0]).inner, self.block(pair[1]).inner));
        }
        cards.sort_unstable();
        cards.dedup();
        for card in cards {
            let inside = card..self.tree.nodes[card as usize].last;
            let blocks: Vec<usize> =
                (0..self.verdicts.len()).filter(|at| inside.contains(&self.block(*at).inner)).collect();
            let words: f32 = blocks.iter().map(|at| self.judged.running[*at]).sum();
            if words <= CARD_WORDS && words < BOX_SHARE * self.strong_words(0, self.verdicts.len()) {
                blocks.into_iter().for_each(|at| self.verdicts[at] = Verdict::Out);
            }
        }
    }

    /// A heading inside the root that is a link as a whole.
    fn is_linked_title(&self, at: usize) -> bool {
        let block = self.block(at);
        let linked = block.link_words == block.words && block.words >= 3;
        linked && self.heading(at) > 0 && self.seen[at]
    }

    /// The two neighbours of one tag that hold `a` and `b`, with more than the titles themselves inside.
    fn parted(&self, a: u32, b: u32) -> Vec<u32> {
        let way: Vec<u32> = self.tree.around(a).collect();
        let mut other = b;
        for node in self.tree.around(b) {
            if let Some(at) = way.iter().position(|n| *n == node) {
                let (Some(one), two) = (at.checked_sub(1).map(|n| way[n]), other) else { break };
                let tags = (self.tree.nodes[one as usize].tag, self.tree.nodes[two as usize].tag);
                let alike =
                    tags.0 == tags.1 && tags.0.heading() == 0 && tags.0 != Tag::P && node >= self.judged.root;
                return if alike { vec![one, two] } else { Vec::new() };
            }
            other = node;
        }
        Vec::new()
    }
}
