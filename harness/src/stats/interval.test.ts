import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateMedian, resampleBlocks } from './interval.js';

describe('the interval of a median over blocks', () => {
  it('agrees with the exact bootstrap distribution, which is binomial', () => {
    // The bootstrap median of n (odd) values is at most the j-th smallest with probability P(Bin(n, j/n) ≥ (n+1)/2).
    for (const n of [9, 11, 21]) {
      const values = Array.from({ length: n }, (_, i) => 10 + i * i);
      const atMost = (j: number): number => {
        let sum = 0;
        for (let k = (n + 1) / 2; k <= n; k++) sum += binomial(n, k) * (j / n) ** k * (1 - j / n) ** (n - k);
        return sum;
      };
      const exact = (q: number): number =>
        values[[...values.keys()].findIndex((j) => atMost(j + 1) >= q)] ?? 0;
      const { lo, hi } = estimateMedian(values, resampleBlocks(n, 10_000, 7));
      assert.equal(lo, exact(0.025), `lower bound, n = ${n}`);
      assert.equal(hi, exact(0.975), `upper bound, n = ${n}`);
    }
  });

  it('covers the truth of a skewed distribution in about 95% of runs of ten blocks', () => {
    // 1,000 runs of ten log-uniform values whose median is 1; the exact order-statistics interval for n = 10 covers
    // 97.9% with ranks 2 and 9, 89.1% with ranks 3 and 8: a percentile bootstrap lies between.
    let state = 1;
    const uniform = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const resamples = resampleBlocks(10, 1000, 1);
    let covered = 0;
    for (let run = 0; run < 1000; run++) {
      const { lo, hi } = estimateMedian(
        Array.from({ length: 10 }, () => Math.exp(4 * uniform() - 2)),
        resamples,
      );
      if ((lo ?? 0) <= 1 && 1 <= (hi ?? 0)) covered++;
    }
    assert.ok(covered >= 910 && covered <= 985, `covered ${covered} of 1000`);
  });

  it('is centred on the median, with Student bounds on the logarithms, for fewer than six blocks', () => {
    const { value, lo, hi, n } = estimateMedian([1, 10, 100], resampleBlocks(3, 10, 1));
    assert.equal(value, 10);
    assert.equal(n, 3);
    const half = (4.302652729911275 * Math.log(10)) / Math.sqrt(3);
    assert.ok(Math.abs(Math.log((hi ?? 0) / 10) - half) < 1e-12);
    assert.ok(Math.abs(Math.log(10 / (lo ?? 0)) - half) < 1e-12);
  });

  it('is absent for one block', () => {
    assert.deepEqual(estimateMedian([5], resampleBlocks(1, 10, 1)), { value: 5, lo: null, hi: null, n: 1 });
  });

  it('is the same for the same seed', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    assert.deepEqual(
      estimateMedian(values, resampleBlocks(8, 500, 42)),
      estimateMedian(values, resampleBlocks(8, 500, 42)),
    );
  });
});

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
