import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CostAtSize, costOf, fitBoundaryLine } from './boundary-line.js';

const sizes = [0, 1024, 65_536, 1_048_576, 16_777_216];
const costs = (ns: readonly number[]): CostAtSize[] =>
  ns.map((value, i) => ({ bytes: sizes[i] ?? 0, ns: value }));
const near = (value: number, expected: number, share = 1e-6): void =>
  assert.ok(Math.abs(value / expected - 1) < share, `${value}, expected ${expected}`);

describe('the line of a boundary', () => {
  /**
   * x = numpy.array([0, 1024, 65536, 1048576, 16777216.0])
   * f = lambda x, la, lb: numpy.log(numpy.exp(la) + numpy.exp(lb) * x)
   * scipy.optimize.curve_fit(f, x, numpy.log(y), p0=[log(y[0]), log(y[-1] / x[-1])], xtol=1e-14, ftol=1e-14, gtol=1e-14)
   */
  it('is that of scipy.optimize.curve_fit on the logarithms (SciPy 1.17.1)', () => {
    const known: readonly [readonly number[], number, number][] = [
      [[1300, 1450, 9800, 105_000, 2_900_000], 1304.8463814577742, 0.13070210516105316],
      [[250_000, 240_000, 410_000, 1_900_000, 31_000_000], 252298.0074848269, 1.7471307366446012],
      [[900, 905, 880, 1000, 2300], 897.0139571277326, 8.38937207046521e-5],
    ];
    for (const [ns, a, b] of known) {
      const { fixedNs, nsPerByte } = fitBoundaryLine(costs(ns));
      near(fixedNs, a);
      near(nsPerByte, b);
    }
  });

  it('gives back the line that points lie on, whatever its size', () => {
    const positive = fc.double({ min: 0, max: 7, noNaN: true }).map((x) => 10 ** x);
    const slope = fc.double({ min: -4, max: 1, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(positive, slope, (fixedNs, nsPerByte) => {
        const line = fitBoundaryLine(costs(sizes.map((bytes) => costOf({ fixedNs, nsPerByte }, bytes))));
        near(line.fixedNs, fixedNs, 1e-4);
        near(costOf(line, 16_777_216), costOf({ fixedNs, nsPerByte }, 16_777_216), 1e-4);
      }),
    );
  });

  it('is flat where larger payloads cost no more, and never falls', () => {
    assert.deepEqual(fitBoundaryLine(costs([4, 4, 4, 4, 4])).nsPerByte, 0);
    assert.equal(fitBoundaryLine(costs([9, 8, 7, 6, 5])).nsPerByte, 0);
  });

  it('takes twice too much for as bad as half: noise of either sign moves it alike', () => {
    const line = { fixedNs: 1000, nsPerByte: 0.5 };
    const noisy = (factor: number): number =>
      fitBoundaryLine(costs(sizes.map((bytes, i) => costOf(line, bytes) * (i === 0 ? factor : 1)))).fixedNs;
    near(noisy(2) * noisy(0.5), 1000 ** 2, 0.1);
  });
});
