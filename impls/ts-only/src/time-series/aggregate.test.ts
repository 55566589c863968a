import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { check } from '@crossover/workload-time-series/check';
import { conformanceCases } from '@crossover/workload-time-series/conformance';
import { parseOptions, type SeriesQuery } from '@crossover/workload-time-series/options';
import { reference } from '@crossover/workload-time-series/reference';
import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import fc from 'fast-check';
import { aggregateSeries } from './aggregate.js';
import { loadSeries } from './load.js';

const answer = (options: object, frame: Uint8Array): Uint8Array =>
  aggregateSeries(parseOptions(options), loadSeries(frame));

for (const { name, options, input, expect } of conformanceCases) {
  test(name, async () => {
    const frame = await input();
    if (expect === 'reference') {
      const result = check(answer(options, frame), reference(options, frame));
      assert.notEqual(result.verdict, 'differs', JSON.stringify(result));
    } else {
      assert.throws(
        () => answer(options, frame),
        (error) =>
          error instanceof WorkloadError && error.code === expect.code && error.message === expect.message,
      );
    }
  });
}

const finite = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const code = fc.oneof(fc.nat(4), fc.nat(0xffffffff));
const dim = fc.constantFrom(0 as const, 1 as const, 2 as const);

const anyFrame = fc
  .array(fc.tuple(finite, finite, finite, code, code, code), { size: 'medium' })
  .map((rows) =>
    encodeFrame({
      time: Float64Array.from(rows, (row) => row[0]),
      values: [Float64Array.from(rows, (row) => row[1]), Float64Array.from(rows, (row) => row[2])],
      dims: [
        Uint32Array.from(rows, (row) => row[3]),
        Uint32Array.from(rows, (row) => row[4]),
        Uint32Array.from(rows, (row) => row[5]),
      ],
    }),
  );

const anyQuery: fc.Arbitrary<SeriesQuery> = fc.record({
  from: fc.option(finite),
  to: fc.option(finite),
  where: fc.array(fc.record({ dim, in: fc.array(code) }), { maxLength: 2 }),
  groupBy: fc.uniqueArray(dim),
  bucketMs: fc.option(
    fc.oneof(
      fc.constantFrom(1, 7.5, 1000),
      fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
    ),
  ),
  percentiles: fc.boolean(),
});

test('every query on every series agrees with the reference', () => {
  fc.assert(
    fc.property(anyQuery, anyFrame, (query, frame) => {
      const result = check(answer(query, frame), reference(query, frame));
      assert.notEqual(result.verdict, 'differs', JSON.stringify(result));
    }),
    { numRuns: 500 },
  );
});

test('percentiles are right for values that make quickselect slow', () => {
  const shapes: ((row: number, rows: number) => number)[] = [
    (row) => row,
    (row) => -row,
    (row, rows) => Math.min(row, rows - row),
    (row) => row % 2,
    // The "median of three killer" of D. R. Musser (1997): each median of three is next to the least.
    (row, rows) => (row < rows / 2 ? (row % 2 === 0 ? row : rows / 2 + row) : 2 * (row - rows / 2)),
  ];
  for (const shape of shapes) {
    const values = Float64Array.from({ length: 4096 }, (_, row) => shape(row, 4096));
    const codes = new Uint32Array(4096);
    const frame = encodeFrame({ time: values, values: [values, values], dims: [codes, codes, codes] });
    assert.notEqual(check(answer({}, frame), reference({}, frame)).verdict, 'differs', String(shape));
  }
});
