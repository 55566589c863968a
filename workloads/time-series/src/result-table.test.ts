import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTable, viewTable } from './result-table.js';

const anyShape = fc.record({
  groups: fc.nat(5),
  hasBucket: fc.boolean(),
  hasPercentiles: fc.boolean(),
  dims: fc.nat(3),
});

/** A table of random bytes behind a right header. */
const anyTable = anyShape.chain((shape) => {
  const { bytes } = createTable(shape);
  const length = bytes.length - 16;
  return fc.uint8Array({ minLength: length, maxLength: length }).map((body) => {
    bytes.set(body, 16);
    return bytes;
  });
});

test('a table is read from any address', () => {
  fc.assert(
    fc.property(anyTable, fc.nat(8), (bytes, shift) => {
      const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
      shifted.set(bytes);
      assert.deepEqual(viewTable(shifted), viewTable(bytes));
    }),
  );
});

test('columns lie in the order of the specification', () => {
  const { table, bytes } = createTable({ groups: 1, hasBucket: true, hasPercentiles: true, dims: 3 });
  const { percentiles: p0, ...v0 } = table.values[0];
  const { percentiles: p1, ...v1 } = table.values[1];
  const value = (v: typeof v0, p: typeof p0): (Float64Array | undefined)[] => [
    ...[v.sum, v.min, v.max, v.mean, v.std],
    ...[p?.p50, p?.p95, p?.p99],
  ];
  const columns = [table.bucket, ...value(v0, p0), ...value(v1, p1), table.count, ...table.codes];
  const offsets = columns.map((column) => column?.byteOffset);
  const doubles = Array.from({ length: 17 }, (_, index) => 16 + 8 * index);
  assert.deepEqual(offsets, [...doubles, 152, 156, 160, 164]);
  assert.equal(Buffer.from(bytes.subarray(0, 16)).toString('hex'), '584f5452010000000100000003030000');
});

test('bytes that are no result table are refused', () => {
  const { bytes } = createTable({ groups: 2, hasBucket: false, hasPercentiles: false, dims: 1 });
  assert.throws(() => viewTable(bytes.subarray(0, 15)), /^RangeError: 15 bytes are too few/);
  assert.throws(() => viewTable(bytes.subarray(0, -1)), /has 191 bytes instead of 192/);
  for (const [offset, wrong] of [
    [0, 0],
    [4, 2],
    [12, 4],
    [14, 1],
  ] as const) {
    assert.throws(() => viewTable(bytes.with(offset, wrong)), RangeError);
  }
});
