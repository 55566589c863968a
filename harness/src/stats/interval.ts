import { confidence } from '../defaults.js';
import type { Estimate } from '../results/schema.js';
import { type Bounds, estimateOf } from './estimate.js';
import { bootstrapMedianBounds } from './exact-bootstrap.js';
import { medianBounds } from './order-statistics.js';
import { quantileOfSorted, sorted } from './quantile.js';
import { student975 } from './student.js';

/**
 * The median of one value per block with its 95% interval: from six blocks on between interpolated order statistics
 * ({@link medianBounds}), which asks nothing of the distribution, cross-checked with the bootstrap; from two to five, Student's t on the logarithms (on the
 * values where one is not positive), centred on the same median, which is wide but honest; none for a single block.
 */
export function estimateMedian(values: readonly number[]): Estimate {
  const n = values.length;
  const ascending = sorted(values);
  const value = quantileOfSorted(ascending, 0.5);
  if (n < 2) return estimateOf(value, null, n);
  const bounds = medianBounds(ascending, confidence);
  return bounds === null
    ? estimateOf(value, studentBounds(value, values), n)
    : estimateOf(value, bounds, n, { crossCheck: bootstrapMedianBounds(ascending) });
}

/** Student's 95% interval around `centre` from two values on, on the logarithms if all are positive. */
export function studentBounds(centre: number, values: readonly number[]): Bounds {
  const positive = centre > 0 && values.every((value) => value > 0);
  const scale = positive ? values.map(Math.log) : values;
  const n = scale.length;
  const mean = scale.reduce((sum, x) => sum + x, 0) / n;
  const variance = scale.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  const half = student975(n - 1) * Math.sqrt(variance / n);
  return positive
    ? { lo: centre * Math.exp(-half), hi: centre * Math.exp(half) }
    : { lo: centre - half, hi: centre + half };
}
