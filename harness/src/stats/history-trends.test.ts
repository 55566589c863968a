import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MadeUpHistoryCell, madeUpRecord } from '../results/history-record.fixture.js';
import { madeUpRows } from '../results/history-rows.fixture.js';
import type { HistoryRecord } from '../results/history-schema.js';
import { Random } from './coverage/synthetic-noise.js';
import { historyOf, type Trend } from './history-trends.js';

const runs = 40;
const changeAt = 25;

/** Cells of which each ratio is noisy by 2%, and some change at a run. */
function cellsWith(changed: Readonly<Record<string, number>>): MadeUpHistoryCell[] {
  return ['a', 'b', 'c', 'd'].map((variant) => {
    const random = new Random(1, variant);
    const noise = Array.from({ length: runs }, () => Math.exp(0.02 * random.normal()));
    return {
      impl: 'rust-ffi',
      variant,
      latency: (run) => 0.2 * (noise[run] ?? 1) * (run >= changeAt ? (changed[variant] ?? 1) : 1),
    };
  });
}

function recordsOf(
  changed: Readonly<Record<string, number>>,
  fingerprintOf = (_run: number): string => 'one',
): HistoryRecord[] {
  const cells = cellsWith(changed);
  return Array.from({ length: runs }, (_, run) =>
    madeUpRecord(run, { cells, fingerprint: fingerprintOf(run) }),
  );
}

function p50Of(records: readonly HistoryRecord[], variant: string): Trend {
  const found = historyOf(madeUpRows(records)).trends.find(
    ({ cell, metric }) => cell.variant === variant && metric === 'latencyP50',
  );
  assert.ok(found);
  return found;
}

describe('the trends of a history', () => {
  it('have a change where a series changed, with its size, and none in the others', () => {
    const records = recordsOf({ b: 1.08 });
    const [change, ...more] = p50Of(records, 'b').changes;
    assert.ok(change);
    assert.deepEqual([change.before, change.after, more.length], [changeAt - 1, changeAt, 0]);
    assert.ok((change.effect.lo ?? 0) < 1.08 && 1.08 < (change.effect.hi ?? 0));
    assert.deepEqual([change.isWorse, change.withMachine, change.withMostCells], [true, false, false]);
    for (const variant of ['a', 'c', 'd']) assert.deepEqual(p50Of(records, variant).changes, []);
  });

  it('have levels from one change to the next', () => {
    const { levels } = p50Of(recordsOf({ b: 1.5 }), 'b');
    assert.deepEqual(
      levels.map(({ first, last, value }) => [first, last, Math.round(value * 100) / 100]),
      [
        [0, changeAt - 1, 0.2],
        [changeAt, runs - 1, 0.3],
      ],
    );
  });

  it('say so where the machine changed about the same run, and not where it changed elsewhere', () => {
    const from = (place: number) => (run: number) => (run >= place ? 'two' : 'one');
    assert.equal(p50Of(recordsOf({ b: 1.08 }, from(changeAt)), 'b').changes[0]?.withMachine, true);
    for (const near of [changeAt - 2, changeAt + 2]) {
      assert.equal(p50Of(recordsOf({ b: 1.08 }, from(near)), 'b').changes[0]?.withMachine, true);
    }
    for (const far of [changeAt - 5, changeAt + 5]) {
      assert.equal(p50Of(recordsOf({ b: 1.08 }, from(far)), 'b').changes[0]?.withMachine, false);
    }
  });

  it('say so where all cells of an input changed together, as they do when the reference changes', () => {
    const together = recordsOf({ a: 0.8, b: 0.8, c: 0.8, d: 0.8 });
    assert.equal(p50Of(together, 'c').changes[0]?.withMostCells, true);
    assert.equal(p50Of(recordsOf({ a: 0.8, b: 0.8, c: 0.8 }), 'c').changes[0]?.withMostCells, false);
  });

  it('say so although some cell is too new, or was gone too early, to have changed there', () => {
    for (const isThere of [(run: number) => run > changeAt + 2, (run: number) => run < changeAt - 2]) {
      const records = recordsOf({ a: 0.8, b: 0.8, c: 0.8 }).map((record, run) => ({
        ...record,
        cells: record.cells.filter(({ variant }) => variant !== 'd' || isThere(run)),
      }));
      assert.equal(p50Of(records, 'c').changes[0]?.withMostCells, true);
    }
  });

  it('leave out the p99 of the other kind than the newest', () => {
    const records = recordsOf({}).map((record, run) => ({
      ...record,
      cells: record.cells.map((cell) => ({
        ...cell,
        latencyP99: run % 2 === 0 ? { value: 1.4, lo: null, hi: null } : { value: 1, lo: 0.9, hi: 1.1 },
      })),
    }));
    const { trends } = historyOf(madeUpRows(records));
    for (const { points } of trends.filter(({ metric }) => metric === 'latencyP99')) {
      assert.deepEqual(new Set(points.map(({ run, value }) => `${run % 2} ${value}`)), new Set(['1 1']));
    }
  });

  it('know that more throughput is better', () => {
    const { trends } = historyOf(madeUpRows(recordsOf({ b: 1.3 })));
    const throughput = trends.find(({ cell, metric }) => cell.variant === 'b' && metric === 'throughput');
    assert.equal(throughput?.changes[0]?.isWorse, true);
    assert.ok((throughput?.changes[0]?.effect.value ?? 1) < 1);
  });

  it('call nothing a change that is too small to be called a difference', () => {
    assert.deepEqual(p50Of(recordsOf({ b: 1.015 }), 'b').changes, []);
  });

  it('leave out a run without the cell, and find the change in the others', () => {
    const records = recordsOf({ b: 1.2 }).map((record, run) =>
      run % 5 === 1 ? { ...record, cells: record.cells.filter(({ variant }) => variant !== 'b') } : record,
    );
    const trend = p50Of(records, 'b');
    assert.equal(trend.points.length, 32);
    assert.deepEqual(
      trend.changes.map(({ before, after }) => [before, after]),
      [[24, 25]],
    );
  });

  it('find no change in few runs', () => {
    assert.deepEqual(p50Of(recordsOf({ b: 2 }).slice(changeAt - 3, changeAt + 3), 'b').changes, []);
  });
});
