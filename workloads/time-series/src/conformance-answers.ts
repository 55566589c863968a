import type { ConformanceCase } from '@crossover/contract/workload';
import { agrees } from './conformance-case.js';
import { columnsOf, variedColumns } from './conformance-columns.js';
import { encodeFrame } from './series-frame.js';

const maxCode = 0xffffffff;
const varied = encodeFrame(variedColumns(2000));
const everyKey = { groupBy: [0, 1, 2], bucketMs: 1000 };

/** Good queries on good data. */
export function answers(): ConformanceCase[] {
  return [...shapesOfData(), ...filters(), ...groupings(), ...statistics()];
}

function shapesOfData(): ConformanceCase[] {
  const hours = [5, -3, 9, 0, -7, 2];
  return [
    agrees('a series without rows has no groups', {}, columnsOf({ time: [] })),
    agrees('a series without rows has no groups under every key', everyKey, columnsOf({ time: [] })),
    agrees('one point is a group of its own', everyKey, columnsOf({ time: [1.5], v0: [-2.25], d1: [7] })),
    agrees(
      'equal values do not deviate',
      {},
      columnsOf({ time: Array(1000).fill(0), v0: Array(1000).fill(0.1) }),
    ),
    agrees('times need no order', { bucketMs: 4, groupBy: [] }, columnsOf({ time: hours, v0: hours })),
    agrees('a frame that starts at an odd address is read', everyKey, misaligned(varied)),
    agrees(
      'codes reach to 2^32 − 1 in each dimension',
      { groupBy: [2, 0, 1] },
      columnsOf({
        time: [0, 1, 2, 3],
        v0: [1, 2, 3, 4],
        d0: [maxCode, 0, maxCode, 0x8000_0000],
        d1: [maxCode, maxCode, 5, 0],
        d2: [maxCode, maxCode, 0, maxCode],
      }),
    ),
    agrees(
      '20,000 different codes are 20,000 groups',
      { groupBy: [0, 1] },
      columnsOf({
        time: Array(40_000).fill(0),
        v0: Array.from({ length: 40_000 }, (_, row) => row % 97),
        d0: Array.from({ length: 40_000 }, (_, row) => (row * 7919) % 20_000),
        d1: Array.from({ length: 40_000 }, (_, row) => 4_000_000_000 - ((row * 7919) % 20_000)),
      }),
    ),
  ];
}

function filters(): ConformanceCase[] {
  return [
    agrees('rows from a time on match', { from: -500 }, varied),
    agrees('rows before a time match', { to: 1234 }, varied),
    agrees('`from` is included and `to` is not', { from: 2, to: 4 }, columnsOf({ time: [1, 2, 3, 4, 5] })),
    agrees('a `from` after `to` matches nothing', { from: 10, to: -10, ...everyKey }, varied),
    agrees('a `from` equal to `to` matches nothing', { from: 0, to: 0 }, varied),
    agrees('a filter that no row passes gives no groups', { where: [{ dim: 1, in: [99] }] }, varied),
    agrees('an empty list of codes matches nothing', { where: [{ dim: 1, in: [] }] }, varied),
    agrees(
      'each dimension can be filtered',
      { where: [0, 1, 2].map((dim) => ({ dim, in: [1, 2, 2] })) },
      varied,
    ),
    agrees(
      'two filters on one dimension must both hold',
      { where: [1, 3].map((code) => ({ dim: 0, in: [code, 2] })) },
      varied,
    ),
    agrees(
      'far codes can be listed',
      { where: [{ dim: 0, in: [maxCode, 1, 2 ** 31] }] },
      columnsOf({ time: [0, 1, 2, 3], d0: [maxCode, 1, 2, 2 ** 31] }),
    ),
    agrees(
      'all filters work together',
      { ...everyKey, from: -8000, to: 8000, where: [{ dim: 2, in: [0] }] },
      varied,
    ),
    agrees(
      'limits beyond all times change nothing',
      { from: -1e300, to: 1e300 },
      columnsOf({ time: [-1e299, 0, 1e299], v0: [1, 2, 3] }),
    ),
  ];
}

