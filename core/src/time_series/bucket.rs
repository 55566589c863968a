//! Time buckets of equal width.

/// The start of the bucket that `time` lies in: ⌊time / width⌋ · width in IEEE doubles, where zero is +0.
pub(super) fn start(time: f64, width: f64) -> f64 {
    (time / width).floor() * width + 0.0
}

/// Numbers buckets from zero without gaps, in the order of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering {
    width: f64,
    first: f64,
    /// How many buckets there are from the first to the last.
    pub(super) count: u64,
}

impl Numbering {
    /// Up to this quotient two different buckets never have the same start: their starts differ by the width, which is
    /// more than the rounding of either. It is also the range in which [`floor`] is exact. 2⁵⁰.
    const MAX_QUOTIENT: f64 = 1_125_899_906_842_624.0;

    /// Numbers the buckets from the time `first` to the time `last`; `None` where numbers do not stand for starts.
    pub(super) fn over((first, last): (f64, f64), width: f64) -> Option<Self> {
        let (first, last) = ((first / width).floor(), (last / width).floor());
        if first < -Self::MAX_QUOTIENT || last > Self::MAX_QUOTIENT {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an integer below 2^52"
        )]
        let count = (last - first) as u64 + 1;
        Some(Self { width, first, count })
    }

    /// The number of the bucket that `time` lies in. `time` must lie in the range that was given, and `count` in `u32`.
    pub(super) fn number(&self, time: f64) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small non-negative integer"
        )]
        let number = (floor(time / self.width) - self.first) as u32;
        number
    }
}

/// ⌊x⌋ for |x| ≤ 2⁵⁰. Adding and subtracting 1.5 · 2⁵² rounds to an integer without the library call that `f64::floor`
/// is on a processor without SSE4.1, so that the loop over times can be vectorised everywhere.
fn floor(x: f64) -> f64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let rounded = (x + SHIFT) - SHIFT;
    if rounded > x { rounded - 1.0 } else { rounded }
}

/// Maps a finite or infinite number to an integer of the same order; −0 must not occur.
pub(super) fn ordered(start: f64) -> u64 {
    let bits = start.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    #[test]
    fn starts_follow_ieee_arithmetic_and_zero_is_positive() {
        for (time, width, expected) in [
            (0.0, 10.0, 0.0),
            (-0.0, 10.0, 0.0),
            (9.999, 10.0, 0.0),
            (10.0, 10.0, 10.0),
            (-0.001, 10.0, -10.0),
            (-1e-300, 1e300, 0.0),
            (1e300, 1e-300, f64::INFINITY),
            (-1e300, 1e-300, f64::NEG_INFINITY),
            (-1.7e308, 1e308, f64::NEG_INFINITY),
        ] {
            let start = start(time, width);
            assert_eq!(
                start.to_bits(),
                expected.to_bits(),
                "{time} in buckets of {width}: {start}"
            );
        }
    }

    #[test]
    fn floor_agrees_with_the_library() {
        for x in [
            0.5,
            0.0,
            -0.5,
            1.0,
            -1.0,
            2.5,
            -2.5,
            1e15 - 0.125,
            -1e15 + 0.125,
            0.999_999_999_999_999_9,
        ] {
            assert_eq!(floor(x).total_cmp(&f64::floor(x)), Ordering::Equal, "{x}");
        }
    }

    #[test]
    fn buckets_too_far_from_zero_are_not_numbered() {
        assert!(Numbering::over((0.0, 1e300), 1.0).is_none());
        assert!(Numbering::over((-1e300, 0.0), 1e-300).is_none());
        assert_eq!(
            Numbering::over((-15.0, 15.0), 10.0).map(|numbering| numbering.count),
            Some(4)
        );
    }

    #[test]
    fn the_order_of_starts_is_kept() {
        let starts = [f64::NEG_INFINITY, -1e300, -1.0, 0.0, 5e-324, 1.0, f64::INFINITY];
        assert!(starts.map(ordered).is_sorted());
    }
}
