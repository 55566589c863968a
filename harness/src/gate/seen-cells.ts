import { fits } from '../plan/gate-policy.js';
import { median } from '../stats/quantile.js';
import { cellName } from '../stats/summarise-run.js';
import type { Duel, DuelBlock } from './duel.js';
import type { Seen } from './measure.js';

/** A cell that was measured to its end. */
export interface SeenCell {
  readonly duel: Duel;
  /** Size of its input. */
  readonly bytes: number;
  /** Logarithms of the milliseconds a call in head, by block. */
  readonly logMs: ReadonlyMap<number, number>;
}

/** The one cell that fits a pattern, if there is exactly one. */
export type FindCell = (pattern: string) => SeenCell | null;

/** Finds cells by their names among those that the first stage saw, with the blocks of all `stages`. */
export function cellsIn(...stages: readonly Seen[]): FindCell {
  const all = [...(stages[0] ?? [])].map(([duel]) => ({
    duel,
    seen: stages.flatMap((stage) => stage.get(duel) ?? []),
  }));
  return (pattern) => {
    const [only, second] = all.filter(
      ({ duel, seen }) =>
        !duel.null && seen.every(({ broken }) => broken === null) && fits(cellName(duel.key), pattern),
    );
    if (only === undefined || second !== undefined) return null;
    const { duel, seen } = only;
    const blocks = seen.flatMap((stage) => stage.blocks);
    return {
      duel,
      bytes: duel.input.record.bytes,
      logMs: new Map(blocks.map((block) => [block.block, logMsOf(block)])),
    };
  };
}

function logMsOf({ b }: DuelBlock): number {
  return median(b.batches.map(({ perCallMs }) => Math.log(perCallMs)));
}
