import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { estimateRatio } from './ratio.js';

describe('the ratio over blocks', () => {
  it("gives the estimate and interval of R's wilcox.test on Hollander & Wolfe's depression data", () => {
    // R documentation of wilcox.test: x and y below; wilcox.test(x, y, paired = TRUE, conf.int = TRUE) estimates 0.46
    // with the 95% interval (0.01, 0.786).
    const x = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const estimate = estimateRatio(x.map((value, i) => ({ a: Math.exp(value), b: Math.exp(y[i] ?? 0) })));
    assert.ok(Math.abs(Math.log(estimate.value) - 0.46) < 1e-9);
    assert.ok(Math.abs(Math.log(estimate.lo ?? 0) - 0.01) < 1e-9);
    assert.ok(Math.abs(Math.log(estimate.hi ?? 0) - 0.786) < 1e-9);
    assert.equal(estimate.n, 9);
  });

  it('is not moved by drift that hits both sides of a block alike', () => {
    const drift = [1, 1.4, 0.7, 2, 1.1, 0.9, 1.3];
    const { value, lo, hi } = estimateRatio(drift.map((factor) => ({ a: 3 * factor, b: 2 * factor })));
    for (const figure of [value, lo, hi]) assert.ok(Math.abs((figure ?? 0) - 1.5) < 1e-12);
  });

  it('has no interval from one block and a wide one from few', () => {
    assert.deepEqual(estimateRatio([{ a: 2, b: 1 }]), {
      value: 2,
      lo: null,
      hi: null,
      n: 1,
      warnings: ['few-trials'],
    });
    // Student's t with 2 degrees of freedom: half width 4.302652… · s / √3, on the logs.
    const { lo, hi } = estimateRatio([1, Math.E, Math.E ** 2].map((a) => ({ a, b: 1 })));
    assert.ok(Math.abs(Math.log(hi ?? 0) - (1 + 4.302652729911275 / Math.sqrt(3))) < 1e-12);
    assert.ok(Math.abs(Math.log(lo ?? 0) - (1 - 4.302652729911275 / Math.sqrt(3))) < 1e-12);
  });

  it('inverts when the sides are swapped', () => {
    const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: positive, b: positive }), { minLength: 6, maxLength: 14 }),
        (pairs) => {
          const forth = estimateRatio(pairs);
          const back = estimateRatio(pairs.map(({ a, b }) => ({ a: b, b: a })));
          assert.ok(Math.abs(forth.value * back.value - 1) < 1e-9);
          assert.ok(Math.abs((forth.lo ?? 0) * (back.hi ?? 0) - 1) < 1e-9);
        },
      ),
    );
  });
});
