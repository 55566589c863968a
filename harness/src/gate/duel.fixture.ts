import type { CellKey } from '../results/schema.js';
import type { ArmTrial } from './arm-trial-message.js';
import type { Duel, DuelBlock } from './duel.js';
import type { Seen } from './measure.js';

/** Made-up duels for tests of what is concluded from them. */

const trial: ArmTrial = {
  cpuMs: 1,
  latencyMs: 1,
  perCallMs: 1,
  boundaryMs: 0.25,
  computeMs: 0.75,
  gcMs: 0.125,
  peakRssMiB: 100,
};

/** A duel of json cells that differ by their implementation. */
export function madeUpDuel(impl: string, ofNull = false): Duel {
  const key: CellKey = { workload: 'json', input: 'orders', impl, variant: 'sync', load: 'closed:1' };
  const record = {
    ...{ name: 'orders', summary: '', origin: 'generated' as const, licence: 'MIT', bytes: 1 },
    ...{ sha256: '', resident: false, options: {} },
  };
  return {
    ...{ key, null: ofNull, a: 'file:///a', b: 'file:///b' },
    input: { record, file: '/input' },
    calls: { warmUpCalls: 1, batches: 8, callsPerBatch: 1 },
  };
}

/** Blocks in which head's figures are those of base times `factors`, but for some scatter. */
export function madeUpBlocks(
  count: number,
  factors: Partial<Record<keyof ArmTrial, number>> = {},
): DuelBlock[] {
  return Array.from({ length: count }, (_, block) => {
    const scatter = 1 + 0.004 * Math.sin(block * 2.3);
    const scaled = (by: Partial<Record<keyof ArmTrial, number>>, extra: number): ArmTrial => ({
      cpuMs: trial.cpuMs * (by.cpuMs ?? 1) * extra,
      latencyMs: trial.latencyMs * (by.latencyMs ?? 1) * extra,
      perCallMs: trial.perCallMs * (by.perCallMs ?? 1) * extra,
      boundaryMs: trial.boundaryMs * (by.boundaryMs ?? 1) * extra,
      computeMs: trial.computeMs * (by.computeMs ?? 1) * extra,
      gcMs: trial.gcMs * (by.gcMs ?? 1) * extra,
      peakRssMiB: (trial.peakRssMiB ?? 0) * (by.peakRssMiB ?? 1) * extra,
    });
    return {
      block,
      order: block % 2 === 0 ? 'abba' : 'baab',
      a: [scaled({}, 1), scaled({}, 1)],
      b: [scaled(factors, scatter), scaled(factors, scatter)],
    };
  });
}

/** What a stage saw. */
export function seen(entries: readonly (readonly [Duel, DuelBlock[]])[]): Seen {
  return new Map(entries.map(([duel, blocks]) => [duel, { blocks, broken: null }]));
}
