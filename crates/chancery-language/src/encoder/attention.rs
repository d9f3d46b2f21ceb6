//! Attention of one window: every piece looks at every piece of its own window, head by head.
//!
//! Queries, keys, values and weights enter the products as 16-bit whole numbers, scaled by the largest of the window, so
//! the sums are exact; only the exponentials between them are floating-point. Cost grows with the window's length for each
//! piece, and windows are short.

use super::isa::for_each_isa;
use super::kernel::{BLOCKS, Kernel, LANES, Left, ROWS, Tile};
use super::lanes;
use super::vector::{ROUND, Vector};

/// Numbers of one head.
pub(crate) const HEAD: usize = 32;
/// Pieces of one window, at most: more could overflow the sums.
pub(crate) const MAX_PIECES: usize = 512;

const PANEL: usize = BLOCKS * LANES;
/// 32 products of two such numbers stay under 2^31.
const QUERY_STEPS: f32 = 8191.0;
/// 512 products of a weight and a value stay under 2^31.
const WEIGHT_STEPS: f32 = 4095.0;
const VALUE_STEPS: f32 = 1023.0;

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
    queries: Vec<i16>,
    keys: Vec<i16>,
    values: Vec<i16>,
    weights: Vec<i16>,
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
        let key_step = pack_keys::<K::V>(&parts.keys, head, &mut buffers.keys);
        let value_step = pack_values::<K::V>(&parts.values, head, &mut buffers.values);
        let steepness = query_step * key_step * std::f32::consts::LOG2_E;
        for from in (0..parts.queries.rows).step_by(ROWS) {
            let rows = (parts.queries.rows - from).min(ROWS);
            scores::<K>(buffers, from, rows, pieces);
            let sums = weigh::<K::V>(&mut buffers.scores, rows, pieces, steepness, &mut buffers.weights);
            let mut tile: Tile = [0; _];
            let width = pieces.next_multiple_of(LANES);
            let weights = Left::new(&buffers.weights, width, rows, width);
            K::words(weights, &buffers.values, pieces.div_ceil(2), HEAD / LANES, &mut tile);
            for r in 0..rows {
                let out = &mut out[((from + r) * parts.heads + head) * HEAD..][..HEAD];
                let worth = K::V::splat(value_step / sums[r]);
                let sums = lanes::groups(&tile[r * PANEL..][..HEAD]);
                for (out, sums) in lanes::groups_mut(out).iter_mut().zip(sums) {
                    K::V::load_whole(sums).mul(worth).store(out);
                }
            }
        }
    }
}

/// Products of `rows` queries with every key, by panel of 64 keys.
#[inline(always)]
fn scores<K: Kernel>(buffers: &mut AttentionBuffers, from: usize, rows: usize, pieces: usize) {
    let padded = pieces.next_multiple_of(LANES);
    buffers.scores.resize(padded.div_ceil(PANEL) * ROWS * PANEL, 0);
    let left = Left::new(&buffers.queries[from * HEAD..], HEAD, rows, HEAD);
    let tiles = buffers.scores.chunks_exact_mut(ROWS * PANEL);
    for (start, tile) in (0..padded).step_by(PANEL).zip(tiles) {
        let width = (padded - start).min(PANEL);
        let keys = &buffers.keys[start * HEAD..][..width * HEAD];
        if let Ok(tile) = tile.try_into() {
            K::words(left, keys, HEAD / 2, width / LANES, tile);
        }
    }
}

