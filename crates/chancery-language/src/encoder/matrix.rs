//! A linear layer in bytes: weights packed for the kernels, rows of activations in bytes, the product with its scales.

use super::isa::for_each_isa;
use super::kernel::{BLOCKS, Kernel, LANES, Left, ROWS, Sums};
use super::lanes::{self, Gelu};
use super::vector::Vector;

const PANEL: usize = BLOCKS * LANES;

/// Rows of activations as bytes (128 for 0), each with the worth of one step.
#[derive(Default)]
pub(crate) struct ByteRows {
    pub(crate) bytes: Vec<u8>,
    pub(crate) steps: Vec<f32>,
    pub(crate) width: usize,
}

impl ByteRows {
    /// Room for `rows` rows of `width` numbers; what was there is lost.
    pub(crate) fn reset(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.bytes.resize(rows * width, 128);
        self.steps.resize(rows, 0.0);
    }

    pub(crate) fn rows(&self) -> usize {
        self.steps.len()
    }

    /// Takes over the rows `picked` of `all`.
    pub(crate) fn pick(&mut self, all: &ByteRows, picked: &[u32]) {
        self.reset(picked.len(), all.width);
        for (i, &row) in picked.iter().enumerate() {
            let row = row as usize;
            self.bytes[i * all.width..][..all.width]
                .copy_from_slice(&all.bytes[row * all.width..][..all.width]);
            self.steps[i] = all.steps[row];
        }
    }
}

/// A linear layer. Columns (outputs) are filled up to a multiple of sixteen with zeros.
pub(crate) struct Matrix {
    inputs: usize,
    columns: usize,
    /// By panel of 64 columns, by four inputs, by column, four numbers. The last panel may be narrower.
    packed: Vec<i8>,
    /// 128 times the sum of each column.
    corrections: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// From weights by output (`[outputs, inputs]`), one scale and one bias an output. `inputs` is a multiple of four.
    pub(crate) fn pack(weights: &[u8], inputs: usize, scale: &[f32], bias: &[f32]) -> Self {
        let outputs = scale.len();
        let columns = outputs.next_multiple_of(LANES);
        let mut packed = vec![0_i8; columns * inputs];
        let mut corrections = vec![0_i32; columns];
        for (panel, start) in (0..columns).step_by(PANEL).enumerate() {
            let width = (columns - start).min(PANEL);
            let panel = &mut packed[panel * PANEL * inputs..][..width * inputs];
            for (column, row) in weights[start * inputs..].chunks_exact(inputs).take(width).enumerate() {
                corrections[start + column] = 128 * row.iter().map(|&w| i32::from(w as i8)).sum::<i32>();
                for (four, place) in row.chunks_exact(4).zip(panel.chunks_exact_mut(width * 4)) {
                    let place = &mut place[column * 4..][..4];
                    for i in 0..4 {
                        place[i] = four[i] as i8;
                    }
                }
            }
        }
        let fill = |numbers: &[f32]| {
            let mut filled = numbers.to_vec();
            filled.resize(columns, 0.0);
            filled
        };
        Self { inputs, columns, packed, corrections, scale: fill(scale), bias: fill(bias) }
    }

    /// Outputs of a row, filled up to a multiple of sixteen.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

/// What is done to each sum before it is stored.
#[derive(Clone, Copy)]
pub(crate) enum Then<'a> {
    Store,
    /// GELU by polynomial.
    Gelu(&'a Gelu),
}

/// Which part of a product is wanted, and where it goes.
pub(crate) struct Product<'a> {
    pub(crate) left: &'a ByteRows,
    pub(crate) rows: std::ops::Range<usize>,
    pub(crate) matrix: &'a Matrix,
    /// Multiples of 64, or the end.
    pub(crate) columns: std::ops::Range<usize>,
    pub(crate) then: Then<'a>,
    /// One row of `columns.len()` numbers for each of `rows`.
    pub(crate) out: &'a mut [f32],
}

impl<'a> Product<'a> {
    /// All rows, all columns.
    pub(crate) fn whole(left: &'a ByteRows, matrix: &'a Matrix, out: &'a mut [f32]) -> Self {
        Self { left, rows: 0..left.rows(), matrix, columns: 0..matrix.columns, then: Then::Store, out }
    }
}

for_each_isa! {
    /// Computes a product.
    fn multiply(product: Product) = multiply_in::<K>
}

#[inline(always)]
fn multiply_in<K: Kernel>(product: Product) {
    let Product { left, rows, matrix, columns, then, out } = product;
    assert!(left.width == matrix.inputs && rows.end <= left.rows() && columns.end <= matrix.columns);
    assert!(columns.start.is_multiple_of(PANEL) && out.len() >= rows.len() * columns.len());
    let mut tile = [0; ROWS * PANEL];
    for start in columns.clone().step_by(PANEL) {
        let width = (columns.end - start).min(PANEL);
        let panel = &matrix.packed[start * matrix.inputs..][..width * matrix.inputs];
        for row in rows.clone().step_by(ROWS) {
            let taken = (rows.end - row).min(ROWS);
            let left_rows = Left::new(&left.bytes[row * left.width..], left.width, taken, left.width);
            K::bytes(
                left_rows,
                panel,
                matrix.inputs / 4,
                width / LANES,
                Sums { sums: &mut tile, stride: PANEL },
            );
            let steps = &left.steps[row..][..taken];
            let place = (row - rows.start) * columns.len() + start - columns.start;
            let (out, stride) = (&mut out[place..], columns.len());
            match then {
                Then::Store => finish::<K>(&tile, steps, matrix, start..start + width, out, stride, |x| x),
                Then::Gelu(gelu) => {
                    finish::<K>(&tile, steps, matrix, start..start + width, out, stride, |x| gelu.of(x));
                }
            }
        }
    }
}

/// From whole numbers to the layer's output: sum * step * scale + bias, in this order.
#[inline(always)]
fn finish<K: Kernel>(
    tile: &[i32],
    steps: &[f32],
    matrix: &Matrix,
    columns: std::ops::Range<usize>,
    out: &mut [f32],
    stride: usize,
    then: impl Fn(K::V) -> K::V,
) {
    let corrections = lanes::groups(&matrix.corrections[columns.clone()]);
    let (scale, bias) = (lanes::groups(&matrix.scale[columns.clone()]), lanes::groups(&matrix.bias[columns]));
    for (i, ((correction, scale), bias)) in corrections.iter().zip(scale).zip(bias).enumerate() {
        let (scale, bias) = (K::V::load(scale), K::V::load(bias));
        for (r, &step) in steps.iter().enumerate() {
            let sums = &lanes::groups(tile)[r * BLOCKS + i];
            let sums =
                if K::BIASED { K::V::load_difference(sums, correction) } else { K::V::load_whole(sums) };
            let x = sums.mul(K::V::splat(step)).mul(scale).add(bias);
            if let Some(out) = out[r * stride + i * LANES..].first_chunk_mut() {
                then(x).store(out);
            }
        }
    }
}

for_each_isa! {
    /// Turns rows of `width` numbers into bytes, from row `at` of `out` on.
    fn quantise_rows(rows: &[f32], width: usize, at: usize, out: &mut ByteRows) = quantise_rows_in::<K>
}

#[inline(always)]
fn quantise_rows_in<K: Kernel>(rows: &[f32], width: usize, at: usize, out: &mut ByteRows) {
    for (i, row) in rows.chunks_exact(width).enumerate() {
        let bytes = &mut out.bytes[(at + i) * width..][..width];
        out.steps[at + i] = lanes::quantise::<K::V>(row, bytes);
    }
}
