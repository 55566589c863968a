import type { Knee, Protocol } from '../results/schema.js';
import { type BlockResamples, pooledQuantileDraws, resampleBlocks } from './block-resamples.js';
import { fewestTrialsForOrderStatistics } from './estimate.js';
import { quantileOfSorted, samplesNeeded, sorted } from './quantile.js';
import type { MeasuredTrial } from './summarise-cell.js';

/** One rate of a curve. */
export interface CurvePoint {
  readonly load: string;
  /** Calls a second. */
  readonly rate: number;
  readonly trials: readonly MeasuredTrial[];
}

const q = 0.99;

/**
 * How sure a knee is: bootstrap over the blocks in which all rates were measured. In each draw,
 * all rates take the same blocks, and the one with the greatest rate / p99 wins. `told` is the place, in `points` by rising rate, of the one
 * that has it of all blocks. None with fewer than six such blocks, for which a bootstrap says too much.
 */
export function surenessOf(
  points: readonly CurvePoint[],
  told: number,
  { seed, bootstrapDraws }: Pick<Protocol, 'seed' | 'bootstrapDraws'>,
): Knee['sureness'] {
  const blocks = commonBlocks(points);
  if (blocks.length < fewestTrialsForOrderStatistics) {
    return { share: null, reason: `needs ${fewestTrialsForOrderStatistics} blocks, has ${blocks.length}` };
  }
  const resamples = resampleBlocks(blocks.length, bootstrapDraws, seed);
  const draws = points.map(({ trials }) => p99Draws(samplesOf(trials, blocks), resamples));
  const wins = new Uint32Array(points.length);
  for (let d = 0; d < bootstrapDraws; d++) {
    const powers = points.map(({ rate }, i) => rate / (draws[i]?.[d] as number));
    const winner = powers.indexOf(Math.max(...powers));
    wins[winner] = (wins[winner] as number) + 1;
  }
  const loadAt = (share: number): string => {
    let seen = 0;
    const place = wins.findIndex((count) => {
      seen += count;
      return seen >= share * bootstrapDraws;
    });
    return (points[place] as CurvePoint).load;
  };
  return {
    share: (wins[told] as number) / bootstrapDraws,
    lowest: loadAt(0.025),
    highest: loadAt(0.975),
  };
}

/** The blocks in which every rate was measured. */
function commonBlocks(points: readonly CurvePoint[]): number[] {
  const [first, ...others] = points.map(({ trials }) => new Set(trials.map(({ block }) => block)));
  return [...(first ?? [])].filter((block) => others.every((blocks) => blocks.has(block)));
}

/** Latencies in these blocks, in nanoseconds. */
function samplesOf(trials: readonly MeasuredTrial[], blocks: readonly number[]): number[][] {
  const ofBlock = new Map(trials.map(({ block, measured }) => [block, measured.latenciesNs]));
  return blocks.map((block) => ofBlock.get(block) ?? []);
}

/** p99 in each draw, as it is estimated of all blocks: the median over trials where each carries one, else that of their samples together. */
function p99Draws(trials: readonly number[][], resamples: BlockResamples): Float64Array {
  if (trials.some(({ length }) => length < samplesNeeded(q)))
    return pooledQuantileDraws(trials, q, resamples);
  const ofTrials = trials.map((samples) => quantileOfSorted(sorted(samples), q));
  const drawn = new Float64Array(trials.length);
  return Float64Array.from({ length: resamples.draws }, (_, d) => {
    for (let i = 0; i < drawn.length; i++) {
      drawn[i] = ofTrials[resamples.indices[d * drawn.length + i] as number] as number;
    }
    return quantileOfSorted(drawn.sort(), 0.5);
  });
}
