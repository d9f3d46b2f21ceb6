//! Attention of one window: every piece looks at every piece of its own window, head by head.
//!
//! Queries, keys, values and weights enter the products as bytes, scaled by the largest of the head in the window, so the
//! sums are exact; only the exponentials between them are floating-point. Cost grows with the window's length for each
//! piece, and windows are short.

use super::isa::for_each_isa;
use super::kernel::{BLOCKS, Kernel, LANES, Left, ROWS, Sums};
use super::lanes;
use super::vector::{ROUND, Vector};

/// Numbers of one head.
pub(crate) const HEAD: usize = 32;
/// Pieces of one window, at most.
pub(crate) const MAX_PIECES: usize = 512;

const PANEL: usize = BLOCKS * LANES;
/// A weight of 1. Weights take two bytes: with one, a long flat row would lose its tail. 512 of them stay under 2^24.
const WHOLE_WEIGHT: f32 = 32_767.0;
/// Just under a half: taken from sixteenths and smaller parts, it turns rounding to the nearest into rounding down.
const NEARLY_HALF: f32 = 127.5 / 256.0;

/// Rows of numbers that lie `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Strided<'a> {
    pub(crate) numbers: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) rows: usize,
}

impl<'a> Strided<'a> {
    #[inline(always)]
    fn head(&self, row: usize, head: usize) -> &'a [f32] {
        &self.numbers[row * self.stride + head * HEAD..][..HEAD]
    }

    #[inline(always)]
    fn largest<V: Vector>(&self, head: usize) -> f32 {
        let mut largest = V::splat(0.0);
        for row in 0..self.rows {
            largest = lanes::largest(self.head(row, head), largest);
        }
        largest.largest()
    }
}

/// Buffers kept between calls.
#[derive(Default)]
pub(crate) struct AttentionBuffers {
    queries: Vec<u8>,
    keys: Vec<i8>,
    /// 128 times the sum of each key's numbers.
    key_sums: Vec<i32>,
    values: Vec<i8>,
    /// High bytes, then low bytes, a row for each query.
    weights: Vec<u8>,
    scores: Vec<i32>,
}

/// The parts of one window: as many keys as values; queries may be fewer. `1/sqrt(32)` is inside the queries.
#[derive(Clone, Copy)]
pub(crate) struct Attended<'a> {
    pub(crate) queries: Strided<'a>,
    pub(crate) keys: Strided<'a>,
    pub(crate) values: Strided<'a>,
    pub(crate) heads: usize,
}

for_each_isa! {
    /// Writes, for each query, the weighted sum of the values, `heads` times 32 numbers a row.
    fn attend(parts: Attended, buffers: &mut AttentionBuffers, out: &mut [f32]) = attend_in::<K>
}

#[inline(always)]
fn attend_in<K: Kernel>(parts: Attended, buffers: &mut AttentionBuffers, out: &mut [f32]) {
    let pieces = parts.keys.rows;
    assert!((1..=MAX_PIECES).contains(&pieces) && parts.values.rows == pieces);
    for head in 0..parts.heads {
        let query_step = pack_queries::<K::V>(&parts.queries, head, &mut buffers.queries);
        let key_step = pack_keys::<K::V>(&parts.keys, head, &mut buffers.keys, &mut buffers.key_sums);
        let (value_step, value_sums) = pack_values::<K::V>(&parts.values, head, &mut buffers.values);
        let steepness = query_step * key_step * std::f32::consts::LOG2_E;
        for from in (0..parts.queries.rows).step_by(ROWS) {
            let rows = (parts.queries.rows - from).min(ROWS);
            scores::<K>(buffers, from, rows, pieces);
            let weighed = weigh::<K>(buffers, rows, pieces, steepness);
            let (mut high, mut low) = ([0; ROWS * HEAD], [0; ROWS * HEAD]);
            let width = pieces.next_multiple_of(LANES);
            for (half, sums) in [&mut high, &mut low].into_iter().enumerate() {
                let weights = Left::new(&buffers.weights[half * ROWS * width..], width, rows, width);
                K::bytes(
                    weights,
                    &buffers.values,
                    pieces.div_ceil(4),
                    HEAD / LANES,
                    Sums { sums, stride: HEAD },
                );
            }
            for r in 0..rows {
                let out = &mut out[((from + r) * parts.heads + head) * HEAD..][..HEAD];
                let worth = K::V::splat(value_step / weighed[r]);
                for (i, out) in lanes::groups_mut(out).iter_mut().enumerate() {
                    let sums = |half: &[i32]| {
                        let group = &lanes::groups(half)[r * HEAD / LANES + i];
                        let less = &lanes::groups(&value_sums)[i];
                        if K::BIASED { K::V::load_whole(group) } else { K::V::load_difference(group, less) }
                    };
                    sums(&high).mul(K::V::splat(256.0)).add(sums(&low)).mul(worth).store(out);
                }
            }
        }
    }
}

/// Products of `rows` queries with every key, a row for each query.
#[inline(always)]
fn scores<K: Kernel>(buffers: &mut AttentionBuffers, from: usize, rows: usize, pieces: usize) {
    let padded = pieces.next_multiple_of(LANES);
    buffers.scores.resize(ROWS * padded, 0);
    let left = Left::new(&buffers.queries[from * HEAD..], HEAD, rows, HEAD);
    for start in (0..padded).step_by(PANEL) {
        let width = (padded - start).min(PANEL);
        let keys = &buffers.keys[start * HEAD..][..width * HEAD];
        let place = Sums { sums: &mut buffers.scores[start..], stride: padded };
        K::bytes(left, keys, HEAD / 4, width / LANES, place);
    }
}

