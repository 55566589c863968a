import type { Estimate } from '../results/schema.js';
import { fewestBlocksForBootstrap, studentInterval } from './interval.js';
import { quantileOfSorted, sorted } from './quantile.js';

/**
 * The typical ratio a/b over blocks, from one positive pair per block: the exponential of the Hodges-Lehmann estimate
 * (1963) of the log ratios – the median of all pairwise means – with the interval from the ordered pairwise means that
 * inverts Wilcoxon's signed-rank test (Hollander, Wolfe & Chicken, *Nonparametric Statistical Methods*, 3rd ed., 3.4).
 * Drift of the machine hits both members of a pair alike and cancels. Fewer than six blocks can't reach 95% that way;
 * then Student's t on the log ratios.
 */
export function estimateRatio(pairs: readonly { a: number; b: number }[]): Estimate {
  const logs = pairs.map(({ a, b }) => Math.log(a / b));
  const n = logs.length;
  const walsh = walshAverages(logs);
  const value = Math.exp(quantileOfSorted(walsh, 0.5));
  if (n < 2) return { value, lo: null, hi: null, n };
  if (n < fewestBlocksForBootstrap) return { ...studentInterval(value, logs.map(Math.exp)), n };
  const k = signedRankCritical(n);
  return { value, lo: Math.exp(walsh[k] as number), hi: Math.exp(walsh[walsh.length - 1 - k] as number), n };
}

/** The means of all pairs (each value with itself too), ascending. */
export function walshAverages(values: readonly number[]): Float64Array {
  return sorted(values.flatMap((x, i) => values.slice(i).map((y) => (x + y) / 2)));
}

/**
 * How many of the smallest (and of the largest) pairwise means lie outside the 95% interval: the largest k with
 * P(W ≤ k) ≤ 0.025 under H₀, where W is the signed-rank statistic, from its exact distribution by counting subsets of
 * the ranks. From six values on; fewer have no such k.
 */
export function signedRankCritical(n: number): number {
  const top = (n * (n + 1)) / 2;
  const ways = new Float64Array(top + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = top; sum >= rank; sum--) ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number);
  }
  let cumulative = 0;
  let k = -1;
  while (cumulative + (ways[k + 1] as number) <= 0.025 * 2 ** n) {
    k++;
    cumulative += ways[k] as number;
  }
  return k;
}
