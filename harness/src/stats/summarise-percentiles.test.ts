import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summarisePercentile } from './summarise-percentiles.js';

const trials = (count: number, samples: readonly number[]): Float64Array[] =>
  Array.from({ length: count }, (_, trial) => Float64Array.from(samples, (ms) => ms + trial));

describe('a percentile that lacks samples', () => {
  it('lies between the least and the largest of them, where six trials or more hold it', () => {
    assert.deepEqual(summarisePercentile(trials(6, [10, 11, 30]), 0.5), {
      value: null,
      reason: 'needs 20 samples, has 18',
      between: { lo: 10, hi: 35 },
    });
  });

  it('may lie outside of five trials, and a tail outside of any usual number', () => {
    // All of k values lie on one side of their median with a probability of 2·½ᵏ: 6% for five, 3% for six.
    assert.deepEqual(summarisePercentile(trials(5, [10, 11, 30]), 0.5), {
      value: null,
      reason: 'needs 20 samples, has 15',
    });
    assert.deepEqual(summarisePercentile(trials(40, [10, 11, 30]), 0.99), {
      value: null,
      reason: 'needs 1,000 samples, has 120',
    });
  });
});
