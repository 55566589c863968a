import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bootstrapMedianBounds } from './exact-bootstrap.js';
import { estimateMedian } from './interval.js';
import { orderStatisticCoverage } from './order-statistics.js';
import { median, sorted } from './quantile.js';
import { student975 } from './student.js';

const squares = (n: number): number[] => Array.from({ length: n }, (_, i) => (i + 1) ** 2);

describe('the interval of a median over blocks', () => {
  it('lies between order statistics as interpolated with the binomial distribution of SciPy', () => {
    // SciPy 1.10.1: cov(d) = 1 - 2 * binom.cdf(d - 1, n, 0.5), and Hettmansperger & Sheather's formula on [1, 4, 9, …].
    const table: Record<number, readonly [number, number]> = {
      6: [2.0714285714285734, 32.07142857142857],
      7: [3.200000000000001, 39.46666666666666],
      10: [7.288288288288291, 69.81981981981981],
      13: [13.792425345957762, 106.62272396212671],
      20: [39.05804480651732, 218.1782077393075],
    };
    for (const [n, [low, high]] of Object.entries(table)) {
      const { lo, hi } = estimateMedian(squares(Number(n)));
      assert.ok(Math.abs((lo ?? 0) - low) < 1e-9, `lower bound, n = ${n}`);
      assert.ok(Math.abs((hi ?? 0) - high) < 1e-9, `upper bound, n = ${n}`);
    }
  });

  it('uses the exact coverage of order statistics', () => {
    // SciPy 1.10.1: 1 - 2 * binom.cdf(rank - 1, n, 0.5).
    for (const [n, rank, covered] of [
      [6, 1, 0.96875],
      [10, 2, 0.978515625],
      [10, 3, 0.890625],
      [13, 4, 0.90771484375],
      [20, 6, 0.9586105346679688],
    ] as const) {
      assert.ok(Math.abs(orderStatisticCoverage(n, rank) - covered) < 1e-12, `n = ${n}, rank ${rank}`);
    }
  });

  it('is cross-checked with the bootstrap of all resamples there are', () => {
    for (const values of [
      [1, 2, 4, 8, 16],
      [1, 2, 4, 8, 16, 32],
    ]) {
      const medians = sorted(resamples(values, values.length).map(median));
      const rank = (q: number): number => Math.ceil(q * medians.length - 1e-9) - 1;
      const { lo, hi } = bootstrapMedianBounds(sorted(values));
      assert.equal(lo, medians[rank(0.025)], `lower bound, n = ${values.length}`);
      assert.equal(hi, medians[rank(0.975)], `upper bound, n = ${values.length}`);
    }
  });

  it('disagrees with the bootstrap when one trial in seven is far off, not when they are alike', () => {
    assert.deepEqual(estimateMedian([1, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06]).warnings, []);
    assert.deepEqual(estimateMedian([1, 1.01, 1.02, 1.03, 1.04, 1.05, 3]).warnings, [
      'wide',
      'intervals-disagree',
    ]);
  });

  it('is centred on the median, with Student bounds on the logarithms, for fewer than six blocks', () => {
    const { value, lo, hi, n } = estimateMedian([1, 10, 100]);
    assert.equal(value, 10);
    assert.equal(n, 3);
    // SciPy 1.10.1: t.ppf(0.975, 2).
    const half = (4.302652729911275 * Math.log(10)) / Math.sqrt(3);
    assert.ok(Math.abs(Math.log((hi ?? 0) / 10) - half) < 1e-12);
    assert.ok(Math.abs(Math.log(10 / (lo ?? 0)) - half) < 1e-12);
  });

  it("takes Student's quantiles from the distribution", () => {
    // R: qt(0.975, c(1, 4, 5, 9, 19, 100)).
    const table = { 1: 12.7062047, 4: 2.7764451, 5: 2.5705818, 9: 2.2621572, 19: 2.0930241, 100: 1.9839715 };
    for (const [degrees, quantile] of Object.entries(table))
      assert.ok(Math.abs(student975(Number(degrees)) / quantile - 1) < 3e-4, `${degrees} degrees`);
  });

  it('is absent for one block', () => {
    assert.deepEqual(estimateMedian([5]), { value: 5, lo: null, hi: null, n: 1, warnings: ['few-trials'] });
  });
});

/** All ways to draw `n` of the values with replacement. */
function resamples(values: readonly number[], n: number): number[][] {
  return n === 0 ? [[]] : resamples(values, n - 1).flatMap((rest) => values.map((value) => [value, ...rest]));
}
