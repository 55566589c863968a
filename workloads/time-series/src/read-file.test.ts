import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { columnsOf } from './conformance-columns.js';
import { readFile } from './read-file.js';
import { encodeFrame, type SeriesColumns, viewFrame } from './series-frame.js';

const read = (text: string, fileName: string): SeriesColumns =>
  viewFrame(readFile(new TextEncoder().encode(text), fileName));
const refused = (content: string | Uint8Array, fileName: string, message: string): void => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  assert.throws(() => readFile(bytes, fileName), new WorkloadError('invalid-series', message));
};

test('a CSV file becomes time, values and coded dimensions', () => {
  const columns = read(
    'city,Date,temperature,rain\nOslo,2020-01-02,-3.5,0\nRome,2020-01-01T12:00,1e1,2\n"Oslo",2020-01-03 00:00:01.5Z,+.5,3\n',
    'weather.csv',
  );
  const day = Date.UTC(2020, 0, 1);
  assert.deepEqual(
    columns,
    columnsOf({
      time: [day + 86_400_000, day + 43_200_000, day + 2 * 86_400_000 + 1500],
      v0: [-3.5, 10, 0.5],
      v1: [0, 2, 3],
      d0: [0, 1, 0],
    }),
  );
});

test('a JSON array becomes the same', () => {
  const items = [
    { date: '2001/01/01 00:47', delay: 66, distance: 1750, origin: 'DTW', destination: 'LAS' },
    { date: '2001/01/01 01:10', delay: 95, distance: 2399, origin: 'HNL', destination: 'DTW', late: true },
  ];
  const start = Date.UTC(2001, 0, 1);
  const expected = columnsOf({
    time: [start + 47 * 60_000, start + 70 * 60_000],
    v0: [66, 95],
    v1: [1750, 2399],
    d0: [0, 1],
    d1: [0, 1],
    d2: [0, 1],
  });
  assert.deepEqual(read(JSON.stringify(items), 'flights.json'), expected);
  assert.deepEqual(read(`\ufeff${JSON.stringify(items)}`, 'flights'), expected);
});

test('a column named time wins over an earlier date', () => {
  const columns = read('born,timestamp,x\n2000-01-01,5,1\n', 'a.csv');
  assert.deepEqual([columns.time[0], columns.values[0][0]], [5, 1]);
});

test('whole numbers become dimensions where text is missing', () => {
  const columns = read('time,a,b,c,d,name\n1,1,2,7.5,9,x\n2,1,2,7.5,8,y\n', 'a.csv');
  assert.deepEqual(columns.dims, [Uint32Array.of(0, 1), Uint32Array.of(0, 1), Uint32Array.of(0, 0)]);
});

test('a zone is obeyed and a day that does not exist is text', () => {
  assert.equal(read('t,x\n2020-01-01T00:00+02:30,1\n', 'a.csv').time[0], Date.UTC(2019, 11, 31, 21, 30));
  assert.equal(read('t,x\n2021-02-29,1\n', 'a.csv').time[0], 0);
});

test('a frame is taken as it is, a broken one is refused', () => {
  const frame = encodeFrame(columnsOf({ time: [1, 2] }));
  assert.equal(readFile(frame, 'points.bin'), frame);
  refused(frame.subarray(0, -1), 'points.bin', 'the series frame has 135 bytes where 2 rows need 136');
});

test('what is wrong with a file is said in a sentence', () => {
  refused(Uint8Array.of(0xff, 0xfe), 'a.csv', 'a.csv: this is neither a series frame nor UTF-8 text');
  refused('', 'a.csv', 'a.csv: the file is empty; a CSV file starts with a header line');
  refused('a,b\nx,y\n', 'a.csv', 'a.csv: no column holds numbers');
  refused('time,v\n1,2\n2,\n', 'a.csv', 'a.csv: column "v" row 1 is empty');
  refused('time,v\n1,2\n2,NaN\n', 'a.csv', 'a.csv: column "v" row 1 is NaN, which is not a finite number');
  refused('[{"v": 1e999}]', 'a.json', 'a.json: column "v" row 0 is Infinity, which is not a finite number');
  refused('{"v": 1}', 'a.json', 'a.json: a JSON file must hold an array of flat objects');
  refused('[{"v": 1}, 2]', 'a.json', 'a.json: item 1 of the array is not an object');
  refused('[{"v": [1]}]', 'a.json', 'a.json: member "v" of item 0 is nested; the objects must be flat');
});

test('what the parsers found wrong is passed on', () => {
  assert.throws(
    () => read('a,b\n1\n', 'a.csv'),
    /^WorkloadError: a\.csv: this is not CSV: Invalid Record Length/,
  );
  assert.throws(() => read('[{"v": 1}', 'a.json'), /^WorkloadError: a\.json: this is not JSON: /);
});
