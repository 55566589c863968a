import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimatePooledQuantile } from './pooled-quantile.js';
import { sorted } from './quantile.js';

describe('a percentile of all trials together', () => {
  it('has no interval in the tail, and says what it is', () => {
    const trials = Array.from({ length: 8 }, (_, t) => sorted(Array.from({ length: 200 }, (__, i) => i + t)));
    const { value, lo, hi, n, warnings } = estimatePooledQuantile(trials, 0.99);
    assert.ok(value > 195 && value < 205);
    assert.deepEqual({ lo, hi, n, warnings }, { lo: null, hi: null, n: 8, warnings: ['pooled'] });
  });

  it("has Woodruff's interval at the median, worked out by hand", () => {
    // 1…12 in trials of four: 6.5; at most that are 4, 2 and 0 of four. Variance of 4, 2, 0 about 2 is 4: error √(3·4)/12, Student 4.3027,
    // half 4.9683 on the log odds. So the shares are 0.69% and 99.31%, where R's quantile() is 1.076 and 11.924.
    const trials = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ].map((samples) => sorted(samples));
    const apart = estimatePooledQuantile(trials, 0.5);
    assert.equal(apart.value, 6.5);
    assert.deepEqual(apart.warnings, ['few-trials', 'wide', 'pooled']);
    assert.ok(
      Math.abs((apart.lo ?? 0) - 1.0759780187) < 1e-9 && Math.abs((apart.hi ?? 0) - 11.9240219813) < 1e-9,
    );
    // Four alike trials: at most 20.5 are 2, 2, 3, 1 of four: error √(2·4/3)/16 = 0.1021, Student 3.1824, half 1.2993: shares 21.43% and 78.57%.
    const alike = [
      [1, 20, 30, 40],
      [2, 19, 31, 39],
      [3, 18, 17, 38],
      [4, 21, 29, 41],
    ].map((samples) => sorted(samples));
    const { value, lo, hi } = estimatePooledQuantile(alike, 0.5);
    assert.equal(value, 20.5);
    assert.ok(
      Math.abs((lo ?? 0) - 6.787510877) < 1e-6 && Math.abs((hi ?? 0) - 36.499032605) < 1e-6,
      `${lo} to ${hi}`,
    );
  });

  it('is in the middle when all trials are alike', () => {
    const { value, lo, hi } = estimatePooledQuantile([sorted([1, 2]), sorted([1, 2])], 0.5);
    assert.deepEqual([value, lo, hi], [1.5, 1.5, 1.5]);
  });
});
