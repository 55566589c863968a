import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Point, theilSen } from './theil-sen.js';

/** Points at steps of one. */
const series = (values: readonly number[]): Point[] => values.map((y, x) => ({ x, y }));

describe('the slope of a line through points', () => {
  it('is that of scipy.stats.theilslopes (SciPy 1.17.1)', () => {
    const { value, lo, hi } = theilSen(
      series([10.1, 10.4, 10.2, 10.9, 11.3, 11, 11.8, 11.5, 12.4, 12.1, 12.6, 13.5, 12.9]),
    );
    assert.ok(Math.abs(value - 0.2707142857142858) < 1e-12, `${value}`);
    assert.ok(Math.abs(lo - 0.2124999999999999) < 1e-12, `${lo}`);
    assert.ok(Math.abs(hi - 0.3000000000000007) < 1e-12, `${hi}`);
  });

  it('is not moved by one outlier', () => {
    const flat = Array<number>(30).fill(5);
    flat[20] = 1e9;
    assert.equal(theilSen(series(flat)).value, 0);
  });

  it('finds a leak of one unit a step under noise ten times as large', () => {
    const leaking = Array.from({ length: 60 }, (_, step) => step + ((step * 7919) % 20) - 10);
    const { lo, hi } = theilSen(series(leaking));
    assert.ok(lo > 0.5 && hi < 1.5, `${lo} to ${hi}`);
  });

  it('takes steps of any width', () => {
    const points = [0, 1, 2, 7, 8, 20, 21, 40, 41, 100].map((x) => ({ x, y: 3 * x + 1 }));
    assert.deepEqual(theilSen(points), { value: 3, lo: 3, hi: 3 });
  });
});