/// From scores to weights: 2^((score - largest) * steepness), as whole numbers of 1/4095. Returns their sums.
#[inline(always)]
fn weigh<V: Vector>(
    scores: &mut [i32],
    rows: usize,
    pieces: usize,
    steepness: f32,
    weights: &mut Vec<i16>,
) -> [f32; ROWS] {
    let padded = pieces.next_multiple_of(LANES);
    weights.resize(ROWS * padded, 0);
    let mut sums = [0.0; ROWS];
    for r in 0..rows {
        for column in pieces..padded {
            scores[column / PANEL * ROWS * PANEL + r * PANEL + column % PANEL] = i32::MIN;
        }
        let mut largest = V::load_whole(group_of(scores, r, 0));
        for group in 1..padded / LANES {
            largest = largest.max(V::load_whole(group_of(scores, r, group)));
        }
        let largest = V::splat(largest.largest());
        let weights = &mut weights[r * padded..][..padded];
        let mut sum = V::splat(0.0);
        for (i, weights) in lanes::groups_mut(weights).iter_mut().enumerate() {
            let below = V::load_whole(group_of(scores, r, i)).sub(largest);
            let weight =
                lanes::exp2(below.mul(V::splat(steepness))).mul(V::splat(WEIGHT_STEPS)).add(V::splat(ROUND));
            weight.store_words(weights);
            sum = sum.add(weight.sub(V::splat(ROUND)));
        }
        // Whole numbers under 2^24: exact.
        sums[r] = sum.total();
        for weight in &mut weights[pieces..] {
            sums[r] -= f32::from(*weight);
            *weight = 0;
        }
    }
    sums
}

#[inline(always)]
fn group_of(scores: &[i32], row: usize, group: usize) -> &[i32; LANES] {
    &lanes::groups(scores)[(group / BLOCKS * ROWS + row) * BLOCKS + group % BLOCKS]
}

#[inline(always)]
fn steps_for(largest: f32, steps: f32) -> (f32, f32) {
    if largest > 0.0 { (steps / largest, largest / steps) } else { (0.0, 0.0) }
}

#[inline(always)]
fn pack_queries<V: Vector>(queries: &Strided, head: usize, packed: &mut Vec<i16>) -> f32 {
    let (times, step) = steps_for(queries.largest::<V>(head), QUERY_STEPS);
    packed.resize(queries.rows * HEAD, 0);
    for (row, packed) in packed.chunks_exact_mut(HEAD).enumerate() {
        lanes::words::<V>(queries.head(row, head), times, packed);
    }
    step
}

/// By panel of 64 keys (the last one narrower, a multiple of sixteen), by two numbers of the head, by key.
#[inline(always)]
fn pack_keys<V: Vector>(keys: &Strided, head: usize, packed: &mut Vec<i16>) -> f32 {
    let (times, step) = steps_for(keys.largest::<V>(head), QUERY_STEPS);
    let padded = keys.rows.next_multiple_of(LANES);
    packed.resize(padded * HEAD, 0);
    for row in 0..padded {
        let mut whole = [0; HEAD];
        if row < keys.rows {
            lanes::words::<V>(keys.head(row, head), times, &mut whole);
        }
        let start = row / PANEL * PANEL;
        let width = (padded - start).min(PANEL);
        let panel = packed[start * HEAD..][..width * HEAD].as_chunks_mut::<2>().0;
        let place = &mut panel[row - start..];
        for (i, pair) in whole.as_chunks::<2>().0.iter().enumerate() {
            place[i * width] = *pair;
        }
    }
    step
}

/// By two pieces, by number of the head.
#[inline(always)]
fn pack_values<V: Vector>(values: &Strided, head: usize, packed: &mut Vec<i16>) -> f32 {
    let (times, step) = steps_for(values.largest::<V>(head), VALUE_STEPS);
    packed.resize(values.rows.div_ceil(2) * HEAD * 2, 0);
    for (pair, packed) in packed.as_chunks_mut::<{ HEAD * 2 }>().0.iter_mut().enumerate() {
        let (mut first, mut second) = ([0; HEAD], [0; HEAD]);
        lanes::words::<V>(values.head(pair * 2, head), times, &mut first);
        if pair * 2 + 1 < values.rows {
            lanes::words::<V>(values.head(pair * 2 + 1, head), times, &mut second);
        }
        for i in 0..HEAD {
            packed[i * 2] = first[i];
            packed[i * 2 + 1] = second[i];
        }
    }
    step
}
