//! Floating-point steps, sixteen lanes at a time, in one fixed order.
//!
//! Only sums, products, quotients, square roots and comparisons occur: IEEE 754 rounds each of them in one way, so every
//! machine gives the same bits. Exponentials are polynomials; the mathematical library of the system is never asked.

use super::kernel::LANES;
use super::vector::{ROUND, Vector};

/// Rows of numbers are whole groups of sixteen.
#[inline(always)]
pub(crate) fn groups<T>(numbers: &[T]) -> &[[T; LANES]] {
    numbers.as_chunks().0
}

/// As [`groups`], to be written.
#[inline(always)]
pub(crate) fn groups_mut<T>(numbers: &mut [T]) -> &mut [[T; LANES]] {
    numbers.as_chunks_mut().0
}

/// 2^x for x <= 0, within three parts in a million; as 2^-30 below that.
#[inline(always)]
pub(crate) fn exp2<V: Vector>(x: V) -> V {
    let x = x.max(V::splat(-30.0)).min(V::splat(0.0));
    let shifted = x.add(V::splat(ROUND));
    let part = x.sub(shifted.sub(V::splat(ROUND)));
    let mut p = V::splat(1.339_886_8e-3);
    for c in [9.618_437e-3, 5.550_332_5e-2, 2.402_264_6e-1, 6.931_472e-1, 1.0] {
        p = p.mul(part).add(V::splat(c));
    }
    p.times_power(shifted)
}

/// e^x for x <= 0.
pub(crate) fn exp(x: f32) -> f32 {
    let x = (x * std::f32::consts::LOG2_E).clamp(-30.0, 0.0);
    let shifted = x + ROUND;
    let part = x - (shifted - ROUND);
    let mut p = 1.339_886_8e-3;
    for c in [9.618_437e-3, 5.550_332_5e-2, 2.402_264_6e-1, 6.931_472e-1, 1.0] {
        p = p * part + c;
    }
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// The scalar product of two rows.
#[inline(always)]
pub(crate) fn dot<V: Vector>(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = V::splat(0.0);
    for (a, b) in groups(a).iter().zip(groups(b)) {
        sums = sums.add(V::load(a).mul(V::load(b)));
    }
    sums.total()
}

/// The largest absolute values so far, with those of a row.
#[inline(always)]
pub(crate) fn largest<V: Vector>(row: &[f32], mut so_far: V) -> V {
    for group in groups(row) {
        so_far = V::load(group).abs().max(so_far);
    }
    so_far
}

/// Writes a row as bytes, 128 for 0, and returns what one step is worth.
#[inline(always)]
pub(crate) fn quantise<V: Vector>(row: &[f32], out: &mut [u8]) -> f32 {
    let largest = largest(row, V::splat(0.0)).largest();
    let (steps, step) = steps_for(largest);
    in_steps::<V>(row, steps, out);
    step
}

/// How many steps there are to one, and what one step is worth, for numbers up to `largest`.
#[inline(always)]
pub(crate) fn steps_for(largest: f32) -> (f32, f32) {
    (if largest > 0.0 { 127.0 / largest } else { 0.0 }, largest / 127.0)
}

/// Writes numbers times `steps` as bytes, 128 for 0.
#[inline(always)]
pub(crate) fn in_steps<V: Vector>(row: &[f32], steps: f32, out: &mut [u8]) {
    for (out, group) in groups_mut(out).iter_mut().zip(groups(row)) {
        V::load(group).mul(V::splat(steps)).add(V::splat(ROUND)).store_bytes(out);
    }
}

/// Adds `more` to a row, if there is any, and norms the row in place.
#[inline(always)]
pub(crate) fn norm<V: Vector>(
    row: &mut [f32],
    more: Option<&[f32]>,
    weight: &[f32],
    bias: &[f32],
    epsilon: f32,
) {
    let size = row.len() as f32;
    let mut sums = V::splat(0.0);
    if let Some(more) = more {
        for (group, more) in groups_mut(row).iter_mut().zip(groups(more)) {
            let x = V::load(group).add(V::load(more));
            x.store(group);
            sums = sums.add(x);
        }
    } else {
        for group in groups(row) {
            sums = sums.add(V::load(group));
        }
    }
    let mean = V::splat(sums.total() / size);
    let mut squares = V::splat(0.0);
    for group in groups(row) {
        let x = V::load(group).sub(mean);
        squares = squares.add(x.mul(x));
    }
    let scale = V::splat(1.0 / (squares.total() / size + epsilon).sqrt());
    for ((group, w), b) in groups_mut(row).iter_mut().zip(groups(weight)).zip(groups(bias)) {
        let x = V::load(group).sub(mean).mul(scale);
        x.mul(V::load(w)).add(V::load(b)).store(group);
    }
}

/// What the weights' file says of GELU: x * (0.5 + t * polynomial(t²)) with t = x held within ±clip.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gelu {
    pub(crate) clip: f32,
    /// Lowest power first.
    pub(crate) coefficients: [f32; 7],
}

