import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpDuel } from './duel.fixture.js';
import { fitInto, shorten } from './fit-budget.js';

describe('the blocks that fit into a budget', () => {
  const slow = { duel: madeUpDuel('slow'), blockMs: 3000, batchMs: 100 };
  const fast = { duel: madeUpDuel('fast'), blockMs: 1000, batchMs: 100 };
  const ofNull = { duel: madeUpDuel('fast', true), blockMs: 1000, batchMs: 100 };
  const all = [slow, fast, ofNull];
  const counts = { most: 10, fewest: 6 };

  it('are as many as asked where there is time', () =>
    assert.deepEqual(fitInto(60_000, all, counts), {
      duels: all.map(({ duel }) => duel),
      blocks: 10,
      left: [],
    }));

  it('are fewer where there is less', () => assert.equal(fitInto(36_000, all, counts).blocks, 7));

  it('leave out the slowest cells where there is too little, and say which', () => {
    const { duels, blocks, left } = fitInto(16_000, all, counts);
    assert.deepEqual(duels, [fast.duel, ofNull.duel]);
    assert.deepEqual(left, [slow.duel]);
    assert.equal(blocks, 8);
  });

  it('leave out first what can wait, although it is faster', () => {
    const { duels, left } = fitInto(24_000, all, counts, (duel) => duel === fast.duel);
    assert.deepEqual(duels, [slow.duel, ofNull.duel]);
    assert.deepEqual(left, [fast.duel]);
  });

  it('are the fewest that mean something where there is next to none, of one cell and the null arm', () => {
    const { duels, blocks } = fitInto(1, all, counts);
    assert.deepEqual(duels, [fast.duel, ofNull.duel]);
    assert.equal(blocks, 6);
  });
});

describe('blocks of fewer batches', () => {
  const duelOf = (batches: number) => {
    const duel = madeUpDuel(`of ${batches}`);
    return {
      duel: { ...duel, calls: { ...duel.calls, batches } },
      blockMs: 1000 + 100 * batches,
      batchMs: 100,
    };
  };
  const all = [duelOf(8), duelOf(16), duelOf(24)];
  const batchesFor = (ms: number): number[] => shorten(ms, all, 6).map(({ duel }) => duel.calls.batches);

  it('are not made where there is time for all', () => {
    assert.deepEqual(batchesFor(6 * 7800), [8, 16, 24]);
    assert.deepEqual(shorten(6 * 7800, all, 6), all);
  });

  it('have as many as fit, the longest losing first', () => {
    assert.deepEqual(batchesFor(6 * 7800 - 1), [8, 16, 22]);
    assert.deepEqual(batchesFor(6 * 6600), [8, 14, 14]);
    assert.equal(
      shorten(6 * 6600, all, 6).reduce((sum, { blockMs }) => sum + blockMs, 0),
      6600,
    );
  });

  it('keep the fewest that a block has', () => assert.deepEqual(batchesFor(1), [8, 8, 8]));
});
