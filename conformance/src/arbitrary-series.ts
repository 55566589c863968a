import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import fc from 'fast-check';

/** A call of the workload `time-series`: a frame and a query. */
export interface SeriesCall {
  readonly input: Uint8Array;
  readonly options: object;
}

/** Few codes, so that groups have several rows; and the largest. */
const code = fc.constantFrom(0, 1, 2, 3, 1000, 4294967295);

const timeMs = fc.oneof(
  fc.integer({ min: -5000, max: 5000 }),
  fc.double({ min: -1e13, max: 1e13, noNaN: true }),
);

/** Moderate values, so that sums stay finite: what must agree is the result, not how it overflows. */
const value = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.constantFrom(0, -0, 1e15, 1e15 + 2, 5e-324),
);

const row = fc.tuple(timeMs, value, value, code, code, code);

const input = fc.array(row, { maxLength: 60 }).map((rows) => {
  const doubles = (column: number) => Float64Array.from(rows, (one) => one[column] ?? 0);
  const codes = (column: number) => Uint32Array.from(rows, (one) => one[column] ?? 0);
  return encodeFrame({
    time: doubles(0),
    values: [doubles(1), doubles(2)],
    dims: [codes(3), codes(4), codes(5)],
  });
});

const dimension = fc.constantFrom(0, 1, 2);
const limitMs = fc.option(timeMs);

const options = fc.record(
  {
    from: limitMs,
    to: limitMs,
    where: fc.array(fc.record({ dim: dimension, in: fc.array(code, { maxLength: 4 }) }), { maxLength: 2 }),
    groupBy: fc.uniqueArray(dimension),
    bucketMs: fc.option(fc.constantFrom(0.5, 1, 7, 1000, 3_600_000)),
    percentiles: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Calls with small series, all of them valid. */
export const seriesCall: fc.Arbitrary<SeriesCall> = fc.record({ input, options });