impl Gelu {
    #[inline(always)]
    pub(crate) fn of<V: Vector>(&self, x: V) -> V {
        let t = x.min(V::splat(self.clip)).max(V::splat(-self.clip));
        let u = t.mul(t);
        let [lower @ .., last] = self.coefficients;
        let mut p = V::splat(last);
        for c in lower.into_iter().rev() {
            p = p.mul(u).add(V::splat(c));
        }
        x.mul(t.mul(p).add(V::splat(0.5)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoder::isa::{Isa, for_each_isa};
    use crate::encoder::kernel::Kernel;
    use proptest::prelude::*;

    pub(crate) struct Steps<'a> {
        row: &'a [f32],
        bits: &'a mut Vec<u32>,
    }

    for_each_isa! { fn all_steps(steps: Steps) = all_steps_in::<K> }

    #[inline(always)]
    fn all_steps_in<K: Kernel>(steps: Steps) {
        let mut row = steps.row.to_vec();
        let mut bytes = vec![0; row.len()];
        let mut keep = |numbers: &[f32]| steps.bits.extend(numbers.iter().map(|x| x.to_bits()));
        keep(&[quantise::<K::V>(&row, &mut bytes), dot::<K::V>(&row, &row)]);
        let gelu = Gelu { clip: 4.0, coefficients: [0.4, -0.06, 0.009, -8e-4, 5e-5, -1.6e-6, 2.3e-8] };
        for group in groups_mut(&mut row.clone()) {
            let x = <K::V as Vector>::load(group);
            gelu.of(x).store(group);
            keep(group);
            exp2(x).store(group);
            keep(group);
        }
        let more = row.clone();
        norm::<K::V>(&mut row, Some(&more), &more, &more, 1e-12);
        keep(&row);
        norm::<K::V>(&mut row, None, &more, &more, 1e-12);
        keep(&row);
        steps.bits.extend(bytes.iter().map(|&b| u32::from(b)));
    }

    proptest! {
        #[test]
        fn every_set_gives_the_bits_of_plain_rust(numbers in prop::collection::vec(-40.0_f32..40.0, 96)) {
            let bits = |isa| {
                let mut bits = Vec::new();
                all_steps(isa, Steps { row: &numbers, bits: &mut bits });
                bits
            };
            for isa in Isa::available() {
                prop_assert_eq!(bits(isa), bits(Isa::Portable), "{:?}", isa);
            }
        }

        #[test]
        fn the_exponential_is_near_the_true_one(x in -20.0_f32..0.0) {
            let lanes = exp2([x; LANES])[0];
            prop_assert!((lanes - x.exp2()).abs() <= 3.5e-6 * x.exp2(), "{} {}", lanes, x.exp2());
            prop_assert!((exp(x) - x.exp()).abs() <= 6e-6 * x.exp());
        }
    }

    #[test]
    fn halves_go_to_the_even_step() {
        let mut row = [0.0; LANES];
        row[..6].copy_from_slice(&[127.0, 0.5, 1.5, 2.5, -0.5, -127.0]);
        let mut bytes = [0; LANES];
        assert_eq!(quantise::<[f32; LANES]>(&row, &mut bytes), 1.0);
        assert_eq!(bytes[..7], [255, 128, 130, 130, 128, 1, 128]);
    }

    #[test]
    fn a_row_of_zeros_has_no_step() {
        let mut bytes = [0; LANES];
        assert_eq!(quantise::<[f32; LANES]>(&[0.0; LANES], &mut bytes), 0.0);
        assert_eq!(bytes, [128; LANES]);
    }
}
