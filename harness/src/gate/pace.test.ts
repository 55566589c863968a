import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BrokenArm } from './arm-processes.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import { blockMs, pacesOf } from './pace.js';

describe('the pace of a duel', () => {
  const duel = madeUpDuel('any');
  // Two batches of each arm take a millisecond each.
  const [block = assert.fail('one was asked for')] = madeUpBlocks(1);

  it('tells what a batch of both arms takes from what its blocks take besides', () => {
    const blocks = [block, { ...block, tookMs: 900 }];
    assert.deepEqual(pacesOf(seen([[duel, blocks]])), [{ duel, fixedMs: 696, batchMs: 2 }]);
  });

  it('says what a block of other batches takes', () =>
    assert.equal(blockMs({ duel, fixedMs: 696, batchMs: 2 }, 24), 744));

  it('is not told where nothing was seen, or an arm broke', () => {
    assert.deepEqual(pacesOf(seen([[duel, []]])), []);
    assert.deepEqual(pacesOf(new Map([[duel, { blocks: [block], broken: new BrokenArm('b', 'gone') }]])), []);
  });
});
