//! Sixteen floats at a time, for each set of instructions.
//!
//! Only operations that IEEE 754 rounds in one way: every set gives the same bits. There is no fused multiply-add here on
//! purpose. This module knows nothing of what is computed.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::kernel::LANES;

/// Adding it to a number under 2^22 leaves the nearest whole number (halves to even) in the low bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// Sixteen floats.
///
/// Values of the wide kinds exist only inside functions that `for_each_isa` compiled for a processor that has them.
pub(crate) trait Vector: Copy {
    fn splat(x: f32) -> Self;
    fn load(from: &[f32; LANES]) -> Self;
    fn load_whole(from: &[i32; LANES]) -> Self;
    /// The differences of whole numbers.
    fn load_difference(from: &[i32; LANES], less: &[i32; LANES]) -> Self;
    fn store(self, to: &mut [f32; LANES]);
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    /// The larger; `other` where they cannot be compared.
    fn max(self, other: Self) -> Self;
    /// The smaller; `other` where they cannot be compared.
    fn min(self, other: Self) -> Self;
    fn abs(self) -> Self;
    /// Times 2 to the whole number in the low bits of `shifted`, which is that number plus [`ROUND`].
    fn times_power(self, shifted: Self) -> Self;
    /// Of numbers plus [`ROUND`]: the whole numbers' low bytes, 128 for 0.
    fn store_bytes(self, to: &mut [u8; LANES]);

    /// The sum, by halves: 0 + 8, 1 + 9 ..., then 0 + 4 ..., then 0 + 2, 1 + 3, then 0 + 1.
    fn total(self) -> f32;
    /// The largest.
    fn largest(self) -> f32;
}

fn by_halves(mut lanes: [f32; LANES], step: impl Fn(f32, f32) -> f32) -> f32 {
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            lanes[i] = step(lanes[i], lanes[i + width]);
        }
    }
    lanes[0]
}

impl Vector for [f32; LANES] {
    fn splat(x: f32) -> Self {
        [x; LANES]
    }

    fn load(from: &[f32; LANES]) -> Self {
        *from
    }

    fn load_whole(from: &[i32; LANES]) -> Self {
        from.map(|x| x as f32)
    }

    fn load_difference(from: &[i32; LANES], less: &[i32; LANES]) -> Self {
        std::array::from_fn(|i| from[i].wrapping_sub(less[i]) as f32)
    }

    fn store(self, to: &mut [f32; LANES]) {
        *to = self;
    }

    fn total(self) -> f32 {
        by_halves(self, |a, b| a + b)
    }

    fn largest(self) -> f32 {
        by_halves(self, |a, b| if b > a { b } else { a })
    }

    fn add(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] + other[i])
    }

    fn sub(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] - other[i])
    }

    fn mul(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] * other[i])
    }

    fn max(self, other: Self) -> Self {
        std::array::from_fn(|i| if self[i] > other[i] { self[i] } else { other[i] })
    }

    fn min(self, other: Self) -> Self {
        std::array::from_fn(|i| if self[i] < other[i] { self[i] } else { other[i] })
    }

    fn abs(self) -> Self {
        self.map(f32::abs)
    }

    fn times_power(self, shifted: Self) -> Self {
        std::array::from_fn(|i| f32::from_bits(self[i].to_bits().wrapping_add(shifted[i].to_bits() << 23)))
    }

    fn store_bytes(self, to: &mut [u8; LANES]) {
        *to = self.map(|x| x.to_bits() as u8 ^ 0x80);
    }
}

/// Two registers of 256 bits.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Wide(__m256, __m256);