/// From scores to weights: 2^((score - largest) * steepness), as whole numbers. Returns their sums.
#[inline(always)]
fn weigh<K: Kernel>(
    buffers: &mut AttentionBuffers,
    rows: usize,
    pieces: usize,
    steepness: f32,
) -> [f32; ROWS] {
    let padded = pieces.next_multiple_of(LANES);
    buffers.weights.resize(2 * ROWS * padded, 0);
    let biases = lanes::groups(&buffers.key_sums);
    let steepness = K::V::splat(steepness);
    let mut sums = [0.0; ROWS];
    for r in 0..rows {
        let scores = &mut buffers.scores[r * padded..][..padded];
        scores[pieces..].fill(i32::MIN);
        let score = |(group, bias)| {
            if K::BIASED { K::V::load_difference(group, bias) } else { K::V::load_whole(group) }
        };
        let scores = lanes::groups(scores);
        let mut largest = K::V::splat(i32::MIN as f32);
        for pair in scores.iter().zip(biases) {
            largest = score(pair).max(largest);
        }
        let largest = K::V::splat(largest.largest());
        let (high, low) = buffers.weights.split_at_mut(ROWS * padded);
        let (high, low) = (&mut high[r * padded..][..padded], &mut low[r * padded..][..padded]);
        let mut sum = K::V::splat(0.0);
        let places = lanes::groups_mut(high).iter_mut().zip(lanes::groups_mut(low));
        for (pair, (high, low)) in scores.iter().zip(biases).zip(places) {
            let below = score(pair).sub(largest).mul(steepness);
            let weight = whole(lanes::exp2(below).mul(K::V::splat(WHOLE_WEIGHT)));
            sum = sum.add(weight);
            let upper = whole(weight.mul(K::V::splat(1.0 / 256.0)).sub(K::V::splat(NEARLY_HALF)));
            store(upper, high);
            store(weight.sub(upper.mul(K::V::splat(256.0))), low);
        }
        // Whole numbers under 2^24: exact.
        sums[r] = sum.total();
        for (high, low) in high[pieces..].iter_mut().zip(&mut low[pieces..]) {
            sums[r] -= f32::from(*high) * 256.0 + f32::from(*low);
            (*high, *low) = (0, 0);
        }
    }
    sums
}

/// The nearest whole numbers.
#[inline(always)]
fn whole<V: Vector>(x: V) -> V {
    x.add(V::splat(ROUND)).sub(V::splat(ROUND))
}

/// Whole numbers from 0 to 255 as bytes, 0 for 0.
#[inline(always)]
fn store<V: Vector>(x: V, to: &mut [u8; LANES]) {
    // `store_bytes` writes 128 for 0.
    x.add(V::splat(ROUND + 128.0)).store_bytes(to);
}

#[inline(always)]
fn pack_queries<V: Vector>(queries: &Strided, head: usize, packed: &mut Vec<u8>) -> f32 {
    let (steps, step) = lanes::steps_for(queries.largest::<V>(head));
    packed.resize(queries.rows * HEAD, 0);
    for (row, packed) in packed.chunks_exact_mut(HEAD).enumerate() {
        lanes::in_steps::<V>(queries.head(row, head), steps, packed);
    }
    step
}

/// By panel of 64 keys (the last one narrower, a multiple of sixteen), by four numbers of the head, by key.
#[inline(always)]
fn pack_keys<V: Vector>(keys: &Strided, head: usize, packed: &mut Vec<i8>, sums: &mut Vec<i32>) -> f32 {
    let (steps, step) = lanes::steps_for(keys.largest::<V>(head));
    let padded = keys.rows.next_multiple_of(LANES);
    packed.resize(padded * HEAD, 0);
    sums.resize(padded, 0);
    for row in 0..padded {
        let mut bytes = [128; HEAD];
        if row < keys.rows {
            lanes::in_steps::<V>(keys.head(row, head), steps, &mut bytes);
        }
        let bytes = bytes.map(|b| (b ^ 0x80) as i8);
        sums[row] = 128 * bytes.iter().map(|&b| i32::from(b)).sum::<i32>();
        let start = row / PANEL * PANEL;
        let width = (padded - start).min(PANEL);
        let panel = packed[start * HEAD..][..width * HEAD].as_chunks_mut::<4>().0;
        let place = &mut panel[row - start..];
        for (i, four) in bytes.as_chunks::<4>().0.iter().enumerate() {
            place[i * width] = *four;
        }
    }
    step
}

/// By four pieces, by number of the head. Also what a product that takes 128 from each weight lacks, as whole numbers to be
/// taken away.
#[inline(always)]
fn pack_values<V: Vector>(values: &Strided, head: usize, packed: &mut Vec<i8>) -> (f32, [i32; HEAD]) {
    let (steps, step) = lanes::steps_for(values.largest::<V>(head));
    let mut sums = [0; HEAD];
    packed.resize(values.rows.next_multiple_of(4) * HEAD, 0);
    for (quad, packed) in packed.as_chunks_mut::<{ HEAD * 4 }>().0.iter_mut().enumerate() {
        let mut rows = [[128; HEAD]; 4];
        for (row, bytes) in (quad * 4..values.rows).zip(&mut rows) {
            lanes::in_steps::<V>(values.head(row, head), steps, bytes);
        }
        for i in 0..HEAD {
            for (r, row) in rows.iter().enumerate() {
                let byte = (row[i] ^ 0x80) as i8;
                packed[i * 4 + r] = byte;
                sums[i] -= 128 * i32::from(byte);
            }
        }
    }
    (step, sums)
}
