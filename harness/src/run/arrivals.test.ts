import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { longestOpenWindowMs, samplesPerTrial } from '../defaults.js';
import { poissonArrivals } from './arrivals.js';

const second = { ms: 1000, operations: 1 };
const anySeed = fc.integer({ min: 0, max: 0xffffffff });

describe('the arrivals of an open load', () => {
  it('are the same for the same seed and purpose, and others for others', () => {
    fc.assert(
      fc.property(anySeed, fc.string(), (seed, purpose) => {
        const arrivals = poissonArrivals(100, second, seed, purpose);
        assert.deepEqual(poissonArrivals(100, second, seed, purpose), arrivals);
        assert.notDeepEqual(poissonArrivals(100, second, seed, `${purpose}!`), arrivals);
      }),
      { seed: 1 },
    );
  });

  it('ascend within the window, and come at the rate', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 500, max: 20_000 }), (seed, rate) => {
        const { dueMs, windowMs } = poissonArrivals(rate, second, seed, '');
        assert.equal(windowMs, 1000);
        assert.ok(dueMs.every((due, i) => due > (dueMs[i - 1] ?? 0) && due <= windowMs));
        // The count is Poisson: its standard deviation is the root of its mean, and six of them are never left.
        assert.ok(Math.abs(dueMs.length - rate) < 6 * Math.sqrt(rate), `${dueMs.length} for ${rate}`);
      }),
      { seed: 1 },
    );
  });

  it('have exponential gaps: mean and standard deviation are alike, and 1/e of the gaps are longer than the mean', () => {
    const { dueMs } = poissonArrivals(1000, { ms: 20_000, operations: 1 }, 3, 'gaps');
    const gaps = dueMs.map((due, i) => due - (dueMs[i - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    const longer = gaps.filter((gap) => gap > mean).length / gaps.length;
    assert.ok(Math.abs(mean - 1) < 0.03, `mean ${mean} ms`);
    assert.ok(
      Math.abs(Math.sqrt(variance) / mean - 1) < 0.05,
      `standard deviation ${Math.sqrt(variance)} ms`,
    );
    assert.ok(Math.abs(longer - Math.exp(-1)) < 0.02, `${longer} longer than the mean`);
  });

  it('are as many as the suite asks for, in a longer window, but not for ever', () => {
    const few = poissonArrivals(5, { ms: 100, operations: 7 }, 1, '');
    assert.equal(few.dueMs.length, 7);
    assert.equal(few.windowMs, few.dueMs[6]);
    const rare = poissonArrivals(1, { ms: 100, operations: 1000 }, 1, '');
    assert.ok(rare.dueMs.length < 100 && rare.windowMs <= longestOpenWindowMs);
  });

  it('are no more than a trial keeps: the window then ends with the last', () => {
    const { dueMs, windowMs } = poissonArrivals(10_000_000, second, 1, '');
    assert.equal(dueMs.length, samplesPerTrial);
    assert.equal(windowMs, dueMs.at(-1));
  });
});
