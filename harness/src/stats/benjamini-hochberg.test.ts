import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { benjaminiHochberg } from './benjamini-hochberg.js';

describe('p-values adjusted for the false discovery rate', () => {
  it('are those of SciPy', () => {
    // SciPy 1.17.1: false_discovery_control(…).
    const given = [0.03, 0.01, 0.05, 0.02, 0.04, 0.01];
    const expected = [0.045, 0.03, 0.05, 0.04, 0.048, 0.03];
    for (const [i, adjusted] of benjaminiHochberg(given).entries())
      assert.ok(Math.abs(adjusted - (expected[i] as number)) < 1e-12, `${adjusted}, not ${expected[i]}`);
  });

  it('reject four of the fifteen hypotheses of the paper', () => {
    // Benjamini & Hochberg 1995, section 4.1: at q = 0.05 four are rejected, Bonferroni's procedure rejects three.
    const given = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    assert.equal(benjaminiHochberg(given).filter((adjusted) => adjusted <= 0.05).length, 4);
  });

  it('are none where nothing is asked', () => assert.deepEqual(benjaminiHochberg([]), []));
});
