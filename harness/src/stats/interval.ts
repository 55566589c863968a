import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Estimate } from '../results/schema.js';
import { quantileOfSorted, sorted } from './quantile.js';
import { generatorFor } from './seed.js';

/** Below this many blocks a bootstrap can't reach 95%: with 3 it covers at most 75%, the range of the values. */
export const fewestBlocksForBootstrap = 6;

/** 97.5% quantiles of Student's t with 1…4 degrees of freedom (any table; R: `qt(0.975, 1:4)`). */
const student = [12.706204736432095, 4.302652729911275, 3.182446305284263, 2.7764451051977987];

/**
 * Which blocks each bootstrap draw takes. Made once for a run and used for every figure of it, so that the draws are
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
 * The median of one value per block with its 95% interval: percentile bootstrap over blocks (Efron 1979) from six
 * blocks on; from two to five, Student's t on the logarithms (on the values where one is not positive), centred on the
 * same median, which is wide but honest; none for a single block.
 */
export function estimateMedian(values: readonly number[], resamples: BlockResamples): Estimate {
  const n = values.length;
  const value = quantileOfSorted(sorted(values), 0.5);
  if (n < 2) return { value, lo: null, hi: null, n };
  if (n < fewestBlocksForBootstrap) return { ...studentInterval(value, values), n };
  const medians = new Float64Array(resamples.draws);
  const draw = new Float64Array(n);
  for (let d = 0; d < resamples.draws; d++) {
    for (let i = 0; i < n; i++) draw[i] = values[resamples.indices[d * n + i] as number] as number;
    medians[d] = medianInPlace(draw);
  }
  return { value, ...percentileBounds(medians), n };
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

/** Insertion sort: at some ten values faster than any general sort, and this runs ten thousand times a figure. */
function medianInPlace(values: Float64Array): number {
  const n = values.length;
  for (let i = 1; i < n; i++) {
    const value = values[i] as number;
    let j = i - 1;
    while (j >= 0 && (values[j] as number) > value) {
      values[j + 1] = values[j] as number;
      j--;
    }
    values[j + 1] = value;
  }
  const middle = n >> 1;
  return n % 2 === 1
    ? (values[middle] as number)
    : ((values[middle - 1] as number) + (values[middle] as number)) / 2;
}
