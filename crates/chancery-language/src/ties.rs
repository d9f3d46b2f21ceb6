//! Which nouns, names and pronouns of an article may stand for the same: scores between tokens, across paragraphs.
//!
//! Each such token carries two short rows of bytes from the one pass of the encoder over its paragraph; what a pair scores is
//! their product, and a small table of what the two tokens are, whether their words match and how far apart they stand. This
//! module scores; whom a mention stands for is decided elsewhere.

use std::collections::BTreeMap;

use chancery_model::{Deprel, Doc, Tie, Upos};

use crate::encoder::isa::{Isa, for_each_isa};
use crate::encoder::kernel::Kernel;
use crate::encoder::lanes;
use crate::model_file::{ModelError, ModelFile};
use crate::pairs::{PairHead, PairRows};

/// Earlier tokens that are looked at for each token: as far as the reader saw in training.
const MAX_EARLIER: usize = 400;
/// Earlier tokens that are kept for each token.
const KEPT_EARLIER: usize = 8;
const KINDS: usize = 3;
const MATCHES: usize = 3;
const DISTANCES: usize = 8;

/// What the reader keeps of the nouns, names and pronouns of one passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MentionRows {
    /// The tokens, in order.
    pub(crate) tokens: Vec<u32>,
    /// For each, the score of standing for nothing before it.
    new: Vec<f32>,
    /// For each, what a step of its two rows is worth.
    steps: Vec<[f32; 2]>,
    /// For each, its row as a later mention, then its row as an earlier one.
    bytes: Vec<i8>,
}

impl MentionRows {
    /// Adds the token `at`, whose rows in the batch are those of `row`.
    pub(crate) fn push(&mut self, at: u32, head: &PairHead, rows: &PairRows, row: usize) {
        let (later, earlier) = (head.dependent(rows, row), head.head(rows, row));
        self.tokens.push(at);
        self.new.push(later.iter().zip(&head.root).map(|(a, b)| a * b).sum());
        let steps = [self.push_bytes(later), self.push_bytes(earlier)];
        self.steps.push(steps);
    }

    fn push_bytes(&mut self, row: &[f32]) -> f32 {
        let largest = row.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let (steps, step) = lanes::steps_for(largest);
        self.bytes.extend(row.iter().map(|x| (x * steps).round_ties_even() as i8));
        step
    }

    /// Adds what was read of a later part of the passage.
    pub(crate) fn append(&mut self, mut more: MentionRows) {
        self.tokens.append(&mut more.tokens);
        self.new.append(&mut more.new);
        self.steps.append(&mut more.steps);
        self.bytes.append(&mut more.bytes);
    }
}

/// The table beside the products.
pub(crate) struct TieTable {
    dim: usize,
    /// By what the later is, what the earlier is, how their words match, how far apart they stand.
    bias: Vec<f32>,
}

impl TieTable {
    /// From the file's head `coref`; `None` where it has none.
    pub(crate) fn load(file: &ModelFile) -> Result<Option<Self>, ModelError> {
        let Some(head) = file.header.heads.get("coref") else { return Ok(None) };
        let bias = file.floats("head.coref_bias", KINDS * KINDS * MATCHES * DISTANCES)?;
        Ok(Some(Self { dim: head.dim, bias }))
    }

    /// The ties of a whole `Doc`. `passages`: the first token of each and what was kept of it, in order.
    pub(crate) fn ties(
        &self,
        isa: Isa,
        text: &str,
        doc: &Doc,
        passages: &[(usize, &MentionRows)],
    ) -> Vec<Tie> {
        let mentions = self.mentions(text, doc, passages);
        let (mut ties, mut scores) = (Vec::with_capacity(mentions.len()), Vec::new());
        let earlier: Vec<i8> = mentions.iter().flat_map(|m| m.rows[self.dim..].iter().copied()).collect();
        for (at, mention) in mentions.iter().enumerate() {
            let first = at.saturating_sub(MAX_EARLIER);
            scores.resize(at - first, 0);
            let rows = &earlier[first * self.dim..at * self.dim];
            products(isa, &mention.rows[..self.dim], rows, &mut scores);
            let shown: Vec<f32> = (first..at)
                .zip(&scores)
                .map(|(e, &sum)| {
                    let other = &mentions[e];
                    sum as f32 * (mention.steps[0] * other.steps[1]) + self.bias(mention, other, at - e)
                })
                .collect();
            ties.push(tie(mention, &mentions[first..at], &shown));
        }
        ties
    }

