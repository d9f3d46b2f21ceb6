//! What the encoder's vectors say: tags, beginnings of sentences, names, arcs and relations, as scores and decisions.
//!
//! Every head works on the same vectors of one pass. This module knows labels by number only, and sentences as ranges.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::encoder::isa::{Isa, for_each_isa};
use crate::encoder::kernel::Kernel;
use crate::encoder::lanes;
use crate::encoder::matrix::{ByteRows, Matrix, Product, multiply, quantise_rows};
use crate::model_file::{HeadConfig, ModelError, ModelFile};

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
    arc_dim: usize,
    rel_dim: usize,
    /// Where the four projections for arcs and relations begin in a row of `joined`.
    projections: usize,
    arc_bilinear: Matrix,
    arc_root: Vec<f32>,
    rel_root: Vec<f32>,
    rel_out: Matrix,
    relations: usize,
    leak: f32,
}

/// The scores of one batch of tokens; buffers of one thread.
#[derive(Default)]
pub(crate) struct HeadBuffers {
    joined: Vec<f32>,
    projected: [Vec<f32>; 4],
    bytes: ByteRows,
    dependents: Vec<f32>,
    arcs: Vec<f32>,
    relations: Vec<f32>,
}

const ARC_DEP: usize = 0;
const ARC_HEAD: usize = 1;
const REL_DEP: usize = 2;
const REL_HEAD: usize = 3;

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
        for (name, dim) in
            [("arc_dep", arc_dim), ("arc_head", arc_dim), ("rel_dep", rel_dim), ("rel_head", rel_dim)]
        {
            parts.push((format!("head.{name}"), dim));
        }
        let relations = label_count("rel", &file.header.heads["rel"])?;
        Ok(Self {
            isa,
            joined: file.joined(&parts, hidden)?,
            tags,
            arc_dim,
            rel_dim,
            projections: at,
            arc_bilinear: file.matrix("head.arc_bilinear", arc_dim, arc_dim)?,
            arc_root: file.floats("head.arc_root", arc_dim)?,
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
        buffers.joined.resize(tokens * columns, 0.0);
        multiply(self.isa, Product::whole(vectors, &self.joined, &mut buffers.joined));
        let mut start = self.projections;
        for (which, dim) in [self.arc_dim, self.arc_dim, self.rel_dim, self.rel_dim].into_iter().enumerate() {
            let out = &mut buffers.projected[which];
            out.clear();
            for row in buffers.joined.chunks_exact(columns) {
                out.extend(row[start..start + dim].iter().map(|&x| if x > 0.0 { x } else { x * self.leak }));
            }
            start += dim;
        }
        buffers.bytes.reset(tokens, self.arc_dim);
        quantise_rows(self.isa, &buffers.projected[ARC_DEP], self.arc_dim, 0, &mut buffers.bytes);
        buffers.dependents.resize(tokens * self.arc_dim, 0.0);
        multiply(self.isa, Product::whole(&buffers.bytes, &self.arc_bilinear, &mut buffers.dependents));
    }

    /// The scores of a tag head.
    pub(crate) fn tag<'a>(&self, name: &str, buffers: &'a HeadBuffers) -> Option<Scores<'a>> {
        let place = self.tags.get(name)?;
        let stride = self.joined.columns();
        Some(Scores::new(&buffers.joined[place.start..], stride, place.len()))
    }

    /// The arc scores of one sentence: a row for each word, the root first.
    pub(crate) fn arcs<'a>(&self, sentence: Range<usize>, buffers: &'a mut HeadBuffers) -> &'a [f32] {
        let (words, dim) = (sentence.len(), self.arc_dim);
        buffers.arcs.resize(words * (words + 1), 0.0);
        let place = sentence.start * dim..sentence.end * dim;
        let dependents = &buffers.dependents[place.clone()];
        let heads = &buffers.projected[ARC_HEAD][place];
        score_arcs(self.isa, dependents, heads, &self.arc_root, &mut buffers.arcs);
        &buffers.arcs
    }

    /// The scores of every relation for each token with its head (`None` for the root).
    pub(crate) fn relations<'a>(&self, heads: &[Option<u32>], buffers: &'a mut HeadBuffers) -> Scores<'a> {
        let (dim, width) = (self.rel_dim, 3 * self.rel_dim);
        let mut rows = std::mem::take(&mut buffers.joined);
        rows.resize(heads.len() * width, 0.0);
        for (token, (&head, row)) in heads.iter().zip(rows.chunks_exact_mut(width)).enumerate() {
            let dependent = &buffers.projected[REL_DEP][token * dim..][..dim];
            let head = match head {
                Some(head) => &buffers.projected[REL_HEAD][head as usize * dim..][..dim],
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

for_each_isa! {
    /// Scores of every word under the root (first column) and under every other word.
    fn score_arcs(dependents: &[f32], heads: &[f32], root: &[f32], out: &mut [f32]) = score_arcs_in::<K>
}

#[inline(always)]
fn score_arcs_in<K: Kernel>(dependents: &[f32], heads: &[f32], root: &[f32], out: &mut [f32]) {
    let dim = root.len();
    let words = dependents.len() / dim;
    for (dependent, out) in dependents.chunks_exact(dim).zip(out.chunks_exact_mut(words + 1)) {
        out[0] = lanes::dot::<K::V>(dependent, root);
        for (head, out) in heads.chunks_exact(dim).zip(&mut out[1..]) {
            *out = lanes::dot::<K::V>(dependent, head);
        }
    }
}
