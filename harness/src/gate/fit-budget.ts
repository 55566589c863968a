import { gate as defaults } from '../defaults.js';
import type { Duel } from './duel.js';
import type { BlockWish } from './fresh-blocks.js';
import { blockMs, type Pace } from './pace.js';

/** How many blocks of which duels fit into the time, and of how many batches; `left` don't even with the fewest of both. */
export interface Fitting {
  readonly batches: number;
  readonly blocks: ReadonlyMap<Duel, number>;
  readonly left: readonly Duel[];
}

/**
 * Chooses what fits into `ms`. Blocks have as many batches as they can with which the fewest blocks of all that stay fit: a cell that is seen less well says more than one that is left out.
 * Of blocks each duel gets the same share, as large as it can be, of what it wants, but its fewest. Where even those don't fit, duels that
 * `canWait` are left out first, then others, of each the slowest first; but for one, and for those of the null arm that can't wait: without them nobody knows what the machine
 * does to equal things.
 */
export function fitInto(
  ms: number,
  paces: readonly Pace[],
  wishOf: (duel: Duel) => BlockWish,
  canWait: (duel: Duel) => boolean = () => false,
): Fitting {
  const { fewestBatches } = defaults;
  const fewestMs = (of: readonly Pace[], batches: number): number =>
    of.reduce((sum, pace) => sum + blockMs(pace, batches) * wishOf(pace.duel).fewest, 0);
  const kept = paces.filter(({ duel }) => duel.null && !canWait(duel));
  const byNeed = paces
    .filter((pace) => !kept.includes(pace))
    .sort(
      (a, b) =>
        Number(canWait(a.duel)) - Number(canWait(b.duel)) ||
        blockMs(a, fewestBatches) - blockMs(b, fewestBatches),
    );
  const left: Duel[] = [];
  while (byNeed.length > 1 && fewestMs([...byNeed, ...kept], fewestBatches) > ms) {
    const last = byNeed.pop();
    if (last !== undefined) left.push(last.duel);
  }

  const chosen = paces.filter((pace) => kept.includes(pace) || byNeed.includes(pace));
  let batches: number = defaults.batches;
  while (batches > fewestBatches && fewestMs(chosen, batches) > ms) batches -= 2;
  const wishes = chosen.map(({ duel }) => wishOf(duel));
  const blocksAt = (share: number): number[] =>
    wishes.map(({ wanted, fewest }) => Math.max(fewest, Math.floor(share * wanted + rounding)));
  const msOf = (blocks: readonly number[]): number =>
    chosen.reduce((sum, pace, i) => sum + blockMs(pace, batches) * (blocks[i] ?? 0), 0);
  // At these shares, and at no other, somebody gets a block more.
  const shares = wishes.flatMap(({ wanted }) => Array.from({ length: wanted }, (_, i) => (i + 1) / wanted));
  const best = shares.sort((a, b) => b - a).find((share) => msOf(blocksAt(share)) <= ms) ?? 0;
  return { batches, blocks: new Map(blocksAt(best).map((n, i) => [(chosen[i] as Pace).duel, n])), left };
}

/** What a whole number may come short of after a division and a multiplication. */
const rounding = 1e-9;
