import type { Estimate } from '../results/schema.js';
import { type Bounds, estimateOf } from './estimate.js';
import { quantileOfSorted } from './quantile.js';
import { student975 } from './student.js';

/**
 * The quantile `q` of the samples of all trials together (ascending each), for work so slow that one trial alone can't carry it. Only the median has an
 * interval: what the tail of all processes together is, a few slow ones decide, and no interval that was tried holds that as often as it
 * says (docs/method.md).
 */
export function estimatePooledQuantile(trials: readonly Float64Array[], q: number): Estimate {
  const pool = pooled(trials);
  const bounds = q === 0.5 && trials.length > 1 ? woodruffBounds(trials, pool, q) : null;
  return estimateOf(quantileOfSorted(pool, q), bounds, trials.length, { pooled: true });
}

function pooled(trials: readonly Float64Array[]): Float64Array {
  const pool = new Float64Array(trials.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const samples of trials) {
    pool.set(samples, at);
    at += samples.length;
  }
  return pool.sort();
}

/**
 * Woodruff's interval (JASA 47, 1952) with trials as clusters: how much the share of samples at most the quantile varies over trials gives Student's interval of
 * the share, on its log odds, and the quantiles at the bounds of the share are those of the interval.
 */
function woodruffBounds(trials: readonly Float64Array[], pool: Float64Array, q: number): Bounds {
  const value = quantileOfSorted(pool, q);
  const k = trials.length;
  const atMost = trials.map((samples) => ({ count: countAtMost(samples, value), of: samples.length }));
  const share = atMost.reduce((sum, { count }) => sum + count, 0) / pool.length;
  if (share <= 0 || share >= 1) return { lo: pool[0] ?? value, hi: pool[pool.length - 1] ?? value };
  const squares = atMost.reduce((sum, { count, of }) => sum + (count - share * of) ** 2, 0);
  const error = Math.sqrt((squares * k) / (k - 1)) / pool.length;
  const half = (student975(k - 1) * error) / (share * (1 - share));
  const quantileAt = (logOdds: number): number => quantileOfSorted(pool, 1 / (1 + Math.exp(-logOdds)));
  const centre = Math.log(q / (1 - q));
  return { lo: quantileAt(centre - half), hi: quantileAt(centre + half) };
}

function countAtMost(ascending: Float64Array, value: number): number {
  let count = 0;
  while (count < ascending.length && (ascending[count] as number) <= value) count++;
  return count;
}
