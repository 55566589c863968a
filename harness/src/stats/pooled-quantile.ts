import type { Estimate } from '../results/schema.js';
import {
  type BlockResamples,
  fewestBlocksForBootstrap,
  percentileBounds,
  studentInterval,
} from './interval.js';
import { quantileOfSorted, sorted } from './quantile.js';

/**
 * The quantile `q` of the samples of all trials together, for work so slow that one trial alone can't carry it. The
 * interval resamples whole trials, for samples of one process are not replicates; with fewer than six trials it comes
 * from Student's t over the trials' own quantiles.
 */
export function estimatePooledQuantile(
  trials: readonly (readonly number[])[],
  q: number,
  resamples: BlockResamples,
): Estimate {
  const n = trials.length;
  const value = quantileOfSorted(sorted(trials.flat()), q);
  if (n < 2) return { value, lo: null, hi: null, n };
  if (n < fewestBlocksForBootstrap) {
    const ofTrials = trials.map((samples) => quantileOfSorted(sorted(samples), q));
    return { ...studentInterval(value, ofTrials), n };
  }
  return { value, ...percentileBounds(pooledQuantileDraws(trials, q, resamples)), n };
}

/** The quantile `q` of the samples of the trials that each draw takes. */
export function pooledQuantileDraws(
  trials: readonly (readonly number[])[],
  q: number,
  resamples: BlockResamples,
): Float64Array {
  const n = trials.length;
  const pool = trials.flatMap((samples, trial) => samples.map((sample) => ({ sample, trial })));
  pool.sort((a, b) => b.sample - a.sample);
  const weight = new Uint32Array(n);
  const quantiles = new Float64Array(resamples.draws);
  for (let d = 0; d < resamples.draws; d++) {
    weight.fill(0);
    let total = 0;
    for (let i = 0; i < n; i++) {
      const trial = resamples.indices[d * n + i] as number;
      weight[trial] = (weight[trial] as number) + 1;
      total += trials[trial]?.length ?? 0;
    }
    quantiles[d] = quantileFromTop(pool, weight, Math.floor(total * (1 - q)));
  }
  return quantiles;
}

/** The largest sample of the weighted pool that has more than `beyond` samples at or above it. */
function quantileFromTop(
  descending: readonly { sample: number; trial: number }[],
  weight: Uint32Array,
  beyond: number,
): number {
  let seen = 0;
  let last = 0;
  for (const { sample, trial } of descending) {
    const times = weight[trial] as number;
    if (times === 0) continue;
    last = sample;
    seen += times;
    if (seen > beyond) break;
  }
  return last;
}
