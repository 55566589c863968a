import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { generatorFor } from './seed.js';

/**
 * Which blocks each bootstrap draw takes. Used for several figures at once, the draws are
 * joint: in one draw, all come from the same blocks.
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
