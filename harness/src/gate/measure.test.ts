import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BrokenArm } from './arm-processes.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import { joined } from './measure.js';

it('a stage that goes on where another ended has the blocks of both, what broke in either, and duels of one alone', () => {
  const [both, breaks, broke, further] = ['both', 'breaks', 'broke', 'further'].map((name) =>
    madeUpDuel(name),
  );
  assert.ok(both && breaks && broke && further);
  const [one = assert.fail(), other = assert.fail()] = madeUpBlocks(2);
  const error = new BrokenArm('b', 'gone');
  const all = joined(
    new Map([...seen([both, breaks].map((duel) => [duel, [one]])), [broke, { blocks: [], broken: error }]]),
    new Map([
      ...seen([both, further].map((duel) => [duel, [other]])),
      [breaks, { blocks: [], broken: error }],
    ]),
  );
  assert.deepEqual(
    all,
    new Map([
      [both, { blocks: [one, other], broken: null }],
      [breaks, { blocks: [one], broken: error }],
      [broke, { blocks: [], broken: error }],
      [further, { blocks: [other], broken: null }],
    ]),
  );
});
