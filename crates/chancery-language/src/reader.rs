//! The learned reader: tokens in, tags, names and a tree for each sentence out.
//!
//! A passage (as a rule a paragraph) is read by itself: what it gives depends on its tokens and the weights alone, never on
//! what is read beside it, on the number of threads or on the machine. This module knows labels as the weights name them,
//! and nothing of offsets or of articles.

mod batch;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chancery_model::{Attribution, Upos};

use crate::Isa;
use crate::attributions::AttributionTags;
use crate::encoder::{Batch, Encoder, EncoderBuffers};
use crate::heads::{HeadBuffers, Heads};
use crate::memory::{Key, Memory, key_of};
use crate::model_file::ModelFile;
use crate::name_tags::NameTags;
use crate::ties::{self, MentionRows, TieTable};
use crate::windows::{Cursor, WindowLimits};
use crate::word_piece::{Shape, WordPieces};

pub(crate) use batch::shift;

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
mod tests;
