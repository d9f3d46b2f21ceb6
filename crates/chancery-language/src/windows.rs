//! Where a passage is cut into windows that the encoder can take in one go.
//!
//! A window ends at a known break when there is one. Otherwise it ends in the middle of a sentence, and the sentence that it
//! ends in is read again at the head of the next window. Where a passage is cut depends on the passage alone.

use std::ops::Range;

use crate::encoder::Batch;
use crate::reader::Passage;
use crate::word_piece::{Shape, WordPieces};

/// `[CLS]` and `[SEP]`.
const FRAME: usize = 2;

/// How many pieces a window may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WindowLimits {
    /// As the reader was trained.
    pub(crate) usual: usize,
    /// For given sentences that are packed together: as good (measured on EWT and GUM dev), and attention costs less.
    pub(crate) packed: usize,
    /// For a sentence that is longer than that.
    pub(crate) most: usize,
}

/// The next window of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Tokens of the passage.
    pub(crate) tokens: Range<usize>,
    /// Whether the window ends where a sentence is known to end.
    pub(crate) whole: bool,
    /// Whether no larger window may be tried.
    pub(crate) most: bool,
}

/// A passage that is being read, window by window.
pub(crate) struct Cursor<'a> {
    /// Its place among the passages.
    pub(crate) index: usize,
    pub(crate) passage: Passage<'a>,
    pieces: Vec<u32>,
    /// Where each token's pieces end.
    ends: Vec<u32>,
    breaks: Vec<bool>,
    /// The first token not yet read.
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(index: usize, passage: Passage<'a>, spelling: &WordPieces) -> Self {
        let (mut pieces, mut ends) = (Vec::new(), Vec::with_capacity(passage.tokens.len()));
        for token in passage.tokens {
            spelling.push(token, &mut pieces);
            ends.push(pieces.len() as u32);
        }
        let mut breaks = vec![false; passage.tokens.len()];
        for &at in passage.breaks {
            if let Some(place) = breaks.get_mut(at as usize) {
                *place = true;
            }
        }
        Self { index, passage, pieces, ends, breaks, at: 0 }
    }

    pub(crate) fn done(&self) -> bool {
        self.at >= self.passage.tokens.len()
    }

    /// Whether a sentence is known to begin at a token.
    pub(crate) fn is_break(&self, token: usize) -> bool {
        self.breaks.get(token).copied().unwrap_or(false)
    }

    fn pieces_of(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.pieces[start as usize..self.ends[token] as usize]
    }

    /// The next window. `larger`: the usual size held no end of a sentence.
    pub(crate) fn plan(&self, limits: WindowLimits, larger: bool) -> Plan {
        let usual = if self.passage.sentences_known { limits.packed } else { limits.usual };
        let plan = self.plan_within(if larger { limits.most } else { usual }, larger);
        if !plan.whole && !larger && self.passage.sentences_known {
            return self.plan_within(limits.most, true);
        }
        plan
    }

    fn plan_within(&self, limit: usize, most: bool) -> Plan {
        let (mut end, mut used, mut last_break) = (self.at, FRAME, None);
        while end < self.passage.tokens.len() {
            let bar = end > self.at && self.is_break(end);
            used += self.pieces_of(end).len() + usize::from(bar);
            if used > limit && end > self.at {
                break;
            }
            if bar {
                last_break = Some(end);
            }
            end += 1;
        }
        if end == self.passage.tokens.len() || self.is_break(end) {
            return Plan { tokens: self.at..end, whole: true, most };
        }
        match last_break {
            Some(at) => Plan { tokens: self.at..at, whole: true, most },
            None => Plan { tokens: self.at..end, whole: false, most },
        }
    }

    /// Appends the window to a batch.
    pub(crate) fn fill(&self, plan: &Plan, spelling: &WordPieces, batch: &mut Batch) {
        let (start, first_start) = (batch.ids.len(), batch.first.len());
        let push = |id: u32, shape: Shape, batch: &mut Batch| {
            batch.ids.push(id);
            batch.shapes.push(shape as u8);
        };
        push(spelling.opening, Shape::Special, batch);
        for token in plan.tokens.clone() {
            if token > plan.tokens.start && self.is_break(token) {
                push(spelling.bar, Shape::Special, batch);
            }
            batch.first.push(batch.ids.len() as u32);
            let shape = Shape::of(self.passage.tokens[token]);
            for &id in self.pieces_of(token) {
                push(id, shape, batch);
            }
        }
        push(spelling.bar, Shape::Special, batch);
        batch.windows.push((start..batch.ids.len(), first_start..batch.first.len()));
    }
}
