import type { Estimate } from '../results/schema.js';
import { fewestBlocksForBootstrap, studentInterval } from './interval.js';
import { quantileOfSorted } from './quantile.js';
import { signedRankCritical, walshAverages } from './signed-rank.js';

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
