import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Capacity } from '../results/schema.js';
import { type Found, type Probe, searchCapacity } from './capacity-search.js';

/** Searches where throughput depends on the calls in flight alone. */
const search = (perSecond: (callsInFlight: number) => number | Probe, blocks = false): Promise<Found> =>
  searchCapacity(async (n) => {
    const found = perSecond(n);
    return typeof found === 'number' ? { status: 'ok', callsPerSecond: found } : found;
  }, blocks);
const tried = ({ points }: Pick<Capacity, 'points'>): number[] =>
  points.map(({ callsInFlight }) => callsInFlight);

describe('the search for the capacity', () => {
  it('doubles the calls in flight until throughput rises no more, and keeps the fewest that give it', async () => {
    const fourWorkers = await search((n) => 100 * Math.min(n, 4));
    assert.deepEqual(tried(fourWorkers), [1, 2, 4, 8, 16]);
    assert.deepEqual(
      [fourWorkers.callsInFlight, fourWorkers.callsPerSecond, fourWorkers.ended],
      [4, 400, 'no-rise'],
    );
  });

  it('does not end at one doubling that had bad luck', async () => {
    const perSecond: Record<number, number> = { 1: 100, 2: 95, 4: 390 };
    assert.equal((await search((n) => perSecond[n] ?? 400)).callsInFlight, 4);
  });

  it('takes one call in flight where more bring too little to be told, though the highest throughput has more', async () => {
    const found = await search((n) => 100 + Math.log2(n));
    assert.deepEqual([found.callsInFlight, found.callsPerSecond], [1, 100]);
  });

  it('tries one and two calls in flight where a call blocks the event loop, and more only if two are faster', async () => {
    assert.deepEqual(tried(await search(() => 500, true)), [1, 2]);
    assert.deepEqual(tried(await search((n) => 500 * Math.min(n, 2), true)), [1, 2, 4]);
  });

  it('ends at a cap, and says so', async () => {
    const found = await search((n) => 10 * n);
    assert.equal(found.ended, 'cap');
    assert.deepEqual(tried(found), [1, 2, 4, 8, 16, 32, 64]);
    assert.equal(found.callsInFlight, 64);
  });

  it('keeps what it has when a trial fails, and nothing when an output is wrong', async () => {
    const failing = await search((n) => (n < 4 ? n : { status: 'failed', reason: 'no' }));
    assert.deepEqual(
      [failing.callsInFlight, failing.ended, failing.reason],
      [2, 'failed', 'with 4 in flight: no'],
    );
    const wrong = await search((n) => (n < 4 ? n : { status: 'invalid', reason: 'byte 1' }));
    assert.deepEqual([wrong.callsInFlight, wrong.callsPerSecond, wrong.ended], [null, null, 'invalid']);
    assert.equal((await search(() => ({ status: 'failed', reason: 'no' }))).callsInFlight, null);
  });
});
