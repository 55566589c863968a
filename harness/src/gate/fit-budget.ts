import type { Calibrated } from './calibrate.js';
import type { Duel } from './duel.js';

/** Duels that fit into the time, and how many blocks of them; `left` don't even with the fewest blocks. */
export interface Fitting {
  readonly duels: readonly Duel[];
  readonly blocks: number;
  readonly left: readonly Duel[];
}

/**
 * Chooses how many blocks of each duel fit into `ms`: at most `most`, at least `fewest`. Where even those don't fit, the slowest duels are left
 * out, but for one, and for those of the null arm: without them nobody knows what the machine does to equal things.
 */
export function fitInto(
  ms: number,
  calibrated: readonly Calibrated[],
  { most, fewest }: { readonly most: number; readonly fewest: number },
): Fitting {
  const total = (of: readonly Calibrated[]): number => of.reduce((sum, { blockMs }) => sum + blockMs, 0);
  const bySpeed = calibrated.filter(({ duel }) => !duel.null).sort((a, b) => a.blockMs - b.blockMs);
  const nulls = calibrated.filter(({ duel }) => duel.null);
  const left: Duel[] = [];
  while (bySpeed.length > 1 && total([...bySpeed, ...nulls]) * fewest > ms) {
    const slowest = bySpeed.pop();
    if (slowest !== undefined) left.push(slowest.duel);
  }
  const chosen = calibrated.filter((one) => one.duel.null || bySpeed.includes(one));
  const blocks = Math.floor(ms / Math.max(1, total(chosen)));
  return { duels: chosen.map(({ duel }) => duel), blocks: Math.max(fewest, Math.min(most, blocks)), left };
}
