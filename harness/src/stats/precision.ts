import { indistinguishableShare } from '../defaults.js';
import type { CellKey, Estimate, Protocol, Trial } from '../results/schema.js';
import { fewestTrialsForOrderStatistics } from './estimate.js';
import { noiseFloorOf } from './noise-floor.js';
import { estimateRatio } from './ratio.js';
import { measuredTrials } from './summarise-cell.js';
import { throughputPerSecond } from './summarise-metrics.js';
import { cellName } from './summarise-run.js';

/** How precisely the ratio of a cell's throughput to the baseline's is known. */
export interface Precision {
  readonly cell: CellKey;
  /** The baseline's cell of the same input and load. */
  readonly baseline: CellKey;
  readonly ratio: Estimate & { readonly lo: number; readonly hi: number };
  /** Half the width of the interval, as a logarithm. */
  readonly halfWidth: number;
}

/**
 * The precision of every cell under a closed load that has a ratio from six blocks or more. Fewer have another kind of interval, and under an
 * open load throughput is what was asked.
 */
export function precisions(trials: readonly Trial[], { impl, variant }: Protocol['baseline']): Precision[] {
  const byCell = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.twin || !trial.cell.load.startsWith('closed:')) continue;
    const name = cellName(trial.cell);
    byCell.set(name, [...(byCell.get(name) ?? []), trial]);
  }
  return [...byCell.values()].flatMap((own) => {
    const { cell } = own[0] as Trial;
    const baseline = { ...cell, impl, variant };
    if (cellName(cell) === cellName(baseline)) return [];
    const others = new Map(
      measuredTrials(byCell.get(cellName(baseline)) ?? []).map(({ block, measured }) => [block, measured]),
    );
    const pairs = measuredTrials(own).flatMap(({ block, measured }) => {
      const other = others.get(block);
      const pair = other && { a: throughputPerSecond(measured), b: throughputPerSecond(other) };
      return pair && pair.a > 0 && pair.b > 0 ? [pair] : [];
    });
    if (pairs.length < fewestTrialsForOrderStatistics) return [];
    const { lo, hi, ...ratio } = estimateRatio(pairs);
    if (lo === null || hi === null) return [];
    return [{ cell, baseline, ratio: { ...ratio, lo, hi }, halfWidth: Math.log(hi / lo) / 2 }];
  });
}

/**
 * How narrow a ratio's interval must be, as the logarithm of half its width: ± what counts as a difference at all, or the noise floor
 * where that is more, for no narrower interval would change what is said.
 */
export function targetHalfWidth(trials: readonly Trial[]): number {
  const twin = trials.find((trial) => trial.twin)?.cell;
  const floor = twin === undefined ? 0 : (noiseFloorOf(twin, trials)?.share ?? 0);
  return Math.log1p(Math.max(indistinguishableShare, floor));
}

/** The cells whose ratios are wider than the target. It depends on widths alone, never on where an interval lies. */
export function wideCells(trials: readonly Trial[], baseline: Protocol['baseline']): Precision[] {
  const target = targetHalfWidth(trials);
  return precisions(trials, baseline).filter(({ halfWidth }) => halfWidth > target);
}
