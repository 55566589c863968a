import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpDuel } from './duel.fixture.js';
import { fitInto } from './fit-budget.js';

describe('the blocks that fit into a budget', () => {
  const slow = { duel: madeUpDuel('slow'), blockMs: 3000 };
  const fast = { duel: madeUpDuel('fast'), blockMs: 1000 };
  const ofNull = { duel: madeUpDuel('fast', true), blockMs: 1000 };
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
