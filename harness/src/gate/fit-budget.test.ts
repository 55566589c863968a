import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import type { Duel } from './duel.js';
import { atPaceOf, fitInto, shorten } from './fit-budget.js';

describe('the blocks that fit into a budget', () => {
  const slow = { duel: madeUpDuel('slow'), blockMs: 3000, batchMs: 100 };
  const fast = { duel: madeUpDuel('fast'), blockMs: 1000, batchMs: 100 };
  const ofNull = { duel: madeUpDuel('fast', true), blockMs: 1000, batchMs: 100 };
  const all = [slow, fast, ofNull];
  const wish = () => ({ wanted: 10, fewest: 6 });

  it('are as many as asked where there is time', () =>
    assert.deepEqual(fitInto(60_000, all, wish), {
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

it('blocks take as long as those that were seen, and as was thought where none was', () => {
  const [one, other] = ['one', 'other'].map((name) => ({
    duel: madeUpDuel(name),
    blockMs: 300,
    batchMs: 10,
  }));
  assert.ok(one !== undefined && other !== undefined);
  const [short, long] = [madeUpBlocks(1), madeUpBlocks(1).map((block) => ({ ...block, tookMs: 900 }))];
  const taken = atPaceOf(seen([[one.duel, [...short, ...long]]]), [one, other]);
  assert.deepEqual(taken, [{ ...one, blockMs: 700 }, other]);
});
