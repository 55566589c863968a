import { mean } from 'simple-statistics';
import type { Duel, DuelBlock } from './duel.js';
import type { Seen } from './measure.js';

/** How long blocks of a duel take: so many milliseconds for a batch of both arms, and so many besides, to start, to warm up and to end. */
export interface Pace {
  readonly duel: Duel;
  readonly fixedMs: number;
  readonly batchMs: number;
}

/** The pace of each duel of which blocks were seen, and nothing broke. */
export function pacesOf(seen: Seen): Pace[] {
  return [...seen].flatMap(([duel, { blocks, broken }]) => {
    if (broken !== null || blocks.length === 0) return [];
    const batchesMs = blocks.map((block) => batchesMsOf(block, duel.calls.callsPerBatch));
    return {
      duel,
      fixedMs: mean(blocks.map(({ tookMs }, i) => tookMs - (batchesMs[i] as number))),
      batchMs: mean(blocks.map(({ a }, i) => (batchesMs[i] as number) / a.batches.length)),
    };
  });
}

/** Milliseconds that a block of so many batches takes. */
export function blockMs({ fixedMs, batchMs }: Pace, batches: number): number {
  return fixedMs + batches * batchMs;
}

/** Milliseconds that the batches of both arms took. */
function batchesMsOf({ a, b }: DuelBlock, callsPerBatch: number): number {
  return [...a.batches, ...b.batches].reduce((sum, { perCallMs }) => sum + perCallMs * callsPerBatch, 0);
}
