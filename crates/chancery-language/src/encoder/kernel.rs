//! The product of bytes that all the time goes into, for each set of instructions.
//!
//! It is exact: sums of small whole numbers in 32 bits that cannot overflow, so the order of the sums, and with it the
//! width of the registers, changes nothing. This module knows nothing of scales or of what the numbers mean.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::vector::Vector;
#[cfg(target_arch = "x86_64")]
use super::vector::{Wide, Widest};

/// Rows of one product; also the rows of its result.
pub(crate) const ROWS: usize = 6;
/// Columns of one block of packed weights.
pub(crate) const LANES: usize = 16;
/// Blocks that one product takes at a time, at most.
pub(crate) const BLOCKS: usize = 4;

/// The left side of a product: `rows` rows of bytes, `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Left<'a> {
    numbers: &'a [u8],
    stride: usize,
    rows: usize,
}

impl<'a> Left<'a> {
    /// `rows` rows (at most [`ROWS`]) that lie `stride` numbers apart, each at least `length` numbers long.
    #[inline(always)]
    pub(crate) fn new(numbers: &'a [u8], stride: usize, rows: usize, length: usize) -> Self {
        assert!((1..=ROWS).contains(&rows) && numbers.len() >= (rows - 1) * stride + length);
        Self { numbers, stride, rows }
    }
}

/// Where the sums of a product go: rows that lie `stride` apart.
pub(crate) struct Sums<'a> {
    pub(crate) sums: &'a mut [i32],
    pub(crate) stride: usize,
}

impl Sums<'_> {
    /// Whether `rows` rows of `columns` sums find room.
    #[inline(always)]
    fn has_room(&self, rows: usize, columns: usize) -> bool {
        columns <= self.stride && self.sums.len() >= (rows - 1) * self.stride + columns
    }
}

/// The kernels for one set of instructions.
pub(crate) trait Kernel {
    /// Sixteen floats.
    type V: Vector;

    /// Sums of products of bytes: `out.sums[r * out.stride + c]` = sum over k of (left[r][k] - 128) * right[k][c]; for a kernel
    /// that is [`Kernel::BIASED`], sum over k of left[r][k] * right[k][c].
    ///
    /// `right` is packed by four: for each four k, `blocks * LANES` columns of four numbers from -127 to 127.
    fn bytes(left: Left, right: &[i8], quads: usize, blocks: usize, out: Sums);

    /// Whether [`Kernel::bytes`] takes the left side as it is, without taking 128 away.
    const BIASED: bool;
}

/// Plain Rust.
pub(crate) struct Portable;

impl Kernel for Portable {
    type V = [f32; LANES];

    const BIASED: bool = false;

    fn bytes(left: Left, right: &[i8], quads: usize, blocks: usize, out: Sums) {
        let columns = blocks * LANES;
        for r in 0..left.rows {
            let sums = &mut out.sums[r * out.stride..][..columns];
            sums.fill(0);
            let row = &left.numbers[r * left.stride..][..quads * 4];
            for (four, weights) in row.chunks_exact(4).zip(right.chunks_exact(columns * 4)) {
                let four: [i32; 4] = std::array::from_fn(|i| i32::from(four[i]) - 128);
                for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(4)) {
                    *sum += four[0] * i32::from(w[0])
                        + four[1] * i32::from(w[1])
                        + four[2] * i32::from(w[2])
                        + four[3] * i32::from(w[3]);
                }
            }
        }
    }
}

