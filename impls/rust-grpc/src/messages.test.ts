import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methods, toNumber } from './messages.js';

test('typed arrays are encoded like plain arrays', () => {
  const doubles = [0, -0, 1.5, -1e300, 5e-324];
  const codes = [0, 1, 127, 128, 4294967295];
  const query = { from: null, to: null, where: [], groupBy: [0], bucketMs: null, percentiles: true };
  const columns = (time: ArrayLike<number>, d0: ArrayLike<number>) => ({
    columns: { time, v0: time, v1: time, d0, d1: d0, d2: d0 },
    query,
  });
  assert.deepEqual(
    methods.aggregate.encode(columns(Float64Array.from(doubles), Uint32Array.from(codes))),
    methods.aggregate.encode(columns(doubles, codes)),
  );
});

test('a message is what the .proto file says, field by field', () => {
  // Field 2 (bytes) first, then field 1 with options: field 4 (string), field 5 (bool).
  const bytes = methods.transform.encode({
    options: { redactWith: 'x', dropNulls: true, totals: null },
    document: Uint8Array.of(1, 2, 3),
  });
  assert.equal(bytes.toString('hex'), '0a052201782801' + '1203010203');
});

test('what a response leaves out reads as zero or empty', () => {
  const response = methods.aggregate.decode(Buffer.alloc(0));
  assert.equal(response.count.length, 0);
  assert.equal(toNumber(response.computeNs), 0);
  assert.deepEqual(methods.echo.decode(Buffer.alloc(0)).payload, Buffer.alloc(0));
});

test('nanoseconds beyond 32 bits stay exact', () => {
  const { computeNs } = methods.transform.decode(Buffer.from('10ffffffffffffff0f', 'hex'));
  assert.equal(toNumber(computeNs), 2 ** 53 - 1);
});
