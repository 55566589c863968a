//! The statistics of one group's values.

/// Values are added in so many independent lanes, which the compiler turns into vector instructions.
const LANES: usize = 8;
/// So many values are added plainly before compensation: each lane adds 64, which costs at most 64 roundings.
const BLOCK: usize = 64 * LANES;

/// Count-independent statistics of one group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    pub(super) sum: f64,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) mean: f64,
    /// Of the population.
    pub(super) std: f64,
}

impl Summary {
    /// Computes the statistics of `values`, of which there is at least one. Two passes: the squares are those of the
    /// distances from the mean, so that a large mean does not cancel the digits of a small deviation.
    pub(super) fn of(values: &[f64]) -> Self {
        let (sum, min, max) = sum_and_range(values);
        #[expect(clippy::cast_precision_loss, reason = "a count is below 2^32")]
        let count = values.len() as f64;
        let mean = sum / count;
        let std = (sum_of_squares(values, mean) / count).sqrt();
        Self {
            sum,
            min,
            max,
            mean,
            std,
        }
    }
}

/// Sum, minimum and maximum in one pass.
fn sum_and_range(values: &[f64]) -> (f64, f64, f64) {
    let mut total = Compensated::default();
    let mut least = [f64::INFINITY; LANES];
    let mut greatest = [f64::NEG_INFINITY; LANES];
    for block in values.chunks(BLOCK) {
        let mut sums = [0.0; LANES];
        let mut visit = |lane: usize, value: f64| {
            sums[lane] += value;
            least[lane] = if value < least[lane] { value } else { least[lane] };
            greatest[lane] = if value > greatest[lane] {
                value
            } else {
                greatest[lane]
            };
        };
        let (chunks, rest) = block.as_chunks::<LANES>();
        for chunk in chunks {
            (0..LANES).for_each(|lane| visit(lane, chunk[lane]));
        }
        rest.iter()
            .enumerate()
            .for_each(|(lane, value)| visit(lane, *value));
        total.add(tree_sum(sums));
    }
    let min = least.into_iter().fold(f64::INFINITY, f64::min);
    let max = greatest.into_iter().fold(f64::NEG_INFINITY, f64::max);
    (total.value(), min, max)
}

/// Σ(x − mean)².
fn sum_of_squares(values: &[f64], mean: f64) -> f64 {
    let mut sums = [0.0; LANES];
    let mut visit = |lane: usize, value: f64| sums[lane] += (value - mean) * (value - mean);
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        (0..LANES).for_each(|lane| visit(lane, chunk[lane]));
    }
    rest.iter()
        .enumerate()
        .for_each(|(lane, value)| visit(lane, *value));
    tree_sum(sums)
}

/// Adds the lanes in pairs.
fn tree_sum(lanes: [f64; LANES]) -> f64 {
    let pair = |lane: usize| lanes[lane] + lanes[lane + LANES / 2];
    (pair(0) + pair(2)) + (pair(1) + pair(3))
}

/// A sum that remembers what rounding lost (A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
/// Summen", ZAMM 54, 1974).
#[derive(Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum.abs() >= value.abs() {
            (self.sum - sum) + value
        } else {
            (value - sum) + self.sum
        };
        self.sum = sum;
    }

    fn value(&self) -> f64 {
        self.sum + self.lost
    }
}

/// The nearest-rank percentiles 50, 95 and 99 of `values`, of which there is at least one; leaves other bits there. Each is
/// looked for only above the one before it, and as an integer, for integers are compared in one instruction.
pub(super) fn percentiles(values: &mut [f64]) -> [f64; 3] {
    let keys: &mut [i64] = bytemuck::cast_slice_mut(values);
    for key in &mut *keys {
        *key = in_order(*key);
    }
    let mut above = 0;
    [50, 95, 99].map(|percent| {
        let rank = nearest_rank(keys.len(), percent);
        let (_, key, _) = keys[above..].select_nth_unstable(rank - above);
        above = rank;
        f64::from_bits(in_order(*key).cast_unsigned())
    })
}

/// Maps the bits of doubles to integers of the same order, as `f64::total_cmp` does, and back.
#[inline(always)]
fn in_order(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// ⌈count · percent / 100⌉ − 1 for a count of at least one.
fn nearest_rank(count: usize, percent: u64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "at most the count")]
    let rank = (count as u64 * percent).div_ceil(100) as usize;
    rank - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_keep_their_mean_however_many_there_are() {
        let summary = Summary::of(&vec![0.1; 1_000_003]);
        assert!((summary.sum - 100_000.3).abs() < 1e-9, "{summary:?}");
        assert!(summary.std < 1e-15, "{summary:?}");
    }

    #[test]
    fn a_large_mean_does_not_spoil_the_deviation() {
        // The squared distances of 4, 7, 13 and 16 from their mean 10 are 36, 9, 9 and 36; their mean is 22.5.
        let summary = Summary::of(&[4.0, 7.0, 13.0, 16.0].map(|x| 1e9 + x));
        assert!((summary.std - 22.5_f64.sqrt()).abs() < 1e-9, "{summary:?}");
    }

    #[test]
    fn every_lane_and_the_rest_are_counted() {
        for count in 1..200 {
            let values: Vec<f64> = (1..=count).map(f64::from).collect();
            let n = f64::from(count);
            let summary = Summary::of(&values);
            assert_eq!(
                (summary.sum, summary.min, summary.max),
                (n * (n + 1.0) / 2.0, 1.0, n)
            );
            assert!((summary.std - ((n * n - 1.0) / 12.0).sqrt()).abs() < 1e-9);
        }
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_values() {
        for count in 1..=300_u32 {
            let mut values: Vec<f64> = (0..count).map(|i| f64::from(i * 7919 % 101)).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let at = |percent: usize| sorted[(count as usize * percent).div_ceil(100) - 1];
            assert_eq!(
                percentiles(&mut values).map(f64::to_bits),
                [at(50), at(95), at(99)].map(f64::to_bits)
            );
        }
    }

    #[test]
    fn sums_beyond_the_doubles_do_not_panic() {
        let summary = Summary::of(&[f64::MAX, f64::MAX, -f64::MAX, f64::MIN_POSITIVE]);
        assert_eq!((summary.min, summary.max), (-f64::MAX, f64::MAX));
    }
}