// SAFETY of every block below: a `Wide` is made only in code compiled for, and run on, a processor with AVX2 (see
// `for_each_isa`), and reads and writes go through references to whole arrays.
#[cfg(target_arch = "x86_64")]
impl Vector for Wide {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_set1_ps(x), _mm256_set1_ps(x)) }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
    }

    #[inline(always)]
    fn load_whole(from: &[i32; LANES]) -> Self {
        let from = from.as_ptr().cast::<__m256i>();
        // SAFETY: see above.
        unsafe {
            let (low, high) = (_mm256_loadu_si256(from), _mm256_loadu_si256(from.add(1)));
            Self(_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high))
        }
    }

    #[inline(always)]
    fn load_difference(from: &[i32; LANES], less: &[i32; LANES]) -> Self {
        let (from, less) = (from.as_ptr().cast::<__m256i>(), less.as_ptr().cast::<__m256i>());
        // SAFETY: see above.
        unsafe {
            let low = _mm256_sub_epi32(_mm256_loadu_si256(from), _mm256_loadu_si256(less));
            let high = _mm256_sub_epi32(_mm256_loadu_si256(from.add(1)), _mm256_loadu_si256(less.add(1)));
            Self(_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high))
        }
    }

    #[inline(always)]
    fn total(self) -> f32 {
        // SAFETY: see above.
        unsafe { total_of_eight(_mm256_add_ps(self.0, self.1)) }
    }

    #[inline(always)]
    fn largest(self) -> f32 {
        // SAFETY: see above.
        unsafe { largest_of_eight(_mm256_max_ps(self.1, self.0)) }
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        // SAFETY: see above.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
        }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm256_min_ps(self.0, other.0), _mm256_min_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: see above.
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            Self(_mm256_andnot_ps(sign, self.0), _mm256_andnot_ps(sign, self.1))
        }
    }

    #[inline(always)]
    fn times_power(self, shifted: Self) -> Self {
        // SAFETY: see above.
        unsafe {
            let low = _mm256_slli_epi32::<23>(_mm256_castps_si256(shifted.0));
            let high = _mm256_slli_epi32::<23>(_mm256_castps_si256(shifted.1));
            Self(
                _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(self.0), low)),
                _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(self.1), high)),
            )
        }
    }

    #[inline(always)]
    fn store_bytes(self, to: &mut [u8; LANES]) {
        // SAFETY: see above.
        unsafe {
            let mask = _mm256_set1_epi32(0xFF);
            let low = _mm256_and_si256(_mm256_castps_si256(self.0), mask);
            let high = _mm256_and_si256(_mm256_castps_si256(self.1), mask);
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high));
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
        }
    }
}

/// # Safety
/// Needs AVX.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn total_of_eight(x: __m256) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let x = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x));
        let x = _mm_add_ps(x, _mm_movehl_ps(x, x));
        _mm_cvtss_f32(_mm_add_ss(x, _mm_shuffle_ps::<1>(x, x)))
    }
}

/// # Safety
/// Needs AVX.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn largest_of_eight(x: __m256) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let x = _mm_max_ps(_mm256_extractf128_ps::<1>(x), _mm256_castps256_ps128(x));
        let x = _mm_max_ps(_mm_movehl_ps(x, x), x);
        _mm_cvtss_f32(_mm_max_ss(_mm_shuffle_ps::<1>(x, x), x))
    }
}

/// One register of 512 bits.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(crate) struct Widest(__m512);

// SAFETY of every block below: a `Widest` is made only in code compiled for, and run on, a processor with AVX-512 (see
// `for_each_isa`), and reads and writes go through references to whole arrays.
#[cfg(target_arch = "x86_64")]
impl Vector for Widest {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_set1_ps(x)) }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_loadu_ps(from.as_ptr())) }
    }

    #[inline(always)]
    fn load_whole(from: &[i32; LANES]) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast()))) }
    }

    #[inline(always)]
    fn load_difference(from: &[i32; LANES], less: &[i32; LANES]) -> Self {
        // SAFETY: see above.
        unsafe {
            let from = _mm512_loadu_si512(from.as_ptr().cast());
            Self(_mm512_cvtepi32_ps(_mm512_sub_epi32(from, _mm512_loadu_si512(less.as_ptr().cast()))))
        }
    }

    #[inline(always)]
    fn total(self) -> f32 {
        // SAFETY: see above.
        unsafe {
            let (low, high) = (_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0));
            total_of_eight(_mm256_add_ps(low, high))
        }
    }

    #[inline(always)]
    fn largest(self) -> f32 {
        // SAFETY: see above.
        unsafe {
            let (low, high) = (_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0));
            largest_of_eight(_mm256_max_ps(high, low))
        }
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_add_ps(self.0, other.0)) }
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_sub_ps(self.0, other.0)) }
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_mul_ps(self.0, other.0)) }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_max_ps(self.0, other.0)) }
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_min_ps(self.0, other.0)) }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: see above.
        unsafe { Self(_mm512_abs_ps(self.0)) }
    }

    #[inline(always)]
    fn times_power(self, shifted: Self) -> Self {
        // SAFETY: see above.
        unsafe {
            let power = _mm512_slli_epi32::<23>(_mm512_castps_si512(shifted.0));
            Self(_mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(self.0), power)))
        }
    }

    #[inline(always)]
    fn store_bytes(self, to: &mut [u8; LANES]) {
        // SAFETY: see above.
        unsafe {
            let bytes = _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
        }
    }
}
