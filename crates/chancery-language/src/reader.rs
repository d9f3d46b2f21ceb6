//! The learned reader: tokens in, tags, names and a tree for each sentence out.
//!
//! A passage (as a rule a paragraph) is read by itself: what it gives depends on its tokens and the weights alone, never on
//! what is read beside it, on the number of threads or on the machine. This module knows labels as the weights name them,
//! and nothing of offsets or of articles.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chancery_model::{Attribution, TokenRange, Upos};

use crate::Isa;
use crate::attributions::AttributionTags;
use crate::encoder::{Batch, Encoder, EncoderBuffers};
use crate::heads::{HeadBuffers, Heads};
use crate::memory::{Key, Memory, key_of};
use crate::model_file::ModelFile;
use crate::name_tags::NameTags;
use crate::ties::{self, MentionRows, TieTable};
use crate::tree::{ArcScores, best_tree};
use crate::windows::{Cursor, Plan, WindowLimits};
use crate::word_piece::{Shape, WordPieces};

pub use crate::heads::Choice;
pub use crate::model_file::ModelError;

/// Word pieces that go through the encoder together, about.
const BATCH_PIECES: usize = 256;
/// Word pieces of the longest windows in training: places beyond were seen only before it, and cost 0.15 LAS on GUM dev.
const TRAINED_PIECES: usize = 188;
/// Word pieces of a window of given sentences.
const PACKED_PIECES: usize = 128;
/// Tokens that one thread takes at a time, about.
const SHARE_TOKENS: usize = 1024;

/// Tokens that are read as one context: a paragraph, or a document whose sentences are known.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// Words, clitics, numbers and marks in the conventions of the treebanks.
    pub tokens: &'a [&'a str],
    /// Tokens that are known to begin a sentence (the first of a paragraph, of a heading), in rising order.
    pub breaks: &'a [u32],
    /// Whether `breaks` are all the sentences there are. If not, the reader finds the others.
    pub sentences_known: bool,
    /// What rules say of a beginning at each token, as log-odds beside the reader's own; empty where they say nothing.
    pub leanings: &'a [f32],
}

/// What the reader says of one token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TokenReading {
    /// The token of the passage on which it depends; the root of a sentence names itself.
    pub head: u32,
    /// The share of that head among all.
    pub attachment: f32,
    /// Its relation to the head, of `labels.relations`.
    pub relation: Choice,
    /// Part of speech, of `labels.upos`.
    pub upos: Choice,
    /// Penn tag, of `labels.xpos`.
    pub xpos: Choice,
    /// B/I/O, of `labels.names`: every name begins with B and stays in one sentence.
    pub name: Choice,
    /// Whether a sentence begins here.
    pub begins_sentence: bool,
}

/// What the reader says of one passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PassageReading {
    /// One for each token.
    pub tokens: Vec<TokenReading>,
    /// Tokens before which a sentence was cut because it was too long to be read whole.
    pub cuts: Vec<u32>,
    /// Who said what, in tokens of the passage; none where the weights do not know it.
    pub attributions: Vec<Attribution>,
    /// What is kept of nouns, names and pronouns, to be compared across passages.
    pub mentions: MentionRows,
}

/// The labels that choices point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Parts of speech of Universal Dependencies.
    pub upos: Vec<String>,
    /// Penn tags.
    pub xpos: Vec<String>,
    /// B/I/O with the types of names.
    pub names: Vec<String>,
    /// Relations of Universal Dependencies.
    pub relations: Vec<String>,
}

/// The learned reader. Shared between threads as it is.
pub struct Reader {
    name: String,
    spelling: WordPieces,
    encoder: Encoder,
    heads: Heads,
    names: NameTags,
    attributions: Option<AttributionTags>,
    ties: Option<TieTable>,
    /// By part of speech, whether such a token can stand for somebody or something.
    mentions: Vec<bool>,
    labels: Labels,
    root: usize,
    /// The relation of a later part of a sentence that had to be cut.
    continued: usize,
    limits: WindowLimits,
    /// Buffers that no thread is using.
    buffers: Mutex<Vec<Buffers>>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Buffers {
    batch: Batch,
    encoder: EncoderBuffers,
    heads: HeadBuffers,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Reader {
    /// From the bytes of a file of weights, which is checked whole.
    ///
    /// # Errors
    /// When the file is of another kind or version, damaged or cut short.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::from_file(&ModelFile::open(bytes)?, Isa::best())
    }

    /// From the weights inside the program.
    ///
    /// # Errors
    /// When the program was built without weights.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_file(&ModelFile::open_embedded(crate::embedded_weights()?)?, Isa::best())
    }

