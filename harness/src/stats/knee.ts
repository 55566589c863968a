import { openRate } from '../plan/load.js';
import type { Cell, Knee, Protocol, Trial } from '../results/schema.js';
import { surenessOf } from './knee-sureness.js';
import { measuredTrials } from './summarise-cell.js';
import { cellName } from './summarise-run.js';

/** Fewest rates that can have a knee between them. */
export const fewestRates = 3;

/**
 * The knee of latency against rate, for each input and variant that was measured well at three or more open loads: the measured rate with
 * the greatest *power*, rate / p99. Below it more load costs little latency, above it much. (Kleinrock, *Power and Deterministic Rules of
 * Thumb for Probabilistic Problems in Computer Communications*, ICC 1979; Jain, *The Art of Computer Systems Performance
 * Analysis*, 1991, 3.3.) It has no parameter to choose, and needs no fit.
 */
export function kneesOf(
  cells: readonly Cell[],
  trials: readonly Trial[],
  protocol: Pick<Protocol, 'seed' | 'bootstrapDraws'>,
): Knee[] {
  const trialsOfCell = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.twin) continue;
    const name = cellName(trial.cell);
    trialsOfCell.set(name, [...(trialsOfCell.get(name) ?? []), trial]);
  }
  return curvesOf(cells)
    .filter(({ length }) => length >= fewestRates)
    .map((curve) => kneeOf(curve, (cell) => trialsOfCell.get(cellName(cell)) ?? [], protocol));
}

/** The cells of each input and variant that were measured well at an open load, by rising rate. */
export function curvesOf(cells: readonly Cell[]): Cell[][] {
  const curves = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.status !== 'ok' || openRate(cell) === null) continue;
    const name = JSON.stringify([cell.workload, cell.input, cell.impl, cell.variant]);
    curves.set(name, [...(curves.get(name) ?? []), cell]);
  }
  return [...curves.values()].map((curve) => curve.sort((a, b) => rateOf(a) - rateOf(b)));
}

function rateOf(cell: Cell): number {
  return openRate(cell) ?? 0;
}

function kneeOf(
  curve: readonly Cell[],
  trialsOf: (cell: Cell) => readonly Trial[],
  protocol: Pick<Protocol, 'seed' | 'bootstrapDraws'>,
): Knee {
  const { workload, input, impl, variant } = curve[0] as Cell;
  const key = { workload, input, impl, variant };
  const p99s = curve.map(({ metrics }) => metrics?.latencyMs.p99.value ?? null);
  const lacking = curve[p99s.indexOf(null)];
  if (lacking) {
    const reason = `there is no p99 at ${lacking.load}`;
    return { ...key, load: null, reason, sureness: { share: null, reason } };
  }
  const powers = curve.map((cell, i) => rateOf(cell) / (p99s[i] as number));
  const top = powers.indexOf(Math.max(...powers));
  const points = curve.map((cell) => ({
    load: cell.load,
    rate: rateOf(cell),
    trials: measuredTrials(trialsOf(cell)),
  }));
  const sureness = surenessOf(points, top, protocol);
  const found = (load: string | null, reason: string | null): Knee => ({ ...key, load, reason, sureness });
  if (top === 0) return found(null, 'it lies at or below the lowest rate');
  if (top === powers.length - 1) return found(null, 'it lies at or above the highest rate');
  return found((curve[top] as Cell).load, null);
}