    fn mentions<'a>(&self, text: &str, doc: &Doc, passages: &[(usize, &'a MentionRows)]) -> Vec<Mention<'a>> {
        let mut words = Words { text, doc, numbers: BTreeMap::new(), parts: name_parts(doc) };
        let mut mentions = Vec::new();
        for &(first, rows) in passages {
            for (i, &token) in rows.tokens.iter().enumerate() {
                let token = first as u32 + token;
                mentions.push(Mention {
                    token,
                    kind: kind_of(doc.tokens[token as usize].upos).unwrap_or(0),
                    word: words.number(token),
                    name: words.name(token),
                    new: rows.new[i],
                    steps: rows.steps[i],
                    rows: &rows.bytes[i * 2 * self.dim..][..2 * self.dim],
                });
            }
        }
        mentions
    }

    fn bias(&self, later: &Mention, earlier: &Mention, apart: usize) -> f32 {
        let matched = if later.word == earlier.word {
            1
        } else if later.name.iter().any(|word| earlier.name.contains(word)) {
            2
        } else {
            0
        };
        let distance = (apart.ilog2() as usize).min(DISTANCES - 1);
        self.bias[((later.kind * KINDS + earlier.kind) * MATCHES + matched) * DISTANCES + distance]
    }
}

/// A noun, a name or a pronoun of the article.
struct Mention<'a> {
    token: u32,
    kind: usize,
    word: u32,
    /// The words of the name that it heads.
    name: Vec<u32>,
    new: f32,
    steps: [f32; 2],
    rows: &'a [i8],
}

/// Folded words by number.
struct Words<'a> {
    text: &'a str,
    doc: &'a Doc,
    numbers: BTreeMap<String, u32>,
    parts: BTreeMap<u32, Vec<u32>>,
}

impl Words<'_> {
    fn number(&mut self, token: u32) -> u32 {
        let word = self.text[self.doc.tokens[token as usize].span.range()].to_lowercase();
        let next = self.numbers.len() as u32;
        *self.numbers.entry(word).or_insert(next)
    }

    fn name(&mut self, token: u32) -> Vec<u32> {
        if self.doc.tokens[token as usize].upos != Upos::Propn {
            return Vec::new();
        }
        let parts = self.parts.get(&token).cloned().unwrap_or_default();
        std::iter::once(token).chain(parts).map(|part| self.number(part)).collect()
    }
}

/// The proper nouns that hang on each proper noun as parts of its name.
fn name_parts(doc: &Doc) -> BTreeMap<u32, Vec<u32>> {
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, token) in (0..).zip(&doc.tokens) {
        let part = matches!(token.deprel, Deprel::Flat | Deprel::Compound | Deprel::Goeswith);
        if part && token.upos == Upos::Propn && token.head != at {
            parts.entry(token.head).or_default().push(at);
        }
    }
    parts
}

/// What a token is to the table; `None` for what stands for nobody and nothing.
pub(crate) fn kind_of(upos: Upos) -> Option<usize> {
    match upos {
        Upos::Noun => Some(0),
        Upos::Propn => Some(1),
        Upos::Pron => Some(2),
        _ => None,
    }
}

/// The shares of `earlier` and of nothing before, from their scores.
fn tie(mention: &Mention, earlier: &[Mention], scores: &[f32]) -> Tie {
    let largest = scores.iter().copied().fold(mention.new, f32::max);
    let new = lanes::exp(mention.new - largest);
    let parts: Vec<f32> = scores.iter().map(|score| lanes::exp(score - largest)).collect();
    let total = new + parts.iter().sum::<f32>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // The later one of two equals: it stands nearer.
    order.sort_by(|&a, &b| parts[b].total_cmp(&parts[a]).then(b.cmp(&a)));
    order.truncate(KEPT_EARLIER);
    Tie {
        token: mention.token,
        new: new / total,
        earlier: order.into_iter().map(|e| (earlier[e].token, parts[e] / total)).collect(),
    }
}

for_each_isa! {
    /// The products of one row with many.
    fn products(row: &[i8], rows: &[i8], out: &mut [i32]) = products_in::<K>
}

#[inline(always)]
fn products_in<K: Kernel>(row: &[i8], rows: &[i8], out: &mut [i32]) {
    for (other, out) in rows.chunks_exact(row.len()).zip(out) {
        *out = row.iter().zip(other).map(|(&a, &b)| i32::from(i16::from(a) * i16::from(b))).sum();
    }
}