    pub(crate) fn from_file(file: &ModelFile, isa: Isa) -> Result<Self, ModelError> {
        let header = &file.header;
        if header.config.shapes != Shape::NAMES {
            return Err(ModelError::unsupported("other shapes of tokens"));
        }
        let labels_of = |name: &str| {
            let missing = || ModelError::unsupported(&format!("no head `{name}`"));
            header.heads.get(name).map(|head| head.labels.clone()).ok_or_else(missing)
        };
        let labels = Labels {
            upos: labels_of("upos")?,
            xpos: labels_of("xpos")?,
            names: labels_of("names")?,
            relations: labels_of("rel")?,
        };
        let relation = |name: &str| labels.relations.iter().position(|label| label == name);
        let root = relation("root").ok_or_else(|| ModelError::unsupported("relations without `root`"))?;
        if labels_of("sent")?.len() != 2 {
            return Err(ModelError::unsupported("a head `sent` without two labels"));
        }
        let window = header.config.window;
        let limits = WindowLimits {
            usual: window.min(TRAINED_PIECES),
            packed: window.min(PACKED_PIECES),
            most: (2 * window).min(header.config.max_positions),
        };
        Ok(Self {
            name: header.name.clone(),
            spelling: WordPieces::new(&header.vocab, &header.config)?,
            encoder: Encoder::load(file, isa)?,
            heads: Heads::load(file, isa)?,
            names: NameTags::new(&labels.names),
            attributions: AttributionTags::load(file)?,
            ties: TieTable::load(file)?,
            mentions: labels.upos.iter().map(|l| Upos::parse(l).and_then(ties::kind_of).is_some()).collect(),
            root,
            continued: relation("parataxis").unwrap_or(root),
            labels,
            limits,
            buffers: Mutex::default(),
            memory: Mutex::default(),
        })
    }

    /// The name of the weights.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The set of instructions in use.
    pub fn isa(&self) -> Isa {
        self.encoder.isa()
    }

    /// The labels that choices point into.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Which tokens may stand for the same, if the weights know it.
    pub(crate) fn ties(&self) -> Option<&TieTable> {
        self.ties.as_ref()
    }

