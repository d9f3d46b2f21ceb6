//! Lists and rules as data: each file says what it lists, and carries its own yes and no examples.
//!
//! This crate knows nothing of pages, sentences or the record.

pub mod codebook;
pub mod containers;
pub mod countries;
pub mod cues;
pub mod fold;
pub mod frames;
mod hash;
pub mod lines;
pub mod names;
pub mod numbers;
pub mod people;
pub mod stances;
pub mod stem;
pub mod times;
pub mod tokens;
pub mod units;

/// In how many paragraphs of the training texts each word stands: a word, a tab, a count; `*` gives all paragraphs.
pub const PARAGRAPH_WORDS: &str = include_str!("../data/paragraph-words.tsv");
/// The weights of the cues of a seam: a cue, a tab, a weight.
pub const SEAM_WEIGHTS: &str = include_str!("../data/seam-weights.tsv");
/// How English words give their base forms: Penn tag, ending (`^` is the beginning of the word, `-` the empty ending), letters to cut,
/// letters to add (`-` for none).
pub const LEMMA_ENDINGS: &str = include_str!("../data/lemmas.tsv");
/// Verbs and nouns whose forms no ending gives: `v` or `n`, the base form, other forms.
pub const IRREGULAR_WORDS: &str = include_str!("../data/irregular.tsv");
/// What the signs weigh by which descriptions and pronouns find whom they mean: kind of mention, template, value, weight.
pub const COREFERENCE_WEIGHTS: &str = include_str!("../data/coreference.tsv");
