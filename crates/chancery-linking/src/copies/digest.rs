//! An article as copies are told by it: its words block by block, and the fingerprints that other articles are found by.
//!
//! Fingerprints are hashes of [`SHINGLE`] words in a row, of which winnowing (Schleimer, Wilkerson and Aiken 2003) keeps the smallest of
//! every [`WINDOW`]: any [`SHINGLE`] + [`WINDOW`] - 1 words that two articles share in a row give them a fingerprint in common. Quoted
//! words give none, and neither do rows of usual words ("did not respond to a request for"): two outlets share those
//! without copying. A digest depends on its article alone.

use chancery_model::{Article, Block, BlockKind, Cite, Span};

use super::words::{Word, words};
use crate::Carried;

/// Words in a fingerprint.
pub(super) const SHINGLE: usize = 4;
/// Of so many fingerprints in a row, the smallest is kept.
const WINDOW: usize = 4;
/// What the words of a fingerprint must weigh together.
const TELLING: f32 = 1.2;
/// Words of an article that are looked at; what lies beyond is no news story.
pub(super) const MAX_WORDS: usize = 20_000;

/// An article's words and fingerprints.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// The words of all blocks, one after another.
    pub(super) words: Vec<Word>,
    /// The blocks, in page order: captions, then the body.
    pub(super) blocks: Vec<Stretch>,
    /// Fingerprints and the word each begins with, sorted, each fingerprint once.
    pub(super) prints: Vec<(u64, u32)>,
    /// Whether words beyond [`MAX_WORDS`] were left out.
    pub(super) is_cut: bool,
}

/// The words of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) place: Place,
    /// Index of the first word.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

/// Where a block's words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the article's text.
    Text,
    /// In a caption of the page.
    Caption(usize),
}

impl Digest {
    /// Looks at an article.
    pub fn of(carried: &Carried<'_>) -> Self {
        let mut digest = Self::default();
        for (at, caption) in carried.captions.iter().enumerate() {
            let all = Span::new(0, caption.words.len());
            digest.push(Place::Caption(at), words(&caption.words, all));
        }
        for block in body(carried.article) {
            let mut words = words(&carried.article.text, block.span);
            if block.kind == BlockKind::Quote {
                words.iter_mut().for_each(|word| word.quoted = true);
            }
            digest.push(Place::Text, words);
        }
        digest.prints = prints(&digest);
        digest
    }

    fn push(&mut self, place: Place, mut words: Vec<Word>) {
        let room = MAX_WORDS - self.words.len();
        self.is_cut |= words.len() > room;
        words.truncate(room);
        let start = self.words.len();
        self.words.extend(words);
        if self.words.len() > start {
            self.blocks.push(Stretch { place, start, end: self.words.len() });
        }
    }

    /// The block of a word.
    pub(super) fn block_of(&self, word: usize) -> usize {
        self.blocks.partition_point(|block| block.end <= word)
    }

    /// Words of the story itself.
    pub(super) fn text_words(&self) -> usize {
        let text = self.blocks.iter().filter(|block| block.place == Place::Text);
        text.map(|block| block.end - block.start).sum()
    }

    /// The words from `start` to before `end`, which lie in one block, as a cite.
    pub(super) fn cite(&self, carried: &Carried<'_>, start: usize, end: usize) -> Cite {
        let span = Span { start: self.words[start].span.start, end: self.words[end - 1].span.end };
        match self.blocks[self.block_of(start)].place {
            Place::Text => carried.article.cite(with_marks(&carried.article.text, span)),
            Place::Caption(at) => carried.captions[at].clone(),
        }
    }
}

/// The blocks that are told by: running text and cross-heads. An article without blocks is one.
fn body(article: &Article) -> Vec<Block> {
    let within = article.blocks.iter().filter(|block| article.body.covers(block.span));
    let found: Vec<Block> = within.copied().collect();
    if found.is_empty() {
        return vec![Block { kind: BlockKind::Paragraph, span: article.body }];
    }
    found
}

/// A passage ends with the mark that closes its last sentence, and begins with the quotation mark before its first word.
fn with_marks(text: &str, span: Span) -> Span {
    let closes = |c: char| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | ')' | '…' | ',');
    let rest = &text[span.end as usize..];
    let end = span.end as usize + (rest.len() - rest.trim_start_matches(closes).len());
    let opens = |c: char| matches!(c, '"' | '“' | '‘' | '(');
    let start = text[..span.start as usize].trim_end_matches(opens).len();
    Span::new(start, end)
}

impl Digest {
    /// The fingerprints that words have in every article in which they stand, whatever stands around them.
    pub(super) fn prints_of(&self, words: (usize, usize)) -> Vec<(u64, u32)> {
        prints_among(self, words.0 as u32..words.1 as u32)
    }
}

fn prints(digest: &Digest) -> Vec<(u64, u32)> {
    let text = digest.blocks.iter().filter(|block| block.place == Place::Text);
    prints_among(digest, text.flat_map(|block| block.start as u32..block.end as u32))
}

fn prints_among(digest: &Digest, words: impl Iterator<Item = u32>) -> Vec<(u64, u32)> {
    let own: Vec<u32> = words.filter(|word| !digest.words[*word as usize].quoted).collect();
    let shingles: Vec<Option<(u64, u32)>> =
        own.windows(SHINGLE).map(|words| Some((shingle(digest, words)?, words[0]))).collect();
    let windows = shingles.windows(WINDOW.min(shingles.len()).max(1));
    let mut prints: Vec<(u64, u32)> =
        windows.filter_map(|window| window.iter().flatten().min().copied()).collect();
    prints.sort_unstable();
    prints.dedup_by_key(|(print, _)| *print);
    prints
}

/// A hash of words in a row; nothing for usual ones.
fn shingle(digest: &Digest, at: &[u32]) -> Option<u64> {
    let words = || at.iter().map(|word| digest.words[*word as usize]);
    let telling: f32 = words().map(Word::weight).sum();
    let hash = words().fold(0_u64, |hash, word| mix(hash ^ u64::from(word.hash)));
    (telling >= TELLING).then_some(hash)
}

/// The finalizer of SplitMix64: every bit of the result depends on every bit of `x`.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
