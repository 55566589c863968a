import { fits } from '../plan/gate-policy.js';
import { median } from '../stats/quantile.js';
import { cellName } from '../stats/summarise-run.js';
import type { DuelBlock } from './duel.js';
import type { Seen } from './measure.js';

/** A cell that was measured to its end. */
export interface SeenCell {
  /** Size of its input. */
  readonly bytes: number;
  /** Logarithms of the milliseconds a call in head, by block. */
  readonly logMs: ReadonlyMap<number, number>;
}

/** The one cell that fits a pattern, if there is exactly one. */
export type FindCell = (pattern: string) => SeenCell | null;

/** Finds cells by their names among those that a stage saw. */
export function cellsIn(screened: Seen): FindCell {
  return (pattern) => {
    const fitting = [...screened].filter(
      ([duel, { broken }]) => !duel.null && broken === null && fits(cellName(duel.key), pattern),
    );
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) return null;
    const [duel, { blocks }] = only;
    return {
      bytes: duel.input.record.bytes,
      logMs: new Map(blocks.map((block) => [block.block, logMsOf(block)])),
    };
  };
}

function logMsOf({ b }: DuelBlock): number {
  return median(b.batches.map(({ perCallMs }) => Math.log(perCallMs)));
}
