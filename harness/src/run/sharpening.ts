import type { PlannedCell } from '../plan/plan.js';
import type { Protocol, Trial } from '../results/schema.js';
import { wideCells } from '../stats/precision.js';
import { cellName } from '../stats/summarise-run.js';

/**
 * The arms of a block after the planned ones: cells whose ratio to the baseline is wider than it need be, and their baselines, so that
 * ratios are formed inside the block as in any other. None when all are precise enough. `trials` are those of earlier blocks.
 *
 * The choice depends on the widths of these alone. To go on until an interval leaves out 1 would find differences where there are none;
 * to go on until it is narrow, wherever it lies, hardly changes what it covers, and not at all in the limit of narrow ones (Chow & Robbins, *On the asymptotic
 * theory of fixed-width sequential confidence intervals for the mean*, Annals of Mathematical Statistics 36, 1965).
 */
export function cellsToSharpen<Arm extends { readonly cell: PlannedCell }>(
  arms: readonly Arm[],
  trials: readonly Trial[],
  baseline: Protocol['baseline'],
): Arm[] {
  const able = arms.filter(({ cell }) => !cell.twin);
  const names = new Set(able.map(({ cell }) => cellName(cell.key)));
  const chosen = new Set(
    wideCells(trials, baseline)
      .map((wide) => [cellName(wide.cell), cellName(wide.baseline)])
      .filter((both) => both.every((name) => names.has(name)))
      .flat(),
  );
  return able.filter(({ cell }) => chosen.has(cellName(cell.key)));
}
