//! The encoder: from word pieces to one vector a token, in 8-bit whole numbers.
//!
//! One pass serves every head. Rows of several windows go through the products together, since a row's result depends on
//! the row alone; only attention looks across rows, and never outside its window. So the same window gives the same bytes
//! in any batch, on any number of threads, with any set of instructions. This module knows nothing of words or labels.

pub(crate) mod attention;
pub(crate) mod isa;
pub(crate) mod kernel;
pub(crate) mod lanes;
pub(crate) mod matrix;
pub(crate) mod vector;

use std::ops::Range;

use attention::{Attended, AttentionBuffers, HEAD, Strided, attend};
use isa::{Isa, for_each_isa};
use kernel::Kernel;
use lanes::Gelu;
use matrix::{ByteRows, Matrix, Product, Then, multiply, quantise_rows};

use crate::model_file::{ModelError, ModelFile, Words};

/// Rows that go through the wide middle of a layer at a time, so that it stays in the nearer caches.
const MIDDLE_ROWS: usize = 96;

/// The weights of the encoder.
pub(crate) struct Encoder {
    isa: Isa,
    embedding: Embedding,
    layers: Vec<Layer>,
    hidden: usize,
    heads: usize,
    gelu: Gelu,
}

struct Embedding {
    words: Words,
    scale: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
}

pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

struct Layer {
    qkv: Matrix,
    attn_out: Matrix,
    attn_norm: Norm,
    ffn_in: Matrix,
    ffn_out: Matrix,
    ffn_norm: Norm,
}

/// Windows that are read together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Word pieces of all windows.
    pub(crate) ids: Vec<u32>,
    /// The casing of each piece.
    pub(crate) shapes: Vec<u8>,
    /// Rows of `ids` whose vectors are wanted: the first piece of each token.
    pub(crate) first: Vec<u32>,
    /// Each window's pieces and its part of `first`.
    pub(crate) windows: Vec<(Range<usize>, Range<usize>)>,
}

/// Buffers of one thread, kept between batches.
#[derive(Default)]
pub(crate) struct EncoderBuffers {
    rows: Vec<f32>,
    bytes: ByteRows,
    first_bytes: ByteRows,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    queries: Vec<f32>,
    context: ByteRows,
    middle: ByteRows,
    attention: AttentionBuffers,
}

impl Encoder {
    pub(crate) fn load(file: &ModelFile, isa: Isa) -> Result<Self, ModelError> {
        let config = &file.header.config;
        if config.hidden != config.heads * HEAD || config.max_positions > attention::MAX_PIECES {
            return Err(ModelError::unsupported(
                "heads of another width than 32, or more than 512 positions",
            ));
        }
        let epsilon = config.layer_norm_eps;
        let embedding = Embedding {
            words: file.words("embed.word", config.vocab, config.hidden)?,
            scale: file.floats("embed.word.scale", config.vocab)?,
            positions: file.floats("embed.position", config.max_positions * config.hidden)?,
            shapes: file.floats("embed.shape", config.shapes.len() * config.hidden)?,
            norm: Norm::load(file, "embed.norm", config.hidden, epsilon)?,
        };
        let layers = (0..config.layers).map(|i| Layer::load(file, i)).collect::<Result<_, _>>()?;
        Ok(Self { isa, embedding, layers, hidden: config.hidden, heads: config.heads, gelu: config.gelu() })
    }

    pub(crate) fn isa(&self) -> Isa {
        self.isa
    }

