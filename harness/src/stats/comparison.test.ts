import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Figure } from '../results/schema.js';
import { type Comparison, compare, smallestDifference } from './comparison.js';

const between = (lo: number, value: number, hi: number): Figure => ({ value, lo, hi, n: 10, warnings: [] });

describe('a ratio', () => {
  it('is a difference only if its interval excludes 1 and it is larger than the smallest one', () => {
    const cases: readonly (readonly [Figure, Comparison])[] = [
      [between(1.5, 2, 2.5), 'more'],
      [between(0.4, 0.5, 0.6), 'less'],
      [between(0.9, 1.3, 1.6), 'not distinguishable'],
      [between(1.005, 1.01, 1.015), 'not distinguishable'],
      [between(0.985, 0.99, 0.995), 'not distinguishable'],
      [{ value: 3, lo: null, hi: null, n: 1, warnings: [] }, 'not distinguishable'],
      [{ value: null, reason: 'not measured' }, 'not distinguishable'],
    ];
    for (const [figure, reading] of cases) assert.equal(compare(figure, 0.02), reading);
  });

  it('is held against the noise of the machine where that is more than 2%', () => {
    const cell = { workload: 'json', input: 'small', impl: 'ts-only', variant: 'main', load: 'closed:1' };
    const noise = (share: number) => ({
      noiseFloor: { cell, ratio: { value: 1 + share, lo: 1, hi: 2, n: 10, warnings: [] }, share },
    });
    assert.equal(smallestDifference({ noiseFloor: null }), 0.02);
    assert.equal(smallestDifference(noise(0.01)), 0.02);
    assert.equal(smallestDifference(noise(0.07)), 0.07);
    const eightPercent = between(1.06, 1.08, 1.1);
    assert.equal(compare(eightPercent, smallestDifference(noise(0.07))), 'more');
    assert.equal(compare(eightPercent, smallestDifference(noise(0.09))), 'not distinguishable');
  });
});