/// 256-bit integers.
#[cfg(target_arch = "x86_64")]
pub(crate) struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Kernel for Avx2 {
    type V = Wide;

    const BIASED: bool = false;

    #[inline(always)]
    fn bytes(left: Left, right: &[i8], quads: usize, blocks: usize, out: Sums) {
        assert!(right.len() >= quads * blocks * LANES * 4 && (1..=BLOCKS).contains(&blocks));
        assert!(out.has_room(left.rows, blocks * LANES));
        let (sums, width) = (out.sums.as_mut_ptr(), out.stride);
        for block in 0..blocks {
            for from in (0..left.rows).step_by(3) {
                let rows = (left.rows - from).min(3);
                // SAFETY: `Isa` chose this kernel after asking the processor for AVX2. The rows lie inside `left` by
                // `Left::new`, the weights inside `right` by the check above, the sums find room by the other.
                unsafe {
                    let a = left.numbers.as_ptr().add(from * left.stride);
                    let w = right.as_ptr().add(block * LANES * 4);
                    let out = sums.add(from * width + block * LANES);
                    match rows {
                        3 => avx2_bytes::<3>(a, left.stride, w, blocks, quads, out, width),
                        2 => avx2_bytes::<2>(a, left.stride, w, blocks, quads, out, width),
                        _ => avx2_bytes::<1>(a, left.stride, w, blocks, quads, out, width),
                    }
                }
            }
        }
    }
}

/// One block of sixteen columns. The byte product of AVX2 takes unsigned times signed and saturates at 16 bits; with |a| times
/// w * sign(a), |a| at most 128 and |w| at most 127, two products stay under 32,767 and nothing is lost.
///
/// # Safety
/// Needs AVX2; `R` rows of `4 * quads` bytes at `a`, `quads` steps of `blocks * 64` bytes at `w`, `R` rows of 16
/// sums at `out`, `width` apart.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2_bytes<const R: usize>(
    a: *const u8,
    stride: usize,
    w: *const i8,
    blocks: usize,
    quads: usize,
    out: *mut i32,
    width: usize,
) {
    // SAFETY: the caller's promise covers every read and write below.
    unsafe {
        let ones = _mm256_set1_epi16(1);
        let bias = _mm256_set1_epi8(-128);
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for k in 0..quads {
            let w = w.add(k * blocks * LANES * 4).cast::<__m256i>();
            let (low, high) = (_mm256_loadu_si256(w), _mm256_loadu_si256(w.add(1)));
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = a.add(r * stride + k * 4).cast::<i32>().read_unaligned();
                let a = _mm256_xor_si256(_mm256_set1_epi32(four), bias);
                let size = _mm256_abs_epi8(a);
                for (sum, w) in sums.iter_mut().zip([low, high]) {
                    let two = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w, a));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(two, ones));
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let out = out.add(r * width).cast::<__m256i>();
            _mm256_storeu_si256(out, sums[0]);
            _mm256_storeu_si256(out.add(1), sums[1]);
        }
    }
}

/// 512-bit integers with VNNI.
#[cfg(target_arch = "x86_64")]
pub(crate) struct Avx512Vnni;

/// Calls `$f::<R, B>` for the rows and blocks at hand.
#[cfg(target_arch = "x86_64")]
macro_rules! by_shape {
    ($f:ident, $rows:expr, $blocks:expr, $args:tt) => {
        match $blocks {
            4 => by_shape!(@ $f, $rows, 4, $args),
            3 => by_shape!(@ $f, $rows, 3, $args),
            2 => by_shape!(@ $f, $rows, 2, $args),
            _ => by_shape!(@ $f, $rows, 1, $args),
        }
    };
    (@ $f:ident, $rows:expr, $b:literal, ($($arg:expr),*)) => {
        match $rows {
            6 => $f::<6, $b>($($arg),*),
            5 => $f::<5, $b>($($arg),*),
            4 => $f::<4, $b>($($arg),*),
            3 => $f::<3, $b>($($arg),*),
            2 => $f::<2, $b>($($arg),*),
            _ => $f::<1, $b>($($arg),*),
        }
    };
}

#[cfg(target_arch = "x86_64")]
impl Kernel for Avx512Vnni {
    type V = Widest;

    const BIASED: bool = true;