/// The rows of the tokens of a window that stand for somebody or something; `kept` says which tokens do.
pub(crate) fn rows_of_window(
    (head, rows): (&PairHead, &PairRows),
    first: usize,
    start: usize,
    words: usize,
    kept: impl Fn(usize) -> bool,
) -> MentionRows {
    let mut out = MentionRows::default();
    for token in (0..words).filter(|&token| kept(token)) {
        out.push((start + token) as u32, head, rows, first + token);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::{Span, Token};
    use proptest::prelude::*;

    const DIM: usize = 16;

    /// A text of `words`, all of them pronouns, with rows drawn from `seed`.
    fn drawn(words: usize, seed: u64) -> (String, Doc, MentionRows) {
        let text = "it ".repeat(words);
        let mut doc = Doc::default();
        let mut rows = MentionRows::default();
        let mut state = seed;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 24) as f32 - 0.5
        };
        for at in 0..words {
            let mut token = Token::unread(Span::new(3 * at, 3 * at + 2), at as u32, true);
            token.upos = Upos::Pron;
            doc.tokens.push(token);
            rows.tokens.push(at as u32);
            rows.new.push(draw());
            let row: Vec<f32> = (0..DIM).map(|_| draw()).collect();
            let steps = [rows.push_bytes(&row), rows.push_bytes(&row)];
            rows.steps.push(steps);
        }
        (text, doc, rows)
    }

    fn table() -> TieTable {
        TieTable { dim: DIM, bias: vec![0.25; KINDS * KINDS * MATCHES * DISTANCES] }
    }

    proptest! {
        #[test]
        fn shares_are_shares_and_point_back(words in 0_usize..40, seed: u64) {
            let (text, doc, rows) = drawn(words, seed);
            let ties = table().ties(Isa::best(), &text, &doc, &[(0, &rows)]);
            prop_assert_eq!(ties.len(), words);
            for (at, tie) in ties.iter().enumerate() {
                prop_assert_eq!(tie.earlier.len(), at.min(KEPT_EARLIER));
                prop_assert!(tie.earlier.iter().all(|e| e.0 < tie.token && e.1 >= 0.0));
                prop_assert!(tie.earlier.windows(2).all(|pair| pair[0].1 >= pair[1].1));
                let total = tie.new + tie.earlier.iter().map(|e| e.1).sum::<f32>();
                prop_assert!(total < 1.0001 && (at > KEPT_EARLIER || total > 0.9999));
            }
            for isa in Isa::available() {
                prop_assert_eq!(&table().ties(isa, &text, &doc, &[(0, &rows)]), &ties);
            }
        }
    }

    #[test]
    fn no_further_back_than_the_limit() {
        let (text, doc, rows) = drawn(MAX_EARLIER + 3, 5);
        let ties = table().ties(Isa::best(), &text, &doc, &[(0, &rows)]);
        let last = ties.last().expect("a tie");
        assert!(last.earlier.iter().all(|e| e.0 >= 2));
        assert_eq!(table().ties(Isa::best(), "", &Doc::default(), &[]), []);
    }

    #[test]
    fn the_same_word_counts_for_more_than_a_shared_name_and_that_for_more_than_none() {
        let text = "Ann Brook , Brook , Ann";
        let mut doc = Doc::default();
        let mut at = 0;
        for (i, word) in text.split(' ').enumerate() {
            let mut token = Token::unread(Span::new(at, at + word.len()), i as u32, true);
            token.upos = if word == "," { Upos::Punct } else { Upos::Propn };
            doc.tokens.push(token);
            at += word.len() + 1;
        }
        (doc.tokens[1].head, doc.tokens[1].deprel) = (0, Deprel::Flat);
        let mut rows = MentionRows::default();
        for token in [0, 3, 5] {
            rows.tokens.push(token);
            rows.new.push(0.0);
            let steps = [rows.push_bytes(&[0.0; DIM]), rows.push_bytes(&[0.0; DIM])];
            rows.steps.push(steps);
        }
        let mut table = table();
        for (at, bias) in table.bias.iter_mut().enumerate() {
            *bias = [0.0, 4.0, 2.0][at / DISTANCES % MATCHES];
        }
        let ties = table.ties(Isa::best(), text, &doc, &[(0, &rows)]);
        let share = |tie: usize, token: u32| {
            ties[tie].earlier.iter().find(|e| e.0 == token).map_or(0.0, |e| e.1 / ties[tie].new)
        };
        assert!((share(1, 0) - 2_f32.exp()).abs() < 0.01);
        assert!((share(2, 0) - 4_f32.exp()).abs() < 0.1);
        assert!((share(2, 3) - 1.0).abs() < 0.01);
    }
}
