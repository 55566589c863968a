import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, type SeriesColumns, viewFrame } from './series-frame.js';

const anyColumns = fc
  .array(
    fc.record({
      doubles: fc.tuple(fc.double(), fc.double(), fc.double()),
      codes: fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(0xffffffff)),
    }),
  )
  .map((rows): SeriesColumns => {
    const doubles = (at: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row.doubles[at]);
    const codes = (at: 0 | 1 | 2): Uint32Array => Uint32Array.from(rows, (row) => row.codes[at]);
    return {
      rows: rows.length,
      time: doubles(0),
      values: [doubles(1), doubles(2)],
      dims: [codes(0), codes(1), codes(2)],
    };
  });

test('a frame gives back the columns it was made of', () => {
  fc.assert(fc.property(anyColumns, (columns) => assert.deepEqual(viewFrame(encodeFrame(columns)), columns)));
});

test('a frame at any address gives the same columns', () => {
  fc.assert(
    fc.property(anyColumns, fc.integer({ min: 1, max: 8 }), (columns, shift) => {
      const frame = encodeFrame(columns);
      const shifted = new Uint8Array(frame.length + shift).subarray(shift);
      shifted.set(frame);
      assert.deepEqual(viewFrame(shifted), columns);
    }),
  );
});

test('the columns of an aligned frame are views on it', () => {
  const frame = encodeFrame(viewFrame(encodeFrame(fc.sample(anyColumns, 1)[0] as SeriesColumns)));
  for (const column of [viewFrame(frame).time, ...viewFrame(frame).values, ...viewFrame(frame).dims]) {
    assert.equal(column.buffer, frame.buffer);
  }
});

test('the layout is that of the specification', () => {
  const frame = encodeFrame({
    time: Float64Array.of(1),
    values: [Float64Array.of(2), Float64Array.of(-2)],
    dims: [Uint32Array.of(3), Uint32Array.of(4), Uint32Array.of(0x01020304)],
  });
  const expected =
    `584f5453${'01000000'}${'0100000000000000'.repeat(6)}${'00'.repeat(8)}` +
    '000000000000f03f000000000000004000000000000000c0030000000400000004030201';
  assert.equal(Buffer.from(frame).toString('hex'), expected);
});
