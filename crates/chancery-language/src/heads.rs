//! What the encoder's vectors say: tags, beginnings of sentences, names, arcs and relations, as scores and decisions.
//!
//! Every head works on the same vectors of one pass. This module knows labels by number only, and sentences as ranges.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::encoder::isa::Isa;
use crate::encoder::lanes;
use crate::encoder::matrix::{ByteRows, Matrix, Product, multiply, quantise_rows};
use crate::model_file::{HeadConfig, ModelError, ModelFile};
use crate::pairs::{PairHead, PairRows, project};

/// A decision and how sure the reader is of it, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Index of the label in [`crate::reader::Labels`].
    pub label: u8,
    /// The share that the label has of all labels.
    pub confidence: f32,
}

/// A layer of scores, a row for each token; `labels` of each row count, the rest is filling.
pub(crate) struct Scores<'a> {
    numbers: &'a [f32],
    stride: usize,
    labels: usize,
}

impl<'a> Scores<'a> {
    /// Rows that lie `stride` numbers apart, with `labels` scores each.
    pub(crate) fn new(numbers: &'a [f32], stride: usize, labels: usize) -> Self {
        Self { numbers, stride, labels }
    }

    pub(crate) fn row(&self, token: usize) -> &'a [f32] {
        &self.numbers[token * self.stride..][..self.labels]
    }

    /// The same scores with `token` as the first.
    pub(crate) fn from(&self, token: usize) -> Self {
        Self { numbers: &self.numbers[token * self.stride..], ..*self }
    }

    /// The best label of a token; `barred` cannot be chosen.
    pub(crate) fn choose(&self, token: usize, barred: Option<usize>) -> Choice {
        let row = self.row(token);
        let start = usize::from(barred == Some(0) && row.len() > 1);
        let mut best = start;
        for label in start + 1..row.len() {
            if Some(label) != barred && row[label] > row[best] {
                best = label;
            }
        }
        Choice { label: best as u8, confidence: share(row, best) }
    }
}

/// The share of one score among all, by the exponential.
pub(crate) fn share(row: &[f32], of: usize) -> f32 {
    let largest = row.iter().copied().fold(row[of], |a, b| if b > a { b } else { a });
    let mut total = 0.0;
    for score in row {
        total += lanes::exp(score - largest);
    }
    lanes::exp(row[of] - largest) / total
}

/// The weights of the heads.
pub(crate) struct Heads {
    isa: Isa,
    /// Tags, arcs and relations that start from the token's vector, as one layer.
    joined: Matrix,
    /// Where each tag head's scores stand in a row of `joined`.
    tags: BTreeMap<String, Range<usize>>,
    arc: PairHead,
    /// From the words of an attribution to the first word of its cue.
    link: Option<PairHead>,
    /// From a noun, name or pronoun to an earlier one that stands for the same.
    coref: Option<PairHead>,
    rel_dim: usize,
    /// Where the two projections for relations begin in a row of `joined`.
    rel_at: usize,
    rel_root: Vec<f32>,
    rel_out: Matrix,
    relations: usize,
    leak: f32,
}

/// The scores of one batch of tokens; buffers of one thread.
#[derive(Default)]
pub(crate) struct HeadBuffers {
    joined: Vec<f32>,
    rel: [Vec<f32>; 2],
    arc: PairRows,
    link: PairRows,
    coref: PairRows,
    bytes: ByteRows,
    arcs: Vec<f32>,
    relations: Vec<f32>,
}

const REL_DEP: usize = 0;
const REL_HEAD: usize = 1;

impl Heads {
    pub(crate) fn load(file: &ModelFile, isa: Isa) -> Result<Self, ModelError> {
        let hidden = file.header.config.hidden;
        let (mut parts, mut tags, mut at) = (Vec::new(), BTreeMap::new(), 0);
        for (name, head) in file.header.heads.iter().filter(|(_, head)| head.kind == "tag") {
            let labels = label_count(name, head)?;
            parts.push((format!("head.{name}"), labels));
            tags.insert(name.clone(), at..at + labels);
            at = (at + labels).next_multiple_of(16);
        }
        let (arc_dim, rel_dim) = (dim_of(file, "arc")?, dim_of(file, "rel")?);
        let arc_at = at;
        parts.extend(PairHead::parts("arc", arc_dim));
        parts.extend([("head.rel_dep".to_owned(), rel_dim), ("head.rel_head".to_owned(), rel_dim)]);
        let rel_at = arc_at + 2 * arc_dim;
        let mut at = rel_at + 2 * rel_dim;
        let mut optional = |name: &str| {
            if !file.header.heads.contains_key(name) {
                return Ok(None);
            }
            let dim = dim_of(file, name)?;
            parts.extend(PairHead::parts(name, dim));
            at += 2 * dim;
            PairHead::load(file, name, dim, at - 2 * dim).map(Some)
        };
        let (link, coref) = (optional("link")?, optional("coref")?);
        let relations = label_count("rel", &file.header.heads["rel"])?;
        Ok(Self {
            isa,
            joined: file.joined(&parts, hidden)?,
            tags,
            arc: PairHead::load(file, "arc", arc_dim, arc_at)?,
            link,
            coref,
            rel_dim,
            rel_at,
            rel_root: file.floats("head.rel_root", rel_dim)?,
            rel_out: file.matrix("head.rel_out", relations, 3 * rel_dim)?,
            relations,
            leak: file.header.config.leaky_relu,
        })
    }

