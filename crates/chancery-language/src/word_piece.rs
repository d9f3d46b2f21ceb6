//! Word pieces: how a token is spelled for the encoder, and how it is cased.
//!
//! The steps are those of models/README.md ("From tokens to pieces"), which follow BERT's uncased tokenizer (Devlin and
//! others 2019), token by token. This module does not split text into tokens.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::model_file::{Config, ModelError};

/// A longer token is one unknown piece.
const MAX_TOKEN_CHARS: usize = 100;

/// The vocabulary.
pub(crate) struct WordPieces {
    /// Pieces that begin a word.
    begin: HashMap<Box<str>, u32>,
    /// Pieces that go on with one, without their `##`.
    inner: HashMap<Box<str>, u32>,
    longest: usize,
    max_pieces: usize,
    unknown: u32,
    /// `[CLS]`: stands before every window.
    pub(crate) opening: u32,
    /// `[SEP]`: stands after every window, and before a sentence known to begin.
    pub(crate) bar: u32,
}

impl WordPieces {
    pub(crate) fn new(vocab: &[String], config: &Config) -> Result<Self, ModelError> {
        let mut begin = HashMap::with_capacity(vocab.len());
        let mut inner = HashMap::with_capacity(vocab.len() / 4);
        for (piece, id) in vocab.iter().zip(0_u32..) {
            match piece.strip_prefix("##").filter(|rest| !rest.is_empty()) {
                Some(rest) => inner.insert(Box::from(rest), id),
                None => begin.insert(Box::from(piece.as_str()), id),
            };
        }
        let special = |name: &str| {
            let missing = || ModelError::unsupported(&format!("a vocabulary without {name}"));
            begin.get(name).copied().ok_or_else(missing)
        };
        let (unknown, opening, bar) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        let longest = vocab.iter().map(String::len).max().unwrap_or(0);
        Ok(Self { begin, inner, longest, max_pieces: config.max_pieces, unknown, opening, bar })
    }

    /// Appends the pieces of `token`, one at least.
    pub(crate) fn push(&self, token: &str, pieces: &mut Vec<u32>) {
        let start = pieces.len();
        if token.chars().nth(MAX_TOKEN_CHARS).is_none() {
            let normal = normal(token);
            for word in words(&normal) {
                self.push_word(word, pieces);
                if pieces.len() - start >= self.max_pieces {
                    break;
                }
            }
        }
        pieces.truncate(start + self.max_pieces);
        if pieces.len() == start {
            pieces.push(self.unknown);
        }
    }

    /// The longest piece first. A word that the vocabulary cannot spell to its end is one unknown piece.
    fn push_word(&self, word: &str, pieces: &mut Vec<u32>) {
        let start = pieces.len();
        let mut at = 0;
        while at < word.len() {
            let table = if at == 0 { &self.begin } else { &self.inner };
            let mut end = word.len().min(at + self.longest);
            let found = loop {
                if end <= at {
                    break None;
                }
                if word.is_char_boundary(end)
                    && let Some(&id) = table.get(&word[at..end])
                {
                    break Some(id);
                }
                end -= 1;
            };
            let Some(id) = found else {
                pieces.truncate(start);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(id);
            at = end;
        }
    }
}

/// Lower case without accents, controls and white space.
fn normal(token: &str) -> String {
    if token.is_ascii() {
        let mut lower = token.to_ascii_lowercase();
        lower.retain(|c| !c.is_ascii_control() && c != ' ');
        return lower;
    }
    token.to_lowercase().nfd().filter(|&c| !is_dropped(c)).collect()
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FFFD}')
        || c.is_whitespace()
        || c.general_category() == GeneralCategory::Control
}

/// Whether the encoder takes the character as a word of its own.
fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    c.general_category_group() == GeneralCategoryGroup::Punctuation
        || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if is_mark(first) { first.len_utf8() } else { rest.find(is_mark).unwrap_or(rest.len()) };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// How a token is cased: an index into the header's `shapes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    Special = 0,
    Lower,
    Title,
    SingleUpper,
    Upper,
    Mixed,
    Digit,
    Other,
}

impl Shape {
    /// The header's names, in order.
    pub(crate) const NAMES: [&str; 8] =
        ["special", "lower", "title", "single-upper", "upper", "mixed", "digit", "other"];

    /// The shape of a token as written.
    pub(crate) fn of(token: &str) -> Self {
        if token.bytes().any(|b| b.is_ascii_digit()) {
            return Self::Digit;
        }
        let (mut letters, mut upper, mut first_upper) = (0_usize, 0_usize, false);
        for c in token.chars().filter(|&c| is_letter(c)) {
            let is_upper = c.is_uppercase();
            first_upper |= letters == 0 && is_upper;
            letters += 1;
            upper += usize::from(is_upper);
        }
        match (letters, upper) {
            (0, _) => Self::Other,
            (_, 0) => Self::Lower,
            (1, 1) => Self::SingleUpper,
            (l, u) if l == u => Self::Upper,
            (_, 1) if first_upper => Self::Title,
            _ => Self::Mixed,
        }
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.general_category_group() == GeneralCategoryGroup::Letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_file::ModelFile;
    use crate::test_model;

    fn spell(token: &str) -> String {
        let bytes = test_model::bytes();
        let file = ModelFile::open(&bytes).expect("a whole file");
        let vocab = &file.header.vocab;
        let mut pieces = Vec::new();
        WordPieces::new(vocab, &file.header.config).expect("the special pieces").push(token, &mut pieces);
        pieces.iter().map(|&id| vocab[id as usize].as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tokens_are_spelled() {
        let long = "a".repeat(101);
        let most = "b".repeat(100);
        for (token, pieces) in [
            ("The", "the"),
            ("planing", "plan ##ing"),
            ("PLAN", "plan"),
            ("Cát", "cat"),
            ("c\u{AD}a\u{200B}t", "cat"),
            ("cat-plan", "cat - plan"),
            ("cad", "c ##a ##d"),
            ("10:30", "[UNK] : [UNK]"),
            ("ж", "[UNK]"),
            ("cat—ж", "cat [UNK] [UNK]"),
            ("中文", "[UNK] [UNK]"),
            ("", "[UNK]"),
            ("\u{0}\t ", "[UNK]"),
            (&long, "[UNK]"),
            (&most, "b ##b ##b ##b ##b ##b"),
            ("!!!!!!!!!", "! ! ! ! ! !"),
        ] {
            assert_eq!(spell(token), pieces, "{token}");
        }
    }

    #[test]
    fn tokens_have_shapes() {
        for (token, shape) in [
            ("plan", Shape::Lower),
            ("don't", Shape::Lower),
            ("Kyiv", Shape::Title),
            ("Ümit", Shape::Title),
            ("I", Shape::SingleUpper),
            ("W.", Shape::SingleUpper),
            ("NATO", Shape::Upper),
            ("U.S.", Shape::Upper),
            ("McDonald", Shape::Mixed),
            ("iPad", Shape::Mixed),
            ("G20", Shape::Digit),
            ("—", Shape::Other),
            ("", Shape::Other),
            ("中", Shape::Lower),
            ("ǅ", Shape::Lower),
        ] {
            assert_eq!(Shape::of(token), shape, "{token}");
        }
    }
}
