import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gate as defaults } from '../defaults.js';
import { Random } from '../stats/coverage/synthetic-noise.js';
import type { Batch } from './arm-message.js';
import { batchesFor } from './calibrate.js';
import { type DuelBlock, effectOf, measuredMetrics } from './duel.js';

const others = { latencyMs: 1, perCallMs: 1, boundaryMs: 1, computeMs: 1, gcMs: 0 };

/** A block of so many pairs of equal arms whose ratios scatter normally. */
function blockOf(pairs: number, sd: number, random: Random): DuelBlock {
  const batches = (costs: readonly number[]): Batch[] => costs.map((cpuMs) => ({ ...others, cpuMs }));
  const trial = (costs: readonly number[]) => ({ batches: batches(costs), peakRssMiB: 1 });
  const head = Array.from({ length: pairs }, () => Math.exp(sd * random.normal()));
  return { block: 0, first: 'a', a: trial(head.map(() => 1)), b: trial(head), tookMs: 500 };
}

describe('the number of batches of a block', () => {
  const sample = (sd: number): number[] => {
    const random = new Random(1, `batches ${sd}`);
    return Array.from({ length: 500 }, () => batchesFor(blockOf(defaults.batches, sd, random)));
  };

  it('stays what it is where batches hardly scatter', () => {
    assert.equal(Math.max(...sample(0)), defaults.batches);
    assert.ok(sample(0.03).filter((batches) => batches === defaults.batches).length > 450);
  });

  it('grows to its cap where they scatter much', () => {
    assert.ok(sample(0.5).filter((batches) => batches === defaults.mostBatches).length > 450);
  });

  it('is even, so that both arms come first equally often', () => {
    for (const batches of sample(0.08)) assert.equal(batches % 2, 0);
  });

  it('makes the effect of a block about as sure as it shall be', () => {
    const random = new Random(1, 'batches, error');
    const errors = Array.from({ length: 1000 }, () => {
      const batches = batchesFor(blockOf(defaults.batches, 0.08, random));
      return effectOf(blockOf(batches, 0.08, random), measuredMetrics.cpu) ?? assert.fail('all are told');
    });
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    assert.ok(rms < 1.25 * defaults.batchError, `${rms}`);
  });

  it('is the least where processor time is not told', () => {
    const block = blockOf(defaults.batches, 0.5, new Random(1, 'untold'));
    const untold = { ...block.a, batches: block.a.batches.map((batch) => ({ ...batch, cpuMs: 0 })) };
    assert.equal(batchesFor({ ...block, a: untold }), defaults.batches);
  });
});
