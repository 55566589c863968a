import { confidence } from '../defaults.js';
import type { Estimate } from '../results/schema.js';
import { type Bounds, estimateOf, fewestTrialsForOrderStatistics } from './estimate.js';
import { studentBounds } from './interval.js';
import { medianBounds } from './order-statistics.js';
import { quantileOfSorted, sorted } from './quantile.js';
import { signedRankCritical, walshAverages } from './signed-rank.js';

/**
 * The typical ratio a/b over blocks, from one positive pair per block: the exponential of the Hodges-Lehmann estimate
 * (1963) of the log ratios – the median of all pairwise means – with the interval from the ordered pairwise means that
 * inverts Wilcoxon's signed-rank test (Hollander, Wolfe & Chicken, *Nonparametric Statistical Methods*, 3rd ed., 3.4).
 * Drift of the machine hits both members of a pair alike and cancels. Fewer than six blocks can't reach 95% that way;
 * then Student's t on the log ratios. The cross-check is the interval of the median log ratio between order statistics, which does without
 * the symmetry that the signed ranks suppose.
 */
export function estimateRatio(pairs: readonly { a: number; b: number }[]): Estimate {
  const logs = pairs.map(({ a, b }) => Math.log(a / b));
  const n = logs.length;
  const walsh = walshAverages(logs);
  const value = Math.exp(quantileOfSorted(walsh, 0.5));
  if (n < 2) return estimateOf(value, null, n);
  if (n < fewestTrialsForOrderStatistics)
    return estimateOf(value, studentBounds(value, logs.map(Math.exp)), n);
  const k = signedRankCritical(n);
  const bounds = exponential({ lo: walsh[k] as number, hi: walsh[walsh.length - 1 - k] as number });
  const ofMedian = medianBounds(sorted(logs), confidence);
  return estimateOf(value, bounds, n, { crossCheck: ofMedian && exponential(ofMedian) });
}

function exponential({ lo, hi }: Bounds): Bounds {
  return { lo: Math.exp(lo), hi: Math.exp(hi) };
}
