import { mean } from 'simple-statistics';
import { gate as defaults } from '../defaults.js';
import type { Calibrated } from './calibrate.js';
import type { Duel } from './duel.js';
import type { BlockWish } from './fresh-blocks.js';
import type { Seen } from './measure.js';

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

/** The same duels, whose blocks take as long as those that were seen of them did on average. */
export function atPaceOf(seen: Seen, calibrated: readonly Calibrated[]): Calibrated[] {
  return calibrated.map((one) => {
    const blocks = seen.get(one.duel)?.blocks ?? [];
    return blocks.length === 0 ? one : { ...one, blockMs: mean(blocks.map(({ tookMs }) => tookMs)) };
  });
}

function total(of: readonly Calibrated[]): number {
  return of.reduce((sum, { blockMs }) => sum + blockMs, 0);
}

/** How many blocks of which duels fit into the time; `left` don't even with the fewest. */
export interface Fitting {
  readonly blocks: ReadonlyMap<Duel, number>;
  readonly left: readonly Duel[];
}

/**
 * Chooses how many blocks of each duel fit into `ms`: the same share, as large as it can be, of what each wants, but its fewest of all. Where even those don't fit, duels that
 * `canWait` are left out first, then others, of each the slowest first; but for one, and for those of the null arm that can't wait: without them nobody knows what the machine
 * does to equal things.
 */
export function fitInto(
  ms: number,
  calibrated: readonly Calibrated[],
  wishOf: (duel: Duel) => BlockWish,
  canWait: (duel: Duel) => boolean = () => false,
): Fitting {
  const fewestMs = (of: readonly Calibrated[]): number =>
    of.reduce((sum, { duel, blockMs }) => sum + blockMs * wishOf(duel).fewest, 0);
  const kept = calibrated.filter(({ duel }) => duel.null && !canWait(duel));
  const byNeed = calibrated
    .filter((one) => !kept.includes(one))
    .sort((a, b) => Number(canWait(a.duel)) - Number(canWait(b.duel)) || a.blockMs - b.blockMs);
  const left: Duel[] = [];
  while (byNeed.length > 1 && fewestMs([...byNeed, ...kept]) > ms) {
    const last = byNeed.pop();
    if (last !== undefined) left.push(last.duel);
  }
  const chosen = calibrated.filter((one) => kept.includes(one) || byNeed.includes(one));
  const wishes = chosen.map(({ duel }) => wishOf(duel));
  const blocksAt = (share: number): number[] =>
    wishes.map(({ wanted, fewest }) => Math.max(fewest, Math.floor(share * wanted + rounding)));
  const msOf = (blocks: readonly number[]): number =>
    chosen.reduce((sum, { blockMs }, i) => sum + blockMs * (blocks[i] ?? 0), 0);
  // At these shares, and at no other, somebody gets a block more.
  const shares = wishes.flatMap(({ wanted }) => Array.from({ length: wanted }, (_, i) => (i + 1) / wanted));
  const best = shares.sort((a, b) => b - a).find((share) => msOf(blocksAt(share)) <= ms) ?? 0;
  return { blocks: new Map(blocksAt(best).map((n, i) => [(chosen[i] as Calibrated).duel, n])), left };
}

/** What a whole number may come short of after a division and a multiplication. */
const rounding = 1e-9;
