import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './check.js';
import { columnsOf, variedColumns } from './conformance-columns.js';
import { reference } from './reference.js';
import { type ResultTable, viewTable } from './result-table.js';
import { encodeFrame } from './series-frame.js';

const expected = reference({ groupBy: [0, 1], bucketMs: 5000 }, encodeFrame(variedColumns(300)));

/** The verdict on the expected output after `change`. */
function verdictAfter(change: (table: ResultTable) => void, original = expected): string {
  const bytes = original.slice();
  change(viewTable(bytes));
  return check(bytes, original).verdict;
}

function nudge(column: Float64Array | Uint32Array | undefined, group: number, by: number): void {
  assert.ok(column);
  column[group] = (column[group] as number) + by;
}

test('the same output is equal', () => {
  assert.deepEqual(check(expected.slice(), expected), { verdict: 'equal' });
});

test('a change of any exact column differs', () => {
  const exact: ((table: ResultTable) => Float64Array | Uint32Array | undefined)[] = [
    (table) => table.bucket ?? undefined,
    (table) => table.count,
    (table) => table.codes[0],
    (table) => table.codes[1],
    (table) => table.values[0].min,
    (table) => table.values[1].max,
    (table) => table.values[0].percentiles?.p50,
    (table) => table.values[1].percentiles?.p95,
    (table) => table.values[1].percentiles?.p99,
  ];
  for (const column of exact) {
    assert.equal(
      verdictAfter((table) => nudge(column(table), 3, 1)),
      'differs',
    );
  }
});

test('sums, means and deviations may be off by their tolerance and no more', () => {
  const three = reference({}, encodeFrame(columnsOf({ time: [0, 0, 0], v0: [1, 2, 100] })));
  const off = (name: 'sum' | 'mean' | 'std', by: number): string =>
    verdictAfter((table) => nudge(table.values[0][name], 0, by), three);
  for (const [name, tolerance] of [
    ['sum', 3e-10],
    ['mean', 1e-10],
    ['std', 1e-7],
  ] as const) {
    assert.equal(off(name, 0.9 * tolerance), 'within-tolerance');
    assert.equal(off(name, -1.1 * tolerance), 'differs');
    assert.equal(off(name, Number.NaN), 'differs');
  }
});

test('minus zero is zero', () => {
  const zeros = reference({}, encodeFrame(columnsOf({ time: [0, 0] })));
  const verdict = verdictAfter((table) => {
    table.values[0].min[0] = -0;
    table.values[0].sum[0] = -0;
  }, zeros);
  assert.equal(verdict, 'equal');
});

test('sums that may overflow are not compared, their neighbours are', () => {
  const huge = columnsOf({ time: [0, 0, 0], v0: [1.7e308, 1.7e308, 1], v1: [1, 2, 3], d0: [0, 0, 1] });
  const original = reference({}, encodeFrame(huge));
  const off = (group: number, value: 0 | 1): string =>
    verdictAfter((table) => nudge(table.values[value].sum, group, Number.NaN), original);
  assert.equal(off(0, 0), 'equal');
  assert.equal(off(1, 0), 'differs');
  assert.equal(off(0, 1), 'differs');
});

test('another shape is told in words', () => {
  const other = reference({ groupBy: [0] }, encodeFrame(variedColumns(300)));
  const result = check(other, expected);
  assert.equal(result.verdict, 'differs');
  assert.match(
    result.verdict === 'differs' ? result.where : '',
    /^the output has 4 groups by 1 dimensions, with/,
  );
});

test('bytes that are no table differ instead of failing', () => {
  assert.equal(check(new Uint8Array(3), expected).verdict, 'differs');
});
