import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TrialDisturbance } from '../results/disturbance-schema.js';
import { disturbanceOf, disturbanceWarnings } from './disturbance.js';

const quiet: TrialDisturbance = {
  processorMs: 2000,
  stolenMs: 0,
  othersMs: 20,
  throttleEvents: 0,
  frequencyMHz: 3000,
};

function codes(...trials: (Partial<TrialDisturbance> | null)[]): string[] {
  const told = trials.map((trial) => ({ disturbance: trial === null ? null : { ...quiet, ...trial } }));
  return disturbanceWarnings(disturbanceOf(told)).map(({ code }) => code);
}

describe('what a machine did besides measuring', () => {
  it('is summed over trials, each by its time, and says from how many time was stolen', () => {
    const trials = [
      quiet,
      { ...quiet, stolenMs: 200, othersMs: 100, throttleEvents: 2 },
      { ...quiet, processorMs: 4000, frequencyMHz: 2500 },
    ];
    assert.deepEqual(
      disturbanceOf([{ disturbance: null }, ...trials.map((disturbance) => ({ disturbance }))]),
      {
        stolenShare: 200 / 8000,
        othersShare: 140 / 8000,
        throttleEvents: 2,
        frequencyMHz: { lowest: 2500, highest: 3000 },
        robbedTrials: 1,
        trials: 3,
      },
    );
  });

  it('warns of nothing on a quiet machine, nor where the system does not tell', () => {
    assert.deepEqual(codes(quiet, quiet), []);
    assert.deepEqual(codes(null), []);
    assert.deepEqual(codes({ othersMs: null, throttleEvents: null, frequencyMHz: null }), []);
  });

  it('warns of each thing by itself', () => {
    assert.deepEqual(codes({ stolenMs: 50 }), ['stolen-time']);
    assert.deepEqual(codes({ othersMs: 150 }), ['machine-busy-during-run']);
    assert.deepEqual(codes({ throttleEvents: 1 }), ['thermal-throttling']);
    assert.deepEqual(codes({ frequencyMHz: 2000 }, {}), ['frequency-changed']);
  });
});
