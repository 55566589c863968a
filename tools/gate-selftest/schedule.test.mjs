import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scenarios } from './scenarios.mjs';
import { lacking, planned } from './schedule.mjs';

const log = (...numbers) => numbers.map((number) => ({ protocol: 3, seed: planned(number).seed }));
const round = scenarios.length;

describe('the schedule of the gate’s own test', () => {
  it('goes through all scenarios in one condition, then in the next', () => {
    assert.deepEqual(
      [0, round - 1, round, 2 * round, 3 * round].map((number) => planned(number).condition),
      ['idle', 'idle', 'one hog', 'two bursty', 'idle'],
    );
    assert.equal(planned(round + 1).scenario, planned(1).scenario);
  });

  it('goes on with the first gates that the log lacks', () => {
    assert.deepEqual(lacking(log(0, 1, round, 3), { gates: 3 }), [2, 4, 5]);
    assert.deepEqual(lacking([], {}), [0]);
  });

  it('makes a gate again whose time was too short for all cells by the protocol before', () => {
    const gate = (cpu, screenBlocks) => ({ protocol: 2, seed: 1, screenBlocks, rows: { cell: { cpu } } });
    assert.deepEqual(lacking([gate(['inconclusive', null, null, null], 6)], {}), [0]);
    assert.deepEqual(lacking([gate(['inconclusive', null, null, null], 7)], {}), [1]);
    assert.deepEqual(lacking([gate(['ok', 1, 0.99, 1.01], 6)], {}), [1]);
  });

  it('goes on within a round, and ends with it', () => {
    assert.deepEqual(lacking(log(0, round), { gates: 2, round: 1 }), [round + 1, round + 2]);
    const rest = lacking(log(round, round + 1), { round: 1 });
    assert.deepEqual([rest[0], rest.length], [round + 2, round - 2]);
    assert.deepEqual(lacking(log(...rest, round, round + 1), { gates: 5, round: 1 }), []);
  });
});
