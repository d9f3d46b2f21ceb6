//! One pass of the reader: windows of passages gathered to a batch, read, and taken over as far as they stand.
//!
//! A window that was cut inside a sentence stands up to that sentence; the rest is read again at the head of the next one.

use std::collections::VecDeque;
use std::ops::Range;

use chancery_model::{Attribution, TokenRange};

use super::{BATCH_PIECES, Buffers, Choice, Passage, PassageReading, Reader, TokenReading};
use crate::encoder::Batch;
use crate::heads::HeadBuffers;
use crate::ties::{self, MentionRows};
use crate::tree::{ArcScores, best_tree};
use crate::windows::{Cursor, Plan};

impl Reader {
    /// Fills a batch: passages already begun first.
    pub(super) fn gather<'p>(
        &self,
        waiting: &mut VecDeque<(usize, Passage<'p>)>,
        begun: &mut VecDeque<(Cursor<'p>, bool)>,
        batch: &mut Batch,
    ) -> Vec<(Cursor<'p>, Plan)> {
        *batch = Batch::default();
        let mut planned = Vec::new();
        while batch.ids.len() < BATCH_PIECES {
            let (cursor, larger) = if let Some(begun) = begun.pop_front() {
                begun
            } else if let Some((index, passage)) = waiting.pop_front() {
                (Cursor::new(index, passage, &self.spelling), false)
            } else {
                break;
            };
            if !cursor.done() {
                let plan = cursor.plan(self.limits, larger);
                cursor.fill(&plan, &self.spelling, batch);
                planned.push((cursor, plan));
            }
        }
        planned
    }

    /// Reads one batch of windows; what is not read to its end goes back to `begun`.
    pub(super) fn read_batch<'p>(
        &self,
        planned: Vec<(Cursor<'p>, Plan)>,
        buffers: &mut Buffers,
        begun: &mut VecDeque<(Cursor<'p>, bool)>,
        readings: &mut [PassageReading],
    ) {
        if planned.is_empty() {
            return;
        }
        let (_, vectors) = self.encoder.encode(&buffers.batch, &mut buffers.encoder);
        self.heads.apply(vectors, &mut buffers.heads);
        let mut windows = Vec::new();
        for ((cursor, plan), (_, rows)) in planned.iter().zip(&buffers.batch.windows) {
            windows.push(self.bounds(cursor, plan, rows.start, &buffers.heads));
        }
        let mut tokens = self.tags(&planned, &windows, buffers);
        let mut more: Vec<_> = planned
            .iter()
            .enumerate()
            .map(|(i, planned)| {
                self.more(planned, &windows[i], buffers.batch.windows[i].1.start, &tokens, buffers)
            })
            .collect();
        self.trees(&planned, &windows, &mut tokens, buffers);
        for (i, (mut cursor, plan)) in planned.into_iter().enumerate() {
            let rows = &buffers.batch.windows[i].1;
            let window = &windows[i];
            if window.too_small {
                begun.push_back((cursor, true));
                continue;
            }
            let reading = &mut readings[cursor.index];
            self.accept(&tokens[rows.start..][..window.read], &plan, reading);
            let (attributions, mentions) = std::mem::take(&mut more[i]);
            join_attributions(&mut reading.attributions, attributions, plan.tokens.start);
            reading.mentions.append(mentions);
            if window.cut {
                reading.cuts.push((plan.tokens.start + window.read) as u32);
            }
            cursor.at = plan.tokens.start + window.read;
            if !cursor.done() {
                begun.push_back((cursor, false));
            }
        }
    }

    /// Where sentences begin in a window, and how much of it stands.
    fn bounds(&self, cursor: &Cursor, plan: &Plan, row: usize, heads: &HeadBuffers) -> WindowBounds {
        let count = plan.tokens.len();
        let scores = self.heads.tag("sent", heads);
        let begins: Vec<bool> = (0..count)
            .map(|i| {
                let leaning = cursor.passage.leanings.get(plan.tokens.start + i).copied().unwrap_or(0.0);
                let found =
                    || scores.as_ref().is_some_and(|s| s.row(row + i)[1] + leaning > s.row(row + i)[0]);
                i == 0 || cursor.is_break(plan.tokens.start + i) || !cursor.passage.sentences_known && found()
            })
            .collect();
        let last = begins.iter().rposition(|&begins| begins).unwrap_or(0);
        let unfinished = !plan.whole;
        let (read, too_small, cut) = match (unfinished, last) {
            (false, _) => (count, false, false),
            (true, 0) => (count, !plan.most, plan.most),
            (true, last) => (last, false, false),
        };
        WindowBounds { begins, read, too_small, cut }
    }

    /// Tags and names of every token of the batch; heads are filled in later.
    fn tags(
        &self,
        planned: &[(Cursor, Plan)],
        windows: &[WindowBounds],
        buffers: &Buffers,
    ) -> Vec<TokenReading> {
        let mut tokens = Vec::with_capacity(buffers.batch.first.len());
        let scores = |name: &str| self.heads.tag(name, &buffers.heads);
        let (Some(upos), Some(xpos)) = (scores("upos"), scores("xpos")) else { return tokens };
        for (((_, plan), bounds), (_, rows)) in planned.iter().zip(windows).zip(&buffers.batch.windows) {
            let Some(names) = scores("names") else { return tokens };
            let names = self.names.best(&names.from(rows.start), plan.tokens.len(), |i| bounds.begins[i]);
            for (i, name) in names.into_iter().enumerate() {
                tokens.push(TokenReading {
                    head: i as u32,
                    attachment: 0.0,
                    relation: Choice { label: self.root as u8, confidence: 0.0 },
                    upos: upos.choose(rows.start + i, None),
                    xpos: xpos.choose(rows.start + i, None),
                    name,
                    begins_sentence: bounds.begins[i],
                });
            }
        }
        tokens
    }

    /// Attributions and rows of mentions of the tokens of a window that stand, in tokens of the passage.
    fn more(
        &self,
        (cursor, plan): &(Cursor, Plan),
        bounds: &WindowBounds,
        first: usize,
        tokens: &[TokenReading],
        buffers: &Buffers,
    ) -> (Vec<Attribution>, MentionRows) {
        let (start, words) = (plan.tokens.start, bounds.read);
        let mut attributions = Vec::new();
        let scores = self.heads.tag("attr", &buffers.heads);
        if let (Some(tags), Some(scores), Some((head, rows))) =
            (&self.attributions, scores, self.heads.link(&buffers.heads))
        {
            let passage = &cursor.passage.tokens[plan.tokens.clone()];
            let quoted = |range: &Range<usize>| stands_in_quotes(passage, range);
            attributions = tags.of_window(&scores.from(first), (head, rows, first), words, quoted);
            attributions.iter_mut().for_each(|a| shift(a, start));
        }
        let mentions = self.heads.coref(&buffers.heads).map(|coref| {
            let kept = |token: usize| self.mentions[usize::from(tokens[first + token].upos.label)];
            ties::rows_of_window(coref, first, start, words, kept)
        });
        (attributions, mentions.unwrap_or_default())
    }

    /// Trees and relations; heads as tokens of their window.
    fn trees(
        &self,
        planned: &[(Cursor, Plan)],
        windows: &[WindowBounds],
        tokens: &mut [TokenReading],
        buffers: &mut Buffers,
    ) {
        let mut heads: Vec<Option<u32>> = vec![None; tokens.len()];
        for ((_, bounds), (_, rows)) in planned.iter().zip(windows).zip(&buffers.batch.windows) {
            for sentence in bounds.sentences() {
                let place = rows.start + sentence.start..rows.start + sentence.end;
                let arcs = self.heads.arcs(place.clone(), &mut buffers.heads);
                let tree = best_tree(ArcScores { scores: arcs, words: sentence.len() });
                let width = sentence.len() + 1;
                for (i, head) in tree.into_iter().enumerate() {
                    let token = &mut tokens[place.start + i];
                    token.attachment = crate::heads::share(&arcs[i * width..][..width], head as usize);
                    if let Some(head) = head.checked_sub(1) {
                        token.head = sentence.start as u32 + head;
                        heads[place.start + i] = Some(place.start as u32 + head);
                    } else {
                        token.head = (sentence.start + i) as u32;
                    }
                }
            }
        }
        let scores = self.heads.relations(&heads, &mut buffers.heads);
        for (i, (token, head)) in tokens.iter_mut().zip(&heads).enumerate() {
            token.relation = match head {
                Some(_) => scores.choose(i, Some(self.root)),
                None => Choice {
                    label: self.root as u8,
                    confidence: crate::heads::share(scores.row(i), self.root),
                },
            };
        }
    }

    /// Takes over the tokens of a window that stand.
    fn accept(&self, tokens: &[TokenReading], plan: &Plan, reading: &mut PassageReading) {
        let start = plan.tokens.start as u32;
        let goes_on = reading.cuts.last() == Some(&start);
        let above = (0..reading.tokens.len()).rev().find(|&i| reading.tokens[i].head as usize == i);
        for (i, token) in tokens.iter().enumerate() {
            let mut token = TokenReading { head: start + token.head, ..*token };
            if goes_on && i == 0 {
                token.begins_sentence = false;
            }
            reading.tokens.push(token);
        }
        let first_end = tokens.iter().skip(1).position(|t| t.begins_sentence).map_or(tokens.len(), |p| p + 1);
        if let (true, Some(above)) = (goes_on, above) {
            for token in start..start + first_end as u32 {
                let place = &mut reading.tokens[token as usize];
                if place.head == token {
                    place.head = above as u32;
                    place.relation.label = self.continued as u8;
                }
            }
        }
    }
}

/// Where sentences begin in a window, and how much of it stands.
struct WindowBounds {
    begins: Vec<bool>,
    /// Tokens that stand; the others are read again.
    read: usize,
    /// No sentence ends in the window, and a larger one may be tried.
    too_small: bool,
    /// Even the largest window holds no end of a sentence.
    cut: bool,
}

impl WindowBounds {
    fn sentences(&self) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = (0..self.read).filter(|&i| self.begins[i]).collect();
        starts.push(self.read);
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }
}

/// Moves an attribution by `by` tokens.
pub(crate) fn shift(attribution: &mut Attribution, by: usize) {
    let moved = |r: &mut TokenRange| *r = TokenRange::new(r.start as usize + by, r.end as usize + by);
    attribution.cue.iter_mut().for_each(moved);
    attribution.sources.iter_mut().for_each(moved);
    attribution.contents.iter_mut().for_each(moved);
}

/// Adds those of a later window. A content without a cue at its very head goes on with what ended there before.
pub(super) fn join_attributions(all: &mut Vec<Attribution>, mut more: Vec<Attribution>, start: usize) {
    let start = start as u32;
    let goes_on = more.first().filter(|a| a.cue.is_none()).and_then(|a| a.contents.first()).copied();
    let open = all.iter_mut().flat_map(|a| &mut a.contents).find(|range| range.end == start && start > 0);
    if let (Some(next), Some(open)) = (goes_on.filter(|range| range.start == start), open) {
        open.end = next.end;
        more.remove(0);
    }
    all.append(&mut more);
}

/// Whether quotation marks stand at the head and the end of a range, inside it or just outside.
fn stands_in_quotes(tokens: &[&str], range: &Range<usize>) -> bool {
    let is_mark = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|t| matches!(*t, "\"" | "“" | "”" | "„" | "``" | "''" | "«" | "»"))
    };
    let head = is_mark(Some(range.start)) || is_mark(range.start.checked_sub(1));
    head && (is_mark(range.end.checked_sub(1)) || is_mark(Some(range.end)))
}
