import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rankSumCritical, rankSumPValue, shiftBetween } from './rank-sum.js';

const close = (actual: number | null, expected: number): void =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

/** Hollander & Wolfe, table 4.1: permeability of the human chorioamnion at term and at 12 to 26 weeks; the example of R's `wilcox.test`. */
const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const earlier = [1.15, 0.88, 0.9, 0.74, 1.21];

describe('the rank-sum test', () => {
  it('gives the exact p-value of R and SciPy', () => {
    // SciPy 1.17.1: mannwhitneyu(at_term, earlier, method='exact'); R: W = 35, p-value = 0.1272 one-sided.
    close(rankSumPValue(atTerm, earlier), 0.2544122544122544);
    close(rankSumPValue(earlier, atTerm), 0.2544122544122544);
  });

  it('gives ties their mean rank and the distribution of those ranks', () => {
    // SciPy 1.17.1: permutation_test of how far the sum of rankdata(…) is from its mean, n_resamples=np.inf.
    close(rankSumPValue([1, 2, 2, 3, 5, 5, 8, 9], [2, 4, 5, 6, 9, 10, 11, 12, 12]), 0.04841628959276018);
  });

  it('finds nothing in two samples of one value', () => assert.equal(rankSumPValue([1, 1, 1], [1, 1]), 1));

  it('uses the critical values of the two-sided test at 5%', () => {
    // SciPy 1.17.1: the largest k with _MWU(m, n).cdf(k) <= 0.025; tables of U have one more where they say "below".
    const table: [number, number, number][] = [
      [3, 3, -1],
      [4, 4, 0],
      [5, 5, 2],
      [5, 10, 8],
      [8, 12, 22],
      [20, 20, 127],
    ];
    for (const [m, n, critical] of table) assert.equal(rankSumCritical(m, n), critical, `${m} and ${n}`);
  });

  it('approximates where samples are large what it counts where they are not', () => {
    // SciPy 1.17.1: _MWU(50, 40) and _MWU(60, 60).
    assert.ok(Math.abs(rankSumCritical(50, 40) - 758) <= 1);
    assert.ok(Math.abs(rankSumCritical(60, 60) - 1426) <= 1);
  });
});

describe('the shift between two samples', () => {
  it('is that of Hollander & Wolfe with the interval that inverts the test', () => {
    // NumPy: median of all differences; the interval: all shifts for which SciPy's mannwhitneyu(…, method='exact') has p > 0.05.
    const { value, lo, hi } = shiftBetween(atTerm, earlier);
    close(value, -0.305);
    close(lo, -0.76);
    close(hi, 0.15);
  });

  it('has no interval for three values each', () =>
    assert.deepEqual(shiftBetween([1, 2, 3], [11, 12, 13]), { value: 10, lo: null, hi: null }));

  it('turns its sign when the samples are exchanged', () => {
    const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const [there, back] = [shiftBetween(a, b), shiftBetween(b, a)];
        assert.equal(there.value + back.value, 0);
        assert.equal((there.lo ?? 0) + (back.hi ?? 0), 0);
      }),
    );
  });
});