    /// Reads passages on several threads; one reading a passage, in their order.
    pub fn read_on(&self, passages: &[Passage], threads: usize) -> Vec<PassageReading> {
        let shares = shares(passages);
        let workers = threads.clamp(1, shares.len().max(1));
        if workers == 1 {
            return self.read(passages);
        }
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((share.start, self.read(&passages[share.clone()])));
            }
            done
        };
        let mut done: Vec<_> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            done
        });
        done.sort_by_key(|(start, _)| *start);
        done.into_iter().flat_map(|(_, readings)| readings).collect()
    }

    /// Reads passages on this thread; one reading a passage, in their order.
    pub fn read(&self, passages: &[Passage]) -> Vec<PassageReading> {
        let idle = self.buffers.lock().map(|mut idle| idle.pop());
        let mut buffers = idle.ok().flatten().unwrap_or_default();
        let mut readings: Vec<_> = passages.iter().map(|_| PassageReading::default()).collect();
        let mut waiting: VecDeque<(usize, Passage)> = passages.iter().copied().enumerate().collect();
        let mut begun: VecDeque<(Cursor, bool)> = VecDeque::new();
        while !waiting.is_empty() || !begun.is_empty() {
            let batch = self.gather(&mut waiting, &mut begun, &mut buffers.batch);
            self.read_batch(batch, &mut buffers, &mut begun, &mut readings);
        }
        if let Ok(mut idle) = self.buffers.lock() {
            idle.push(buffers);
        }
        readings
    }

    /// As [`Reader::read`], but what this reader has read before (and still remembers) is not computed again.
    pub fn read_once(&self, passages: &[Passage]) -> Vec<PassageReading> {
        let keys: Vec<Key> = passages.iter().map(key_of).collect();
        let mut known: BTreeMap<Key, PassageReading> = BTreeMap::new();
        if let Ok(memory) = self.memory.lock() {
            known.extend(keys.iter().filter_map(|key| Some((*key, memory.get(key)?))));
        }
        let mut seen: BTreeSet<Key> = known.keys().copied().collect();
        let (new_keys, new): (Vec<Key>, Vec<Passage>) =
            keys.iter().copied().zip(passages.iter().copied()).filter(|(key, _)| seen.insert(*key)).unzip();
        let readings = self.read(&new);
        if let Ok(mut memory) = self.memory.lock() {
            for (key, reading) in new_keys.iter().zip(&readings) {
                memory.keep(*key, reading);
            }
        }
        known.extend(new_keys.into_iter().zip(readings));
        keys.iter().map(|key| known.get(key).cloned().unwrap_or_default()).collect()
    }

    /// Fills a batch: passages already begun first.
    fn gather<'p>(
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
    fn read_batch<'p>(
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
fn join_attributions(all: &mut Vec<Attribution>, mut more: Vec<Attribution>, start: usize) {
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

/// Passages by the share of a thread.
fn shares(passages: &[Passage]) -> Vec<Range<usize>> {
    let (mut shares, mut start, mut tokens) = (Vec::new(), 0, 0);
    for (i, passage) in passages.iter().enumerate() {
        tokens += passage.tokens.len();
        if tokens >= SHARE_TOKENS || i + 1 == passages.len() {
            shares.push(start..i + 1);
            (start, tokens) = (i + 1, 0);
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_model;

    const TEXT: &str =
        "The cat sat on a mat . It was a fine day in Kyiv and nobody said a word about the plan , the end";

    fn reader(isa: Isa) -> Reader {
        let bytes = test_model::bytes();
        Reader::from_file(&ModelFile::open(&bytes).expect("a whole file"), isa).expect("a usable file")
    }

    /// Paragraphs of every length, from none to much longer than a window.
    fn paragraphs() -> Vec<Vec<&'static str>> {
        let words: Vec<&str> = TEXT.split(' ').collect();
        (0..70).map(|n| (0..n).map(|i| words[(i * 7 + n * n) % words.len()]).collect()).collect()
    }

    fn passage<'a>(tokens: &'a [&'a str]) -> Passage<'a> {
        Passage { tokens, breaks: &[], sentences_known: false, leanings: &[] }
    }

    /// Every token is read, every sentence has one root and no cycle, and no arc leaves its sentence.
    fn check_trees(reading: &PassageReading, tokens: usize) {
        assert_eq!(reading.tokens.len(), tokens);
        let mut starts: Vec<usize> = (0..tokens).filter(|&i| reading.tokens[i].begins_sentence).collect();
        assert!(tokens == 0 || starts.first() == Some(&0));
        starts.push(tokens);
        for pair in starts.windows(2) {
            let sentence = pair[0] as u32..pair[1] as u32;
            let head = |i: u32| reading.tokens[i as usize].head;
            assert_eq!(sentence.clone().filter(|&i| head(i) == i).count(), 1, "one root in {sentence:?}");
            for mut word in sentence.clone() {
                for _ in sentence.clone() {
                    word = head(word);
                    assert!(sentence.contains(&word));
                }
                assert_eq!(head(word), word, "a cycle");
            }
        }
    }

    #[test]
    fn the_same_in_any_company_on_any_number_of_threads() {
        let reader = reader(Isa::best());
        let texts = paragraphs();
        let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
        let alone: Vec<_> = passages.iter().flat_map(|p| reader.read(&[*p])).collect();
        assert_eq!(reader.read(&passages), alone);
        for threads in [1, 2, 3, 8] {
            assert_eq!(reader.read_on(&passages, threads), alone);
        }
        for (reading, text) in alone.iter().zip(&texts) {
            check_trees(reading, text.len());
        }
    }

    #[test]
    fn the_same_with_every_set_of_instructions() {
        let texts = paragraphs();
        let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
        let plain = reader(Isa::Portable).read(&passages);
        for isa in Isa::available() {
            assert_eq!(reader(isa).read(&passages), plain, "{isa:?}");
        }
    }

    #[test]
    fn what_is_remembered_equals_what_is_read_afresh() {
        let reader = reader(Isa::best());
        let texts = paragraphs();
        let mut passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
        passages.extend_from_within(10..20);
        let fresh = reader.read(&passages);
        assert_eq!(reader.read_once(&passages[30..50]), fresh[30..50]);
        assert_eq!(reader.read_once(&passages), fresh);
        assert_eq!(reader.read_once(&passages), fresh);
    }

    #[test]
    fn weights_of_the_grammar_alone_give_no_attributions_and_no_mentions() {
        let bytes = test_model::bytes_of_grammar_alone();
        let texts = paragraphs();
        let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
        let old = Reader::load(&bytes).expect("a usable file");
        let all = reader(Isa::best()).read(&passages);
        assert!(old.ties().is_none());
        for (old, new) in old.read(&passages).iter().zip(&all) {
            assert_eq!((&old.tokens, &old.cuts), (&new.tokens, &new.cuts));
            assert!(old.attributions.is_empty() && old.mentions == MentionRows::default());
        }
        assert!(all.iter().any(|r| !r.attributions.is_empty() && r.mentions != MentionRows::default()));
    }

    #[test]
    fn the_words_of_attributions_lie_in_the_passage_and_belong_to_one_each() {
        let reader = reader(Isa::best());
        for text in paragraphs() {
            let reading = &reader.read(&[passage(&text)])[0];
            let mut ranges: Vec<TokenRange> =
                reading.attributions.iter().flat_map(Attribution::ranges).collect();
            ranges.sort_unstable();
            assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{ranges:?}");
            assert!(ranges.iter().all(|r| !r.is_empty() && r.end as usize <= text.len()));
        }
    }

    #[test]
    fn content_that_runs_over_the_end_of_a_window_is_one() {
        let content = |start, end| Attribution {
            contents: vec![TokenRange::new(start, end)],
            ..Attribution::default()
        };
        let mut all = vec![content(2, 9)];
        join_attributions(&mut all, vec![content(9, 12), content(14, 15)], 9);
        assert_eq!(all, [content(2, 12), content(14, 15)]);
        join_attributions(&mut all, vec![content(20, 22)], 20);
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn known_sentences_are_kept() {
        let reader = reader(Isa::best());
        let tokens: Vec<&str> = TEXT.split(' ').cycle().take(200).collect();
        let breaks: Vec<u32> = (0..200).step_by(9).collect();
        let reading = &reader.read(&[Passage {
            tokens: &tokens,
            breaks: &breaks,
            sentences_known: true,
            leanings: &[],
        }])[0];
        check_trees(reading, tokens.len());
        let begins: Vec<u32> = (0..200).filter(|&i| reading.tokens[i as usize].begins_sentence).collect();
        assert_eq!(begins, breaks);
        assert!(reading.cuts.is_empty());
    }

    #[test]
    fn a_sentence_longer_than_any_window_is_cut_with_a_note_and_stays_one_tree() {
        let reader = reader(Isa::best());
        let tokens: Vec<&str> = TEXT.split(' ').cycle().take(300).collect();
        let reading =
            &reader.read(&[Passage { tokens: &tokens, breaks: &[0], sentences_known: true, leanings: &[] }])
                [0];
        check_trees(reading, tokens.len());
        assert!(!reading.cuts.is_empty());
        assert_eq!(reading.tokens.iter().filter(|t| t.begins_sentence).count(), 1);
    }

    #[test]
    fn odd_tokens_are_read() {
        let reader = reader(Isa::best());
        let long = "x".repeat(1_000_000);
        let tokens = ["", " ", "\u{0}", "\u{202E}", "שלום", "😀", "\u{FFFD}", &long, "\"", "\"", "ẞ", "İ"];
        check_trees(&reader.read(&[passage(&tokens)])[0], tokens.len());
    }

    #[test]
    fn breaks_outside_the_passage_do_no_harm() {
        let reading = &reader(Isa::best()).read(&[Passage {
            tokens: &["a"],
            breaks: &[0, 7],
            sentences_known: true,
            leanings: &[],
        }])[0];
        check_trees(reading, 1);
    }
}
