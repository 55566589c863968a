import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clopperPearson } from './clopper-pearson.js';

it('the interval of a rate is that of SciPy', () => {
  // SciPy 1.17.1: binomtest(k, n).proportion_ci(0.95, 'exact').
  const cases = [
    [0, 10, 0, 0.30849710781876294],
    [3, 40, 0.015742179851041527, 0.20386474873289898],
    [10, 10, 0.6915028921812371, 1],
    [97, 100, 0.9148239470257197, 0.9937700284616938],
  ] as const;
  for (const [successes, trials, lo, hi] of cases) {
    const interval = clopperPearson(successes, trials);
    assert.ok(Math.abs(interval.lo - lo) < 1e-10, `${interval.lo}`);
    assert.ok(Math.abs(interval.hi - hi) < 1e-10, `${interval.hi}`);
  }
});
