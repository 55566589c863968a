import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { holm } from './holm.js';
import {
  hodgesLehmann,
  signedRankCritical,
  signedRankPValue,
  upperBound,
  walshAverages,
} from './signed-rank.js';

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, not ${expected}`);

describe('the signed-rank test', () => {
  const differences = [0.021, -0.004, 0.033, 0.017, 0.009, 0.041, 0.012, -0.006, 0.025, 0.038];

  it('uses the critical values of the two-sided test at 5%', () => {
    // Table of the Wilcoxon signed-rank test, e.g. Hollander, Wolfe & Chicken, table A.4; R: qsignrank(0.025, n) - 1.
    const table = { 6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 12: 13, 15: 25, 20: 52, 25: 89 };
    for (const [n, critical] of Object.entries(table))
      assert.equal(signedRankCritical(Number(n)), critical, `n = ${n}`);
  });

  it('gives the exact p-values of SciPy', () => {
    // SciPy 1.17.1: wilcoxon(differences, alternative='greater', method='exact'), and the same of differences - log(1.01).
    close(signedRankPValue(differences, 0), 0.0048828125);
    close(signedRankPValue(differences, Math.log(1.01)), 0.080078125);
  });

  it('gives ties their mean rank and the distribution of those ranks', () => {
    // SciPy 1.17.1: wilcoxon(…, alternative='greater', method=PermutationMethod(n_resamples=np.inf)).
    close(signedRankPValue([1, 1, 2, -1, 3, 3, -2, 4, 5, 2], 0), 0.01953125);
  });

  it('finds nothing in values that all lie at the centre', () => {
    assert.equal(signedRankPValue([0.5, 0.5, 0.5], 0.5), 1);
  });

  it('rejects at a level exactly where the bound on the other side does', () => {
    // Means of two integers are whole or half: a quarter beside one there is none, and so no two distances are equal.
    const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 16 });
    fc.assert(
      fc.property(values, (integers) => {
        const bound = upperBound(integers, 0.05);
        const mirrored = integers.map((x) => -x);
        assert.ok(signedRankPValue(mirrored, -bound - 0.25) <= 0.05);
        assert.ok(signedRankPValue(mirrored, -bound + 0.25) > 0.05);
      }),
    );
  });

  it('has no bound where no count is rare enough', () => {
    assert.equal(upperBound([1, 2, 3, 4], 0.05), Number.POSITIVE_INFINITY);
    assert.equal(upperBound([1, 2, 3, 4, 5], 0.05), 5);
  });

  it('has n(n+1)/2 pairwise means, and their median as its estimate', () => {
    assert.deepEqual([...walshAverages([1, 3, 8])], [1, 2, 3, 4.5, 5.5, 8]);
    assert.equal(hodgesLehmann([1, 3, 8]), 3.75);
  });
});

describe('several hypotheses', () => {
  it("are rejected as R's p.adjust says", () => {
    // p.adjust(c(0.03, 0.01, 0.05, 0.02, 0.04), "holm") is 0.09 0.05 0.09 0.08 0.09.
    const pValues = [0.03, 0.01, 0.05, 0.02, 0.04];
    assert.deepEqual(holm(pValues, 0.049), [false, false, false, false, false]);
    assert.deepEqual(holm(pValues, 0.05), [false, true, false, false, false]);
    assert.deepEqual(holm(pValues, 0.085), [false, true, false, true, false]);
    assert.deepEqual(holm(pValues, 0.1), [true, true, true, true, true]);
  });

  it('are none where nothing is asked', () => assert.deepEqual(holm([], 0.01), []));
});
