import type { ConformanceCase } from '@crossover/contract/workload';
import { fails } from './conformance-case.js';
import { columnsOf } from './conformance-columns.js';
import { encodeFrame } from './series-frame.js';

/** Two rows, 136 bytes. */
const tiny = encodeFrame(columnsOf({ time: [1, 2], v0: [3, 4] }));

/** Input that is no good series. */
export function badFrames(): ConformanceCase[] {
  const notFrame = 'the input is not a series frame';
  const invalid = (name: string, input: Uint8Array, message: string): ConformanceCase =>
    fails(name, {}, input, 'invalid-series', message);
  return [
    invalid('empty input is refused', new Uint8Array(), notFrame),
    invalid('text is refused', new TextEncoder().encode('time,v0\n'.repeat(20)), notFrame),
    invalid('a wrong version is refused', changed(tiny, 4, 2), notFrame),
    invalid('half a header is refused', tiny.slice(0, 63), notFrame),
    invalid(
      'a short frame is refused',
      tiny.slice(0, -1),
      'the series frame has 135 bytes where 2 rows need 136',
    ),
    invalid(
      'excess bytes are refused',
      Uint8Array.of(...tiny, 0),
      'the series frame has 137 bytes where 2 rows need 136',
    ),
    ...['time', 'v0', 'v1', 'd0', 'd1', 'd2'].map((name, index) => {
      const lengths = ['time 2', 'v0 2', 'v1 2', 'd0 2', 'd1 2', 'd2 2'].with(index, `${name} 3`);
      const frame = changed(tiny, 8 + 8 * index, 3);
      return fails(
        `a longer column ${name} is refused`,
        {},
        frame,
        'ragged-columns',
        `the columns differ in length: ${lengths.join(', ')}`,
      );
    }),
    fails(
      'lengths are read to their last bit',
      {},
      changed(tiny, 15, 0x80),
      'ragged-columns',
      'the columns differ in length: time 9223372036854775810, v0 2, v1 2, d0 2, d1 2, d2 2',
    ),
    fails(
      'too many rows are refused before memory is asked for',
      {},
      [8, 16, 24, 32, 40, 48].reduce((frame, offset) => changed(frame, offset + 4, 1), tiny),
      'input-too-large',
      'the series has 4294967298 rows; the limit is 4294967295',
    ),
    ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((bad) =>
      (['time', 'v0', 'v1'] as const).map((name) => {
        const columns = { time: Array(9).fill(1), [name]: [0, 0, 0, 0, 0, 0, bad, 0, Number.NaN] };
        return fails(
          `${bad} in ${name} is refused`,
          { where: [{ dim: 0, in: [] }] },
          encodeFrame(columnsOf(columns)),
          'not-finite',
          `column "${name}" row 6 is ${bad}`,
        );
      }),
    ),
    fails(
      'time is looked at first',
      {},
      encodeFrame(columnsOf({ time: [0, Number.NaN], v0: [Number.NaN, 0] })),
      'not-finite',
      'column "time" row 1 is NaN',
    ),
  ];
}

/** A copy with one byte changed. */
function changed(frame: Uint8Array, offset: number, byte: number): Uint8Array {
  const copy = frame.slice();
  copy[offset] = byte;
  return copy;
}
