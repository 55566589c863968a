import type { CellKey, Figure, Trial } from '../../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../../testing/made-up-trial.js';
import { summariseRun } from '../summarise-run.js';
import {
  Random,
  type SyntheticNoise,
  syntheticTrial,
  truePooledQuantile,
  trueQuantile,
} from './synthetic-noise.js';

/** Shares of simulated runs, in percent, whose 95% interval held the truth. */
export interface Coverage {
  readonly noise: string;
  readonly blocks: number;
  readonly p50: number;
  readonly p99: number;
  /** p50 from the samples of all trials together, for work too slow for a p50 of its own in each trial. */
  readonly pooledP50: number;
  /** Throughput over that of the baseline. */
  readonly ratio: number;
}

/** Calls in a trial: enough for a p99 of its own, and too few even for a p50, but enough with those of two more. */
const callsOfFastWork = 1000;
const callsOfSlowWork = 15;

const typicalNs = 1e6;
const baselineOver = 1.3;

const cell: CellKey = {
  workload: 'synthetic',
  input: 'fast',
  impl: 'candidate',
  variant: 'main',
  load: 'closed:1',
};
const slowCell: CellKey = { ...cell, input: 'slow' };
const baseline: CellKey = { ...cell, impl: 'baseline' };

/**
 * Simulates `runs` runs of `blocks` blocks with their trials, has them summarised as `bench` does, and counts how often
 * the intervals held the truth.
 */
export function simulateCoverage(
  noise: SyntheticNoise,
  blocks: number,
  runs: number,
  seed: number,
): Coverage {
  const random = new Random(seed, `coverage ${noise.name} ${blocks}`);
  const truth = {
    p50: trueQuantile(noise, 0.5, callsOfFastWork),
    p99: trueQuantile(noise, 0.99, callsOfFastWork),
    pooledP50: truePooledQuantile(noise, 0.5, callsOfSlowWork, blocks),
    ratio: baselineOver,
  };
  const held = { p50: 0, p99: 0, pooledP50: 0, ratio: 0 };
  for (let run = 0; run < runs; run++) {
    const direction = random.uniform() < 0.5 ? -1 : 1;
    const trials: Trial[] = [];
    for (let block = 0; block < blocks; block++) {
      const machine = noise.machine(block, blocks, direction);
      const add = (key: CellKey, calls: number, ns: number): void => {
        const latenciesNs = syntheticTrial(noise, random, { machine, calls, typicalNs: ns });
        trials.push(madeUpTrial(key, block, madeUpMeasured(latenciesNs)));
      };
      add(cell, callsOfFastWork, typicalNs);
      add(slowCell, callsOfSlowWork, typicalNs);
      add(baseline, callsOfFastWork, typicalNs * baselineOver);
    }
    const [fast, slow] = summariseRun([cell, slowCell, baseline], trials, protocol, { emulated: false });
    const latency = fast?.metrics?.latencyMs;
    if (holds(latency?.p50, truth.p50)) held.p50++;
    if (holds(latency?.p99, truth.p99)) held.p99++;
    if (holds(slow?.metrics?.latencyMs.p50, truth.pooledP50)) held.pooledP50++;
    if (holds(fast?.versusBaseline?.throughput, truth.ratio)) held.ratio++;
  }
  const share = (count: number): number => (100 * count) / runs;
  return {
    noise: noise.name,
    blocks,
    p50: share(held.p50),
    p99: share(held.p99),
    pooledP50: share(held.pooledP50),
    ratio: share(held.ratio),
  };
}

const protocol = { baseline: { impl: baseline.impl, variant: baseline.variant } };

function holds(figure: Figure | undefined, truth: number): boolean {
  if (!figure || figure.value === null || figure.lo === null || figure.hi === null) return false;
  return figure.lo <= truth && truth <= figure.hi;
}
