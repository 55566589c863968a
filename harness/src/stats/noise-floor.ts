import type { CellKey, NoiseFloor, Trial } from '../results/schema.js';
import { estimateRatio } from './ratio.js';
import { measuredTrials } from './summarise-cell.js';
import { throughputPerSecond } from './summarise-metrics.js';
import { cellName } from './summarise-run.js';

/**
 * What the A/A arm shows: one cell is measured twice in each block, under two names, like any two cells. What it seems to
 * differ by from itself is the noise that is left in every comparison of the run (Kalibera & Jones 2013). `null` with
 * fewer than two such blocks.
 */
export function noiseFloorOf(cell: CellKey, trials: readonly Trial[]): NoiseFloor | null {
  const own = trials.filter((trial) => cellName(trial.cell) === cellName(cell));
  const [first, second] = [false, true].map(
    (twin) =>
      new Map(
        measuredTrials(own.filter((trial) => trial.twin === twin)).map(({ block, measured }) => [
          block,
          throughputPerSecond(measured),
        ]),
      ),
  ) as [Map<number, number>, Map<number, number>];
  const pairs = [...second].flatMap(([block, a]) => {
    const b = first.get(block);
    return b === undefined ? [] : [{ a, b }];
  });
  if (pairs.length < 2) return null;
  const ratio = estimateRatio(pairs);
  return { cell, ratio, share: Math.exp(Math.abs(Math.log(ratio.value))) - 1 };
}
