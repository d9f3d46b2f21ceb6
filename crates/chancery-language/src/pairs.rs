//! Heads that score pairs of tokens: what a token depends on, which cue its words belong to, whom it stands for.
//!
//! Two projections of each token and a form between them; what stands outside the pairs (the root, a cue elsewhere, somebody
//! new) is a row of its own. This module knows rows by number only.

use crate::encoder::isa::{Isa, for_each_isa};
use crate::encoder::kernel::Kernel;
use crate::encoder::lanes;
use crate::encoder::matrix::{ByteRows, Matrix, Product, multiply, quantise_rows};
use crate::model_file::{ModelError, ModelFile};

/// The weights of one such head.
pub(crate) struct PairHead {
    pub(crate) dim: usize,
    /// Where its two projections begin in a row of the joined layer.
    at: usize,
    bilinear: Matrix,
    pub(crate) root: Vec<f32>,
}

/// The rows of one batch of tokens: `dependents` are through the form, `heads` only projected.
#[derive(Default)]
pub(crate) struct PairRows {
    projected: Vec<f32>,
    dependents: Vec<f32>,
    heads: Vec<f32>,
}

impl PairHead {
    /// Its parts of the joined layer.
    pub(crate) fn parts(name: &str, dim: usize) -> [(String, usize); 2] {
        [(format!("head.{name}_dep"), dim), (format!("head.{name}_head"), dim)]
    }

    /// The head `name`, whose projections begin at the column `at`.
    pub(crate) fn load(file: &ModelFile, name: &str, dim: usize, at: usize) -> Result<Self, ModelError> {
        Ok(Self {
            dim,
            at,
            bilinear: file.matrix(&format!("head.{name}_bilinear"), dim, dim)?,
            root: file.floats(&format!("head.{name}_root"), dim)?,
        })
    }

    /// Computes the rows of all tokens from those of the joined layer.
    pub(crate) fn apply(
        &self,
        isa: Isa,
        joined: &[f32],
        columns: usize,
        leak: f32,
        bytes: &mut ByteRows,
        rows: &mut PairRows,
    ) {
        let tokens = joined.len() / columns;
        project(joined, columns, self.at..self.at + self.dim, leak, &mut rows.projected);
        project(joined, columns, self.at + self.dim..self.at + 2 * self.dim, leak, &mut rows.heads);
        bytes.reset(tokens, self.dim);
        quantise_rows(isa, &rows.projected, self.dim, 0, bytes);
        rows.dependents.resize(tokens * self.dim, 0.0);
        multiply(isa, Product::whole(bytes, &self.bilinear, &mut rows.dependents));
    }

    /// The dependent's row of a token.
    pub(crate) fn dependent<'a>(&self, rows: &'a PairRows, token: usize) -> &'a [f32] {
        &rows.dependents[token * self.dim..][..self.dim]
    }

    /// The head's row of a token.
    pub(crate) fn head<'a>(&self, rows: &'a PairRows, token: usize) -> &'a [f32] {
        &rows.heads[token * self.dim..][..self.dim]
    }

    /// Scores of consecutive tokens with each other: a row for each as dependent, the root first.
    pub(crate) fn among(&self, isa: Isa, rows: &PairRows, tokens: std::ops::Range<usize>, out: &mut [f32]) {
        let place = tokens.start * self.dim..tokens.end * self.dim;
        score_pairs(isa, &rows.dependents[place.clone()], &rows.heads[place], &self.root, out);
    }
}

/// Some columns of every row, with small slopes below zero.
pub(crate) fn project(
    joined: &[f32],
    columns: usize,
    place: std::ops::Range<usize>,
    leak: f32,
    out: &mut Vec<f32>,
) {
    out.clear();
    for row in joined.chunks_exact(columns) {
        out.extend(row[place.clone()].iter().map(|&x| if x > 0.0 { x } else { x * leak }));
    }
}

for_each_isa! {
    /// Scores of every dependent under the root (first column) and under every head.
    fn score_pairs(dependents: &[f32], heads: &[f32], root: &[f32], out: &mut [f32]) = score_pairs_in::<K>
}

#[inline(always)]
fn score_pairs_in<K: Kernel>(dependents: &[f32], heads: &[f32], root: &[f32], out: &mut [f32]) {
    let dim = root.len();
    let width = heads.len() / dim + 1;
    for (dependent, out) in dependents.chunks_exact(dim).zip(out.chunks_exact_mut(width)) {
        out[0] = lanes::dot::<K::V>(dependent, root);
        for (head, out) in heads.chunks_exact(dim).zip(&mut out[1..]) {
            *out = lanes::dot::<K::V>(dependent, head);
        }
    }
}