    /// The vectors of the pieces `batch.first`, as floats and as bytes.
    pub(crate) fn encode<'b>(
        &self,
        batch: &Batch,
        buffers: &'b mut EncoderBuffers,
    ) -> (&'b [f32], &'b ByteRows) {
        self.embed(batch, buffers);
        for (i, layer) in self.layers.iter().enumerate() {
            let last = i + 1 == self.layers.len();
            self.attention_of(layer, batch, last, buffers);
            self.feed_forward(layer, buffers);
        }
        (&buffers.rows, &buffers.bytes)
    }

    fn embed(&self, batch: &Batch, buffers: &mut EncoderBuffers) {
        let e = &self.embedding;
        buffers.rows.resize(batch.ids.len() * self.hidden, 0.0);
        buffers.bytes.reset(batch.ids.len(), self.hidden);
        for (pieces, _) in &batch.windows {
            for (position, piece) in pieces.clone().enumerate() {
                let id = batch.ids[piece] as usize;
                let word = e.words.row(id, self.hidden);
                let place = &e.positions[position * self.hidden..][..self.hidden];
                let shape = &e.shapes[usize::from(batch.shapes[piece]) * self.hidden..][..self.hidden];
                let row = &mut buffers.rows[piece * self.hidden..][..self.hidden];
                for i in 0..row.len() {
                    row[i] = f32::from(word[i] as i8) * e.scale[id] + place[i] + shape[i];
                }
            }
        }
        normalise(self.isa, &mut buffers.rows, None, &e.norm, 0, &mut buffers.bytes);
    }

    /// Attention with its residual and norm. In the last layer only the first pieces of tokens ask, and only they remain.
    fn attention_of(&self, layer: &Layer, batch: &Batch, last: bool, buffers: &mut EncoderBuffers) {
        let (pieces, hidden) = (batch.ids.len(), self.hidden);
        let b = buffers;
        let from = if last { hidden } else { 0 };
        let stride = 3 * hidden - from;
        b.wide.resize(pieces * stride, 0.0);
        let columns = from..3 * hidden;
        let product = Product { columns, ..Product::whole(&b.bytes, &layer.qkv, &mut b.wide) };
        multiply(self.isa, product);
        let asking = if last { batch.first.len() } else { pieces };
        if last {
            b.first_bytes.pick(&b.bytes, &batch.first);
            b.queries.resize(asking * hidden, 0.0);
            let product =
                Product { columns: 0..hidden, ..Product::whole(&b.first_bytes, &layer.qkv, &mut b.queries) };
            multiply(self.isa, product);
            keep_rows(&mut b.rows, hidden, &batch.first);
        }
        b.narrow.resize(asking * hidden, 0.0);
        for (pieces, first) in &batch.windows {
            let asking = if last { first.clone() } else { pieces.clone() };
            let part = |column: usize| Strided {
                numbers: &b.wide[pieces.start * stride + column - from..],
                stride,
                rows: pieces.len(),
            };
            let queries = if last {
                Strided { numbers: &b.queries[asking.start * hidden..], stride: hidden, rows: asking.len() }
            } else {
                part(0)
            };
            let parts = Attended { queries, keys: part(hidden), values: part(2 * hidden), heads: self.heads };
            let out = &mut b.narrow[asking.start * hidden..asking.end * hidden];
            attend(self.isa, parts, &mut b.attention, out);
        }
        b.context.reset(asking, hidden);
        quantise_rows(self.isa, &b.narrow, hidden, 0, &mut b.context);
        multiply(self.isa, Product::whole(&b.context, &layer.attn_out, &mut b.narrow));
        b.bytes.reset(asking, hidden);
        normalise(self.isa, &mut b.rows, Some(&b.narrow), &layer.attn_norm, 0, &mut b.bytes);
    }

    /// The two wide products of a layer, some rows at a time, with residual and norm.
    fn feed_forward(&self, layer: &Layer, b: &mut EncoderBuffers) {
        let (rows, hidden, wide) = (b.bytes.rows(), self.hidden, layer.ffn_in.columns());
        for start in (0..rows).step_by(MIDDLE_ROWS) {
            let taken = start..rows.min(start + MIDDLE_ROWS);
            let count = taken.len();
            b.wide.resize(b.wide.len().max(count * wide), 0.0);
            let out = &mut b.wide[..count * wide];
            multiply(
                self.isa,
                Product {
                    left: &b.bytes,
                    rows: taken.clone(),
                    matrix: &layer.ffn_in,
                    columns: 0..wide,
                    then: Then::Gelu(&self.gelu),
                    out,
                },
            );
            b.middle.reset(count, wide);
            quantise_rows(self.isa, &b.wide[..count * wide], wide, 0, &mut b.middle);
            multiply(self.isa, Product::whole(&b.middle, &layer.ffn_out, &mut b.narrow));
            let residual = &b.narrow[..count * hidden];
            let place = &mut b.rows[taken.start * hidden..taken.end * hidden];
            normalise(self.isa, place, Some(residual), &layer.ffn_norm, start, &mut b.bytes);
        }
    }
}

/// Keeps the rows `picked` (rising) and drops the others.
fn keep_rows(rows: &mut Vec<f32>, width: usize, picked: &[u32]) {
    for (i, &row) in picked.iter().enumerate() {
        let row = row as usize;
        rows.copy_within(row * width..(row + 1) * width, i * width);
    }
    rows.truncate(picked.len() * width);
}

for_each_isa! {
    /// Adds `more` to the rows, norms them, and writes them as bytes from row `at` of `out` on.
    fn normalise(rows: &mut [f32], more: Option<&[f32]>, norm: &Norm, at: usize, out: &mut ByteRows) = normalise_in::<K>
}

#[inline(always)]
fn normalise_in<K: Kernel>(
    rows: &mut [f32],
    more: Option<&[f32]>,
    norm: &Norm,
    at: usize,
    out: &mut ByteRows,
) {
    let width = norm.weight.len();
    for (i, row) in rows.chunks_exact_mut(width).enumerate() {
        let more = more.map(|more| &more[i * width..][..width]);
        lanes::norm::<K::V>(row, more, &norm.weight, &norm.bias, norm.epsilon);
        out.steps[at + i] = lanes::quantise::<K::V>(row, &mut out.bytes[(at + i) * width..][..width]);
    }
}

impl Norm {
    fn load(file: &ModelFile, name: &str, width: usize, epsilon: f32) -> Result<Self, ModelError> {
        let weight = file.floats(&format!("{name}.weight"), width)?;
        Ok(Self { weight, bias: file.floats(&format!("{name}.bias"), width)?, epsilon })
    }
}

impl Layer {
    fn load(file: &ModelFile, index: usize) -> Result<Self, ModelError> {
        let config = &file.header.config;
        let (hidden, ffn) = (config.hidden, config.ffn);
        let name = |part: &str| format!("layer.{index}.{part}");
        Ok(Self {
            qkv: file.matrix(&name("qkv"), 3 * hidden, hidden)?,
            attn_out: file.matrix(&name("attn_out"), hidden, hidden)?,
            attn_norm: Norm::load(file, &name("attn_norm"), hidden, config.layer_norm_eps)?,
            ffn_in: file.matrix(&name("ffn_in"), ffn, hidden)?,
            ffn_out: file.matrix(&name("ffn_out"), hidden, ffn)?,
            ffn_norm: Norm::load(file, &name("ffn_norm"), hidden, config.layer_norm_eps)?,
        })
    }
}
