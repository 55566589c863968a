//! Two doubles.

use std::ops::{Add, Mul, Sub};

#[cfg(target_arch = "aarch64")]
use std::arch::aarch64::{float64x2_t, vaddq_f64, vbslq_f64, vcgtq_f64, vcltq_f64, vmulq_f64, vsubq_f64};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m128d, _mm_add_pd, _mm_max_pd, _mm_min_pd, _mm_mul_pd, _mm_sub_pd};

#[cfg(target_arch = "x86_64")]
type Inner = __m128d;
#[cfg(target_arch = "aarch64")]
type Inner = float64x2_t;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
type Inner = [f64; 2];

/// Two doubles that are computed with together.
#[derive(Clone, Copy, Debug)]
pub struct Pair(Inner);

impl From<[f64; 2]> for Pair {
    #[inline(always)]
    fn from(lanes: [f64; 2]) -> Self {
        Self(bytemuck::cast(lanes))
    }
}

impl From<Pair> for [f64; 2] {
    #[inline(always)]
    fn from(Pair(lanes): Pair) -> Self {
        bytemuck::cast(lanes)
    }
}

/// Implements an operation lane by lane: with an instruction of each architecture, and with plain arithmetic.
macro_rules! lane_by_lane {
    ($a:ident, $b:ident, $x86:expr, $arm:expr, $plain:expr) => {{
        #[cfg(target_arch = "x86_64")]
        // SAFETY: SSE2 is a part of x86-64.
        let result = unsafe { $x86($a.0, $b.0) };
        #[cfg(target_arch = "aarch64")]
        // SAFETY: NEON is a part of AArch64.
        let result = unsafe { $arm($a.0, $b.0) };
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let result = [$plain($a.0[0], $b.0[0]), $plain($a.0[1], $b.0[1])];
        Self(result)
    }};
}

impl Pair {
    /// The lesser of each lane: `self` where it is less than `other`, else `other`.
    #[inline(always)]
    pub fn lesser(self, other: Self) -> Self {
        lane_by_lane!(
            self,
            other,
            _mm_min_pd,
            |a, b| vbslq_f64(vcltq_f64(a, b), a, b),
            |a, b| if a < b { a } else { b }
        )
    }

    /// The greater of each lane: `self` where it is greater than `other`, else `other`.
    #[inline(always)]
    pub fn greater(self, other: Self) -> Self {
        lane_by_lane!(
            self,
            other,
            _mm_max_pd,
            |a, b| vbslq_f64(vcgtq_f64(a, b), a, b),
            |a, b| if a > b { a } else { b }
        )
    }
}

impl Add for Pair {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        lane_by_lane!(self, other, _mm_add_pd, vaddq_f64, |a, b| a + b)
    }
}

impl Sub for Pair {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        lane_by_lane!(self, other, _mm_sub_pd, vsubq_f64, |a, b| a - b)
    }
}

impl Mul for Pair {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        lane_by_lane!(self, other, _mm_mul_pd, vmulq_f64, |a, b| a * b)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_lane_is_plain_arithmetic(a in any::<[f64; 2]>(), b in any::<[f64; 2]>()) {
            let bits = |pair: Pair| <[f64; 2]>::from(pair).map(|lane| if lane.is_nan() { None } else { Some(lane.to_bits()) });
            let plain = |operation: fn(f64, f64) -> f64| bits(Pair::from([operation(a[0], b[0]), operation(a[1], b[1])]));
            let (x, y) = (Pair::from(a), Pair::from(b));
            prop_assert_eq!(bits(x + y), plain(|a, b| a + b));
            prop_assert_eq!(bits(x - y), plain(|a, b| a - b));
            prop_assert_eq!(bits(x * y), plain(|a, b| a * b));
            prop_assert_eq!(bits(x.lesser(y)), plain(|a, b| if a < b { a } else { b }));
            prop_assert_eq!(bits(x.greater(y)), plain(|a, b| if a > b { a } else { b }));
        }
    }
}
