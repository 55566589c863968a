import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { confidence } from '../defaults.js';
import type { Estimate } from '../results/schema.js';
import { medianBounds } from './order-statistics.js';
import { quantileOfSorted, sorted } from './quantile.js';
import { generatorFor } from './seed.js';

/**
 * Below this many blocks no interval between order statistics, and no bootstrap, reaches 95%: the whole range of 3 values
 * holds the median with 75%, that of 5 with 93.8%.
 */
export const fewestBlocksForBootstrap = 6;

/** 97.5% quantiles of Student's t with 1…4 degrees of freedom (any table; R: `qt(0.975, 1:4)`). */
const student = [12.706204736432095, 4.302652729911275, 3.182446305284263, 2.7764451051977987];

/**
 * Which blocks each bootstrap draw takes. Made once for a run and used for every pooled percentile of it, so that the draws are
 * joint: in one draw, all figures come from the same blocks.
 */
export interface BlockResamples {
  readonly blocks: number;
  readonly draws: number;
  /** `draws` rows of `blocks` block numbers. */
  readonly indices: Uint16Array;
}

/** Draws `draws` times `blocks` blocks with replacement. */
export function resampleBlocks(blocks: number, draws: number, seed: number): BlockResamples {
  const generator = generatorFor(seed, `bootstrap ${blocks}`);
  const indices = Uint16Array.from({ length: blocks * draws }, () => uniformInt(generator, 0, blocks - 1));
  return { blocks, draws, indices };
}

/**
 * The median of one value per block with its 95% interval: from six blocks on between interpolated order statistics
 * ({@link medianBounds}), which asks nothing of the distribution; from two to five, Student's t on the logarithms (on the
 * values where one is not positive), centred on the same median, which is wide but honest; none for a single block.
 */
export function estimateMedian(values: readonly number[]): Estimate {
  const n = values.length;
  const ascending = sorted(values);
  const value = quantileOfSorted(ascending, 0.5);
  if (n < 2) return { value, lo: null, hi: null, n };
  const bounds = medianBounds(ascending, confidence);
  return bounds === null ? { ...studentInterval(value, values), n } : { value, ...bounds, n };
}

/** The 2.5% and 97.5% quantiles of bootstrap draws. */
export function percentileBounds(draws: Float64Array): { lo: number; hi: number } {
  draws.sort();
  return { lo: quantileOfSorted(draws, 0.025), hi: quantileOfSorted(draws, 0.975) };
}

/** Student's 95% interval around `centre`, on the logarithms if all values are positive. */
export function studentInterval(
  centre: number,
  values: readonly number[],
): { value: number; lo: number; hi: number } {
  const positive = centre > 0 && values.every((value) => value > 0);
  const scale = positive ? values.map(Math.log) : values;
  const n = scale.length;
  const mean = scale.reduce((sum, x) => sum + x, 0) / n;
  const variance = scale.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  const half = (student[n - 2] as number) * Math.sqrt(variance / n);
  return positive
    ? { value: centre, lo: centre * Math.exp(-half), hi: centre * Math.exp(half) }
    : { value: centre, lo: centre - half, hi: centre + half };
}
