import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bestSplit } from './divergence.js';

/** 1.00 ± 3%, for eight runs 1.11, and back. */
const thereAndBack = [
  1.02, 0.97, 1.01, 0.99, 1.03, 0.98, 1, 1.02, 1.12, 1.09, 1.11, 1.14, 1.1, 1.13, 1.08, 1.12, 1.01, 0.99,
  1.02, 0.98, 1, 1.03, 0.97, 1.01,
];

/** The same, as the paper writes it. */
function slowly(values: readonly number[], minSegment: number): number {
  const mean = (x: readonly number[]): number => x.reduce((sum, y) => sum + y, 0) / x.length;
  const within = (x: readonly number[]): number =>
    mean(x.flatMap((a, i) => x.slice(0, i).map((b) => Math.abs(a - b))));
  let most = Number.NEGATIVE_INFINITY;
  for (let split = minSegment; split <= values.length - minSegment; split++) {
    for (let end = split + minSegment; end <= values.length; end++) {
      const [x, y] = [values.slice(0, split), values.slice(split, end)];
      const between = mean(x.flatMap((a) => y.map((b) => Math.abs(a - b))));
      const scale = (x.length * y.length) / (x.length + y.length);
      most = Math.max(most, scale * (2 * between - within(x) - within(y)));
    }
  }
  return most;
}

describe('the best split of a series', () => {
  it('is the one of the greatest energy distance, as SciPy has it', () => {
    // SciPy 1.17.1: max over τ and κ of mn/(m+n)·(2·cdist(x, y).mean() − pdist(x).mean() − pdist(y).mean()).
    for (const [values, index, divergence] of [
      [thereAndBack, 8, 0.668571428571429],
      [thereAndBack.slice(8), 8, 0.6828571428571434],
      [thereAndBack.slice(0, 8), 4, -0.018333333333333354],
    ] as const) {
      const split = bestSplit(values, 4);
      assert.ok(split !== null && Math.abs(split.divergence - divergence) < 1e-12, `${split?.divergence}`);
      if (divergence > 0) assert.equal(split.index, index);
    }
  });

  it('is found in n² steps as in n⁴', () => {
    const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 16 });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 3 }), (values, minSegment) => {
        const split = bestSplit(values, minSegment);
        assert.ok(split !== null);
        assert.ok(Math.abs(split.divergence - slowly(values, minSegment)) < 1e-6);
      }),
    );
  });

  it('leaves at least so many values on both sides', () => {
    assert.equal(bestSplit([0, 0, 9, 9, 9, 9, 9, 9], 2)?.index, 2);
    assert.equal(bestSplit([0, 0, 9, 9, 9, 9, 9, 9], 3)?.index, 3);
    assert.equal(bestSplit([1, 1, 5, 5, 5], 3), null);
  });
});
