import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CellKey, Trial } from '../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { noiseFloorOf } from './noise-floor.js';

const cell: CellKey = {
  workload: 'json',
  input: 'small',
  impl: 'ts-only',
  variant: 'main',
  load: 'closed:1',
};

/** A trial of 100 calls that took `ms` each. */
function trial(block: number, twin: boolean, ms: number, key = cell): Trial {
  return madeUpTrial(key, block, madeUpMeasured(Array.from({ length: 100 }, () => ms * 1e6)), twin);
}

describe('the noise floor', () => {
  it('is what the two measurings of a block differ by, whichever is faster', () => {
    const blocks = [0, 1, 2, 3, 4, 5, 6, 7];
    for (const [first, second] of [
      [10, 10.5],
      [10.5, 10],
    ] as const) {
      const trials = blocks.flatMap((block) => [trial(block, false, first), trial(block, true, second)]);
      const floor = noiseFloorOf(cell, trials);
      assert.ok(Math.abs((floor?.share ?? 0) - 0.05) < 1e-9, String(floor?.share));
      assert.ok(Math.abs((floor?.ratio.value ?? 0) - first / second) < 1e-9);
    }
  });

  it('compares within blocks, so that the drift of the machine is no noise', () => {
    const trials = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((block) => [
      trial(block, false, block),
      trial(block, true, block),
    ]);
    assert.equal(noiseFloorOf(cell, trials)?.share, 0);
  });

  it('leaves out other cells and blocks in which only one of the two ended', () => {
    const other = { ...cell, variant: 'worker-pool' };
    const trials = [
      trial(0, false, 10),
      trial(0, true, 10),
      trial(1, false, 10),
      trial(1, true, 10),
      trial(2, false, 99),
      trial(3, true, 1),
      trial(4, false, 1, other),
    ];
    assert.equal(noiseFloorOf(cell, trials)?.ratio.n, 2);
    assert.equal(noiseFloorOf(cell, trials.slice(0, 3)), null);
  });
});