    #[inline(always)]
    fn bytes(left: Left, right: &[i8], quads: usize, blocks: usize, out: Sums) {
        assert!(right.len() >= quads * blocks * LANES * 4 && (1..=BLOCKS).contains(&blocks));
        assert!(out.has_room(left.rows, blocks * LANES));
        let (a, w, sums) = (left.numbers.as_ptr(), right.as_ptr(), out.sums.as_mut_ptr());
        // SAFETY: `Isa` chose this kernel after asking the processor. The rows lie inside `left` by `Left::new`, the weights
        // inside `right` by the check above, and the sums find room by the other.
        unsafe { by_shape!(vnni_bytes, left.rows, blocks, (a, left.stride, w, quads, sums, out.stride)) }
    }
}

/// # Safety
/// Needs AVX-512 with VNNI; `R` rows of `4 * quads` bytes at `a`, `quads` steps of `B * 64` bytes at `w`,
/// `R` rows of `16 * B` sums at `out`, `width` apart.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
unsafe fn vnni_bytes<const R: usize, const B: usize>(
    a: *const u8,
    stride: usize,
    w: *const i8,
    quads: usize,
    out: *mut i32,
    width: usize,
) {
    // SAFETY: the caller's promise covers every read and write below.
    unsafe {
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        for k in 0..quads {
            let mut right = [_mm512_setzero_si512(); B];
            for (b, right) in right.iter_mut().enumerate() {
                *right = _mm512_loadu_si512(w.add((k * B + b) * LANES * 4).cast());
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = _mm512_set1_epi32(a.add(r * stride + k * 4).cast::<i32>().read_unaligned());
                for (sum, right) in sums.iter_mut().zip(right) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, right);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (b, sum) in sums.iter().enumerate() {
                _mm512_storeu_si512(out.add(r * width + b * LANES).cast(), *sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoder::isa::{Isa, for_each_isa};
    use proptest::prelude::*;

    pub(crate) struct Case<'a> {
        rows: usize,
        depth: usize,
        blocks: usize,
        left: &'a [u8],
        right: &'a [i8],
        out: &'a mut Vec<i32>,
    }

    for_each_isa! { fn bytes_of(case: Case) = bytes_in::<K> }

    #[inline(always)]
    fn bytes_in<K: Kernel>(case: Case) {
        let mut sums = vec![0; case.rows * 70];
        let left = Left::new(case.left, case.depth * 4, case.rows, case.depth * 4);
        K::bytes(left, case.right, case.depth, case.blocks, Sums { sums: &mut sums, stride: 70 });
        for row in sums.chunks(70) {
            for (column, &sum) in row[..case.blocks * LANES].iter().enumerate() {
                let of_column =
                    (0..case.depth).flat_map(|k| &case.right[(k * case.blocks * LANES + column) * 4..][..4]);
                let bias = 128 * of_column.map(|&w| i32::from(w)).sum::<i32>();
                case.out.push(sum - if K::BIASED { bias } else { 0 });
            }
        }
    }

    proptest! {
        #[test]
        fn every_set_gives_the_sums_of_plain_rust(
            rows in 1..=ROWS,
            depth in 1_usize..50,
            blocks in 1..=BLOCKS,
            // The ends of the range are where saturation would show.
            bytes in prop::collection::vec(prop_oneof![Just(1_u8), Just(255), 1..=255_u8], 512),
        ) {
            let left: Vec<u8> = (0..rows * depth * 4).map(|i| bytes[i % 499].wrapping_add(u8::from(i % 3 == 0))).collect();
            let right: Vec<i8> = (0..depth * blocks * LANES * 4).map(|i| (i16::from(bytes[i % 509]) - 128) as i8).collect();
            let sums = |isa| {
                let mut out = Vec::new();
                bytes_of(isa, Case { rows, depth, blocks, left: &left, right: &right, out: &mut out });
                out
            };
            for isa in Isa::available() {
                prop_assert_eq!(sums(isa), sums(Isa::Portable), "{:?}", isa);
            }
        }
    }
}
