import { openRate } from '../plan/load.js';
import type { Cell, Knee } from '../results/schema.js';

/** Fewest rates that can have a knee between them. */
const fewestRates = 3;

/**
 * The knee of latency against rate, for each input and variant that was measured well at three or more open loads: the measured rate with
 * the greatest *power*, rate / p99. Below it more load costs little latency, above it much. (Kleinrock, *Power and Deterministic Rules of
 * Thumb for Probabilistic Problems in Computer Communications*, ICC 1979; Jain, *The Art of Computer Systems Performance
 * Analysis*, 1991, 3.3.) It has no parameter to choose, and needs no fit.
 */
export function kneesOf(cells: readonly Cell[]): Knee[] {
  const curves = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.status !== 'ok' || openRate(cell) === null) continue;
    const name = JSON.stringify([cell.workload, cell.input, cell.impl, cell.variant]);
    curves.set(name, [...(curves.get(name) ?? []), cell]);
  }
  return [...curves.values()].filter(({ length }) => length >= fewestRates).map(kneeOf);
}

function kneeOf(cells: readonly Cell[]): Knee {
  const { workload, input, impl, variant } = cells[0] as Cell;
  const points = cells
    .map((cell) => ({
      load: cell.load,
      rate: openRate(cell) ?? 0,
      p99: cell.metrics?.latencyMs.p99.value ?? null,
    }))
    .sort((a, b) => a.rate - b.rate);
  const key = { workload, input, impl, variant };
  const lacking = points.find(({ p99 }) => p99 === null);
  if (lacking) return { ...key, load: null, reason: `there is no p99 at ${lacking.load}` };
  const powers = points.map(({ rate, p99 }) => rate / (p99 as number));
  const top = powers.indexOf(Math.max(...powers));
  if (top === 0) return { ...key, load: null, reason: 'it lies at or below the lowest rate' };
  if (top === powers.length - 1)
    return { ...key, load: null, reason: 'it lies at or above the highest rate' };
  return { ...key, load: (points[top] as { load: string }).load, reason: null };
}
