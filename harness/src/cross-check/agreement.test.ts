import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Estimate } from '../results/schema.js';
import { agreement } from './agreement.js';

function ratio(value: number, lo: number, hi: number): Estimate {
  return { value, lo, hi, n: 12, warnings: [] };
}

describe('agreement of two loops', () => {
  it('is said where all of the interval is near 1', () => {
    assert.equal(agreement(ratio(1.003, 0.975, 1.029), 0.01), 'agree within 2.9%');
  });

  it('is never said of noise, however large the noise of our own loop', () => {
    for (const floor of [0.01, 0.241]) {
      assert.match(agreement(ratio(1.226, 0.989, 1.484), floor), /^not told: they may be 48\.4% apart/);
    }
  });

  it('is denied where the interval excludes 1 by more than our loop differs from itself', () => {
    assert.equal(agreement(ratio(1.03, 1.025, 1.035), 0.01), 'differ by more than 2.0%');
    assert.equal(agreement(ratio(0.8, 0.75, 0.85), 0.1), 'differ by more than 10.0%');
  });
});