function groupings(): ConformanceCase[] {
  const orders = [
    [],
    [0],
    [1],
    [2],
    [0, 1],
    [1, 0],
    [0, 2],
    [2, 0],
    [1, 2],
    [2, 1],
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]; // prettier-ignore
  const far = [-1e300, 1e300, 0, -0, 1, -1, 5e-324];
  return [
    ...orders.flatMap((groupBy) => [
      agrees(`groups by [${groupBy}]`, { groupBy }, varied),
      agrees(`groups by [${groupBy}] and bucket`, { groupBy, bucketMs: 2500 }, varied),
    ]),
    agrees(
      'a bucket includes its start and not its end, before 1970, too',
      { bucketMs: 10, groupBy: [] },
      columnsOf({ time: [-20, -10.5, -10, -0.5, -0, 0, 9.999, 10, 19, 20] }),
    ),
    agrees(
      'buckets need not be whole',
      { bucketMs: 0.1, groupBy: [] },
      columnsOf({ time: [0, 0.1, 0.2, 0.3, 0.7, 1] }),
    ),
    ...[1, 1e-300, 1e300, 5e-324, 1.7e308].map((bucketMs) =>
      agrees(
        `buckets of ${bucketMs} ms hold far times`,
        { bucketMs, groupBy: [] },
        columnsOf({ time: far, v0: far }),
      ),
    ),
    agrees(
      'a narrow range is numbered in wide data',
      { from: 0, to: 50, bucketMs: 1, groupBy: [0] },
      columnsOf({ time: [-1e300, 3, 49, 50, 1e300], d0: [0, 1, 1, 1, 0] }),
    ),
  ];
}

function statistics(): ConformanceCase[] {
  const around = Array.from({ length: 500 }, (_, row) => 1e9 + (row % 7) / 16);
  return [
    agrees('percentiles can be left out', { percentiles: false }, varied),
    agrees('percentiles can be left out with buckets', { percentiles: false, ...everyKey }, varied),
    agrees(
      'percentile ranks are exact in groups of 1 to 200',
      {},
      columnsOf({
        time: Array(20_100).fill(0),
        v0: Array.from({ length: 20_100 }, (_, row) => (row * 7919) % 10_007),
        v1: Array.from({ length: 20_100 }, (_, row) => -row),
        d0: Array.from({ length: 200 }, (_, group) => Array<number>(group + 1).fill(group)).flat(),
      }),
    ),
    agrees(
      'a large mean does not spoil the deviation',
      {},
      columnsOf({ time: around, v0: around, v1: around.map((x) => -x) }),
    ),
    agrees(
      'a sum of many equal values stays exact',
      { groupBy: [], percentiles: false },
      columnsOf({
        time: Array(200_000).fill(0),
        v0: Array(200_000).fill(0.1),
        v1: Array(200_000).fill(1 / 3),
      }),
    ),
    agrees(
      'without percentiles, many groups of many values stay exact',
      { percentiles: false },
      columnsOf({
        time: Array(200_000).fill(0),
        v0: Array.from({ length: 200_000 }, (_, row) => (row % 20 === 0 ? 1e9 + (row % 7) / 16 : 0.1)),
        v1: Array.from({ length: 200_000 }, (_, row) => (row % 2 === 0 ? 1 / 3 : -1e-9 * row)),
        d0: Array.from({ length: 200_000 }, (_, row) => row % 20),
      }),
    ),
    agrees(
      'without percentiles, rows of many groups can be chosen',
      { percentiles: false, groupBy: [0, 1], where: [{ dim: 1, in: [1, 3] }] },
      columnsOf({
        time: Array(5000).fill(0),
        v0: Array.from({ length: 5000 }, (_, row) => ((row * 7919) % 1009) - 500),
        v1: Array.from({ length: 5000 }, (_, row) => row),
        d0: Array.from({ length: 5000 }, (_, row) => (row * 31) % 50),
        d1: Array.from({ length: 5000 }, (_, row) => row % 5),
      }),
    ),
    agrees(
      'values at the ends of the range do not fail',
      { groupBy: [] },
      columnsOf({ time: [0, 0, 0, 0], v0: [1.7e308, 1.7e308, -1.7e308, 0], v1: [5e-324, -5e-324, -0, 0] }),
    ),
  ];
}

/** The same bytes, starting at an odd address. */
function misaligned(frame: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(frame.length + 1).subarray(1);
  shifted.set(frame);
  return shifted;
}
