import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparable, protocol } from './log-entry.mjs';
import { scenarios } from './scenarios.mjs';
import { lacking, planned } from './schedule.mjs';

const log = (...numbers) => numbers.map((number) => ({ protocol, seed: planned(number).seed }));
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

  it('makes a gate again that was of another protocol', () => {
    assert.deepEqual(lacking([{ protocol: 6, seed: 1 }, { protocol, seed: 2 }, { seed: 3 }], {}), [0]);
  });

  it('goes on within a round, and ends with it', () => {
    assert.deepEqual(lacking(log(0, round), { gates: 2, round: 1 }), [round + 1, round + 2]);
    const rest = lacking(log(round, round + 1), { round: 1 });
    assert.deepEqual([rest[0], rest.length], [round + 2, round - 2]);
    assert.deepEqual(lacking(log(...rest, round, round + 1), { gates: 5, round: 1 }), []);
  });
});

describe('the gates that count', () => {
  it('are of one protocol; of the third also those of the second whose time was enough for all cells', () => {
    const gate = (of, cpu, screenBlocks = 6) => ({ protocol: of, screenBlocks, rows: { cell: { cpu } } });
    const none = ['inconclusive', null, null, null];
    const counted = [gate(3, none), gate(2, ['ok', 1, 0.99, 1.01]), gate(2, none, 7)];
    const gates = [...counted, gate(2, none), gate(4, none), gate(undefined, none)];
    assert.deepEqual(comparable(gates, 3), counted);
    assert.deepEqual(
      comparable(gates, 2),
      gates.filter(({ protocol: of }) => of === 2),
    );
  });

  it('are of the eighth also all of the seventh, which differs in what 7 left inconclusive', () => {
    const gates = [7, 8, 6, 7].map((of) => ({ protocol: of, rows: {} }));
    assert.deepEqual(
      comparable(gates, 8),
      gates.filter(({ protocol: of }) => of !== 6),
    );
    assert.equal(comparable(gates, 7).length, 2);
  });

  it('are of the ninth also those before whose null arm did not alarm', () => {
    const gate = (of, said) => ({ protocol: of, rows: {}, nullRows: { cell: { cpu: [said, 1, 0.9, 1.1] } } });
    const gates = [gate(9, 'regression'), gate(8, 'ok'), gate(7, 'ok'), gate(8, 'regression'), gate(6, 'ok')];
    assert.deepEqual(comparable(gates, 9), gates.slice(0, 3));
  });
});
