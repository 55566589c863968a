import type { CellKey } from '../results/schema.js';
import type { ArmTrial, Batch } from './arm-message.js';
import type { Duel, DuelBlock } from './duel.js';
import type { Seen } from './measure.js';

/** Made-up duels for tests of what is concluded from them. */

const figures = {
  cpuMs: 1,
  latencyMs: 1,
  perCallMs: 1,
  boundaryMs: 0.25,
  computeMs: 0.75,
  gcMs: 0.125,
  peakRssMiB: 100,
};

/** By which each of them is multiplied. */
type Factors = Partial<Record<keyof typeof figures, number>>;

/** A duel of json cells that differ by their implementation. */
export function madeUpDuel(impl: string, ofNull = false): Duel {
  const key: CellKey = { workload: 'json', input: 'orders', impl, variant: 'sync', load: 'closed:1' };
  const record = {
    ...{ name: 'orders', summary: '', origin: 'generated' as const, licence: 'MIT', bytes: 1 },
    ...{ sha256: '', resident: false, options: {} },
  };
  return {
    ...{ key, null: ofNull, a: 'file:///a', b: 'file:///b', artefacts: { a: [], b: [] } },
    input: { record, file: '/input' },
    calls: { warmUpCalls: 1, callsPerBatch: 1 },
  };
}

/** Blocks in which head's figures are those of base times `factors`, but for some scatter. */
export function madeUpBlocks(count: number, factors: Factors = {}): DuelBlock[] {
  return Array.from({ length: count }, (_, block) => {
    const scatter = 1 + 0.004 * Math.sin(block * 2.3);
    const arms = { a: scaled({}, 1), b: scaled(factors, scatter) };
    return { block, first: block % 2 === 0 ? 'a' : 'b', ...arms, tookMs: 500 };
  });
}

function scaled(by: Factors, scatter: number): ArmTrial {
  const of = (name: keyof typeof figures): number => figures[name] * (by[name] ?? 1) * scatter;
  const batch: Batch = {
    cpuMs: of('cpuMs'),
    latencyMs: of('latencyMs'),
    perCallMs: of('perCallMs'),
    boundaryMs: of('boundaryMs'),
    computeMs: of('computeMs'),
    gcMs: of('gcMs'),
  };
  return { batches: [batch, batch], peakRssMiB: of('peakRssMiB') };
}

/** What a stage saw. */
export function seen(entries: readonly (readonly [Duel, DuelBlock[]])[]): Seen {
  return new Map(entries.map(([duel, blocks]) => [duel, { blocks, broken: null }]));
}

/** Ten effects around none, whose standard deviation is `sd`. */
export function scattered(sd: number): number[] {
  return [-1, 1].flatMap((side) => Array.from({ length: 5 }, () => side * sd * Math.sqrt(0.9)));
}
