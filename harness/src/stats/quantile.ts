import { quantileSorted } from 'simple-statistics';

/** A percentile is reported only if at least this many samples lie beyond it. */
export const samplesBeyondPercentile = 10;

/**
 * How many samples the quantile `q` (0 < q < 1) needs: p50 needs 20, p99 needs 1,000. Both tails count, so that a low
 * quantile is no better off than a high one.
 */
export function samplesNeeded(q: number): number {
  return Math.ceil(samplesBeyondPercentile / Math.min(q, 1 - q) - 1e-9);
}

/** Ascending copy of `values`. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The quantile `q` of ascending values; `values` must not be empty. */
export function quantileOfSorted(values: Float64Array, q: number): number {
  return quantileSorted(values as unknown as number[], q);
}

/** The median; `values` need not be in order and must not be empty. */
export function median(values: ArrayLike<number>): number {
  return quantileOfSorted(sorted(values), 0.5);
}
