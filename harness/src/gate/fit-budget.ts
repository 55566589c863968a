import { gate as defaults } from '../defaults.js';
import type { Calibrated } from './calibrate.js';
import type { Duel } from './duel.js';

/**
 * The same duels with blocks of fewer batches, where not even `fewest` blocks of all fit into `ms`: at most the same number for all, the largest with which they fit, and not
 * below {@link defaults.batches}. A cell that is seen less well says more than one that is left out.
 */
export function shorten(ms: number, calibrated: readonly Calibrated[], fewest: number): Calibrated[] {
  let most: number = defaults.mostBatches;
  let shortened = [...calibrated];
  while (most > defaults.batches && total(shortened) * fewest > ms) {
    most -= 2;
    shortened = calibrated.map((one) => withBatches(one, most));
  }
  return shortened;
}

function withBatches({ duel, blockMs, batchMs }: Calibrated, most: number): Calibrated {
  const batches = Math.min(duel.calls.batches, most);
  return {
    duel: { ...duel, calls: { ...duel.calls, batches } },
    blockMs: blockMs - (duel.calls.batches - batches) * batchMs,
    batchMs,
  };
}

function total(of: readonly Calibrated[]): number {
  return of.reduce((sum, { blockMs }) => sum + blockMs, 0);
}

/** Duels that fit into the time, and how many blocks of them; `left` don't even with the fewest blocks. */
export interface Fitting {
  readonly duels: readonly Duel[];
  readonly blocks: number;
  readonly left: readonly Duel[];
}

/**
 * Chooses how many blocks of each duel fit into `ms`: at most `most`, at least `fewest`. Where even those don't fit, duels that `canWait` are left
 * out first, then others, of each the slowest first; but for one, and for those of the null arm that can't wait: without them nobody knows what the machine
 * does to equal things.
 */
export function fitInto(
  ms: number,
  calibrated: readonly Calibrated[],
  { most, fewest }: { readonly most: number; readonly fewest: number },
  canWait: (duel: Duel) => boolean = () => false,
): Fitting {
  const kept = calibrated.filter(({ duel }) => duel.null && !canWait(duel));
  const byNeed = calibrated
    .filter((one) => !kept.includes(one))
    .sort((a, b) => Number(canWait(a.duel)) - Number(canWait(b.duel)) || a.blockMs - b.blockMs);
  const left: Duel[] = [];
  while (byNeed.length > 1 && total([...byNeed, ...kept]) * fewest > ms) {
    const last = byNeed.pop();
    if (last !== undefined) left.push(last.duel);
  }
  const chosen = calibrated.filter((one) => kept.includes(one) || byNeed.includes(one));
  const blocks = Math.floor(ms / Math.max(1, total(chosen)));
  return { duels: chosen.map(({ duel }) => duel), blocks: Math.max(fewest, Math.min(most, blocks)), left };
}
