import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gate as defaults } from '../defaults.js';
import { madeUpDuel } from './duel.fixture.js';
import type { Duel } from './duel.js';
import { fitInto } from './fit-budget.js';

const wish = () => ({ wanted: 10, fewest: 6 });

describe('the blocks that fit into a budget', () => {
  const slow = { duel: madeUpDuel('slow'), fixedMs: 3000, batchMs: 0 };
  const fast = { duel: madeUpDuel('fast'), fixedMs: 1000, batchMs: 0 };
  const ofNull = { duel: madeUpDuel('fast', true), fixedMs: 1000, batchMs: 0 };
  const all = [slow, fast, ofNull];

  it('are as many as asked where there is time', () =>
    assert.deepEqual(fitInto(60_000, all, wish), {
      batches: defaults.batches,
      blocks: new Map(all.map(({ duel }) => [duel, 10])),
      left: [],
    }));

  it('are fewer where there is less, of all alike', () =>
    assert.deepEqual([...fitInto(36_000, all, wish).blocks.values()], [7, 7, 7]));

  it('are the same share of what each wants, but the fewest at least', () => {
    const other = (duel: Duel) => ({
      wanted: duel === slow.duel ? 40 : duel === fast.duel ? 20 : 6,
      fewest: duel === fast.duel ? 4 : 6,
    });
    // Of 146 s two thirds, and 6 s; with one block more of the slow one they would not fit.
    assert.deepEqual([...fitInto(100_000, all, other).blocks.values()], [27, 13, 6]);
    assert.deepEqual([...fitInto(146_000, all, other).blocks.values()], [40, 20, 6]);
    assert.deepEqual([...fitInto(28_000, all, other).blocks.values()], [6, 4, 6]);
  });

  it('leave out the slowest cells where there is too little, and say which', () => {
    const { blocks, left } = fitInto(16_000, all, wish);
    assert.deepEqual(
      blocks,
      new Map([
        [fast.duel, 8],
        [ofNull.duel, 8],
      ]),
    );
    assert.deepEqual(left, [slow.duel]);
  });

  it('leave out first what can wait, although it is faster', () => {
    const { blocks, left } = fitInto(24_000, all, wish, (duel) => duel === fast.duel);
    assert.deepEqual([...blocks.keys()], [slow.duel, ofNull.duel]);
    assert.deepEqual(left, [fast.duel]);
  });

  it('are the fewest that mean something where there is next to none, of one cell and the null arm', () =>
    assert.deepEqual(
      fitInto(1, all, wish).blocks,
      new Map([
        [fast.duel, 6],
        [ofNull.duel, 6],
      ]),
    ));

  it('are none where nothing asks for any', () => assert.deepEqual(fitInto(1, [], wish).blocks, new Map()));
});

describe('the batches of these blocks', () => {
  const all = ['one', 'other'].map((name) => ({ duel: madeUpDuel(name), fixedMs: 1000, batchMs: 100 }));
  /** Milliseconds of the fewest blocks of all. */
  const fewestMs = (batches: number): number => 2 * 6 * (1000 + 100 * batches);

  it('are all where the fewest blocks so fit', () =>
    assert.equal(fitInto(fewestMs(defaults.batches), all, wish).batches, defaults.batches));

  it('are as many as fit, an even number, before a cell is left out', () => {
    assert.deepEqual(fitInto(fewestMs(16) + 1, all, wish), {
      batches: 16,
      blocks: new Map(all.map(({ duel }) => [duel, 6])),
      left: [],
    });
    assert.equal(fitInto(fewestMs(16) - 1, all, wish).batches, 14);
  });

  it('are those with which the others fit where a cell is left out', () => {
    const slow = { duel: madeUpDuel('slow'), fixedMs: 1000, batchMs: 10_000 };
    const { batches, left } = fitInto(fewestMs(16) + 1, [slow, ...all], wish);
    assert.equal(batches, 16);
    assert.deepEqual(left, [slow.duel]);
  });

  it('are the fewest where not even so all fit', () => {
    const { batches, left } = fitInto(1, all, wish);
    assert.equal(batches, defaults.fewestBatches);
    assert.equal(left.length, 1);
  });
});
