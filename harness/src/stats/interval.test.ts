import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateMedian } from './interval.js';
import { orderStatisticCoverage } from './order-statistics.js';

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

  it('agrees with the percentile bootstrap to one order statistic', () => {
    // The bootstrap median of n (odd) values is at most the j-th smallest with probability P(Bin(n, j/n) ≥ (n+1)/2).
    for (const n of [9, 11, 21]) {
      const atMost = (j: number): number => {
        let sum = 0;
        for (let k = (n + 1) / 2; k <= n; k++) sum += binomial(n, k) * (j / n) ** k * (1 - j / n) ** (n - k);
        return sum;
      };
      const rank = (q: number): number => squares(n).findIndex((_, j) => atMost(j + 1) >= q) + 1;
      const { lo, hi } = estimateMedian(squares(n));
      assert.ok(Math.abs(Math.sqrt(lo ?? 0) - rank(0.025)) <= 1, `lower bound, n = ${n}`);
      assert.ok(Math.abs(Math.sqrt(hi ?? 0) - rank(0.975)) <= 1, `upper bound, n = ${n}`);
    }
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

  it('is absent for one block', () => {
    assert.deepEqual(estimateMedian([5]), { value: 5, lo: null, hi: null, n: 1 });
  });
});

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