    /// Computes what starts from the tokens' vectors; the getters of `buffers` read it.
    pub(crate) fn apply(&self, vectors: &ByteRows, buffers: &mut HeadBuffers) {
        let tokens = vectors.rows();
        let columns = self.joined.columns();
        let HeadBuffers { joined, rel, arc, link, coref, bytes, .. } = buffers;
        joined.resize(tokens * columns, 0.0);
        multiply(self.isa, Product::whole(vectors, &self.joined, joined));
        for (which, out) in rel.iter_mut().enumerate() {
            let start = self.rel_at + which * self.rel_dim;
            project(joined, columns, start..start + self.rel_dim, self.leak, out);
        }
        let pairs = [(Some(&self.arc), arc), (self.link.as_ref(), link), (self.coref.as_ref(), coref)];
        for (head, rows) in pairs {
            if let Some(head) = head {
                head.apply(self.isa, joined, columns, self.leak, bytes, rows);
            }
        }
    }

    /// The scores of a tag head.
    pub(crate) fn tag<'a>(&self, name: &str, buffers: &'a HeadBuffers) -> Option<Scores<'a>> {
        let place = self.tags.get(name)?;
        let stride = self.joined.columns();
        Some(Scores::new(&buffers.joined[place.start..], stride, place.len()))
    }

    /// The arc scores of one sentence: a row for each word, the root first.
    pub(crate) fn arcs<'a>(&self, sentence: Range<usize>, buffers: &'a mut HeadBuffers) -> &'a [f32] {
        let words = sentence.len();
        buffers.arcs.resize(words * (words + 1), 0.0);
        self.arc.among(self.isa, &buffers.arc, sentence, &mut buffers.arcs);
        &buffers.arcs
    }

    /// Where words of an attribution point, with the rows of this batch.
    pub(crate) fn link<'a>(&'a self, buffers: &'a HeadBuffers) -> Option<(&'a PairHead, &'a PairRows)> {
        self.link.as_ref().map(|head| (head, &buffers.link))
    }

    /// For whom a token stands, with the rows of this batch.
    pub(crate) fn coref<'a>(&'a self, buffers: &'a HeadBuffers) -> Option<(&'a PairHead, &'a PairRows)> {
        self.coref.as_ref().map(|head| (head, &buffers.coref))
    }

    /// The scores of every relation for each token with its head (`None` for the root).
    pub(crate) fn relations<'a>(&self, heads: &[Option<u32>], buffers: &'a mut HeadBuffers) -> Scores<'a> {
        let (dim, width) = (self.rel_dim, 3 * self.rel_dim);
        let mut rows = std::mem::take(&mut buffers.joined);
        rows.resize(heads.len() * width, 0.0);
        for (token, (&head, row)) in heads.iter().zip(rows.chunks_exact_mut(width)).enumerate() {
            let dependent = &buffers.rel[REL_DEP][token * dim..][..dim];
            let head = match head {
                Some(head) => &buffers.rel[REL_HEAD][head as usize * dim..][..dim],
                None => &self.rel_root,
            };
            for i in 0..dim {
                row[i] = dependent[i];
                row[dim + i] = head[i];
                row[2 * dim + i] = dependent[i] * head[i];
            }
        }
        buffers.bytes.reset(heads.len(), width);
        quantise_rows(self.isa, &rows, width, 0, &mut buffers.bytes);
        buffers.joined = rows;
        let columns = self.rel_out.columns();
        buffers.relations.resize(heads.len() * columns, 0.0);
        multiply(self.isa, Product::whole(&buffers.bytes, &self.rel_out, &mut buffers.relations));
        Scores::new(&buffers.relations, columns, self.relations)
    }
}

/// A choice is kept in one byte.
fn label_count(name: &str, head: &HeadConfig) -> Result<usize, ModelError> {
    match head.labels.len() {
        count @ 1..=256 => Ok(count),
        _ => Err(ModelError::unsupported(&format!("no labels, or more than 256, for `{name}`"))),
    }
}

fn dim_of(file: &ModelFile, name: &str) -> Result<usize, ModelError> {
    let dim = file.header.heads.get(name).map_or(0, |head| head.dim);
    if dim == 0 || dim > 4096 || !dim.is_multiple_of(16) {
        return Err(ModelError::unsupported(&format!("the width of `{name}`")));
    }
    Ok(dim)
}
