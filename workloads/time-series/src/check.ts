import type { CheckResult } from '@crossover/contract/workload';
import { type ResultTable, type ValueStatistics, viewTable } from './result-table.js';

/** Allowed difference of a sum, relative to count · greatest magnitude. */
const sumTolerance = 1e-12;
/** Allowed difference of a standard deviation, relative to the greatest magnitude. */
const stdTolerance = 1e-9;
/** Sums are compared up to this count · greatest magnitude: beyond, the order of additions decides about overflow. */
const maxComparableSum = 1e300;
/** Standard deviations are compared where the greatest magnitude lies here: beyond, squares leave the doubles. */
const comparableStd = { min: 1e-140, max: 1e140 };

/** Compares a result table with that of the reference. Each column is named with the first group that differs. */
export function check(output: Uint8Array, reference: Uint8Array): CheckResult {
  try {
    return compare(viewTable(output), viewTable(reference));
  } catch (error) {
    if (error instanceof RangeError) return { verdict: 'differs', where: error.message };
    throw error;
  }
}

function compare(actual: ResultTable, expected: ResultTable): CheckResult {
  const where = differenceOfShape(actual, expected) ?? differenceOfKeys(actual, expected);
  if (where !== undefined) return { verdict: 'differs', where };
  let largest = 0;
  for (const index of [0, 1] as const) {
    const name = `v${index}`;
    const pair = [actual.values[index], expected.values[index]] as const;
    const exact = differenceOfExact(name, ...pair);
    if (exact !== undefined) return { verdict: 'differs', where: exact };
    for (const rounded of roundedColumns(...pair, expected.count)) {
      const result = largestError(`${name} ${rounded.name}`, rounded);
      if (typeof result === 'string') return { verdict: 'differs', where: result };
      largest = Math.max(largest, result);
    }
  }
  if (largest === 0) return { verdict: 'equal' };
  return {
    verdict: 'within-tolerance',
    how: `sums, means and deviations use ${(100 * largest).toPrecision(2)}% of their tolerance`,
  };
}

function differenceOfShape(actual: ResultTable, expected: ResultTable): string | undefined {
  const shape = (table: ResultTable): string =>
    `${table.count.length} groups by ${table.codes.length} dimensions` +
    `${table.bucket === null ? '' : ' and buckets'}${table.values[0].percentiles === null ? '' : ', with percentiles'}`;
  if (shape(actual) === shape(expected)) return undefined;
  return `the output has ${shape(actual)}; the reference has ${shape(expected)}`;
}

function differenceOfKeys(actual: ResultTable, expected: ResultTable): string | undefined {
  const none = new Float64Array();
  let where = differenceOf('bucket', actual.bucket ?? none, expected.bucket ?? none);
  expected.codes.forEach((codes, index) => {
    where ??= differenceOf(`code ${index}`, actual.codes[index] as Uint32Array, codes);
  });
  return where ?? differenceOf('count', actual.count, expected.count);
}

function differenceOfExact(
  name: string,
  actual: ValueStatistics,
  expected: ValueStatistics,
): string | undefined {
  let where =
    differenceOf(`${name} min`, actual.min, expected.min) ??
    differenceOf(`${name} max`, actual.max, expected.max);
  if (actual.percentiles === null || expected.percentiles === null) return where;
  for (const percentile of ['p50', 'p95', 'p99'] as const) {
    where ??= differenceOf(
      `${name} ${percentile}`,
      actual.percentiles[percentile],
      expected.percentiles[percentile],
    );
  }
  return where;
}

/** Where two columns differ that must be equal; −0 equals 0. */
function differenceOf<Column extends Float64Array | Uint32Array>(
  name: string,
  actual: Column,
  expected: Column,
): string | undefined {
  const group = actual.findIndex((value, at) => value !== expected[at]);
  return group < 0
    ? undefined
    : `${name} of group ${group} is ${actual[group]} instead of ${expected[group]}`;
}

/** A column that may differ by rounding. `tolerance` gives the allowed difference in a group, NaN for any. */
interface RoundedColumn {
  readonly name: string;
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  readonly tolerance: (group: number) => number;
}

function roundedColumns(
  actual: ValueStatistics,
  expected: ValueStatistics,
  counts: Uint32Array,
): readonly RoundedColumn[] {
  const magnitude = (group: number): number =>
    Math.max(Math.abs(expected.min[group] as number), Math.abs(expected.max[group] as number));
  const ofMean = (group: number): number => {
    const comparable = (counts[group] as number) * magnitude(group) < maxComparableSum;
    return comparable ? sumTolerance * magnitude(group) : Number.NaN;
  };
  const ofStd = (group: number): number => {
    const size = magnitude(group);
    const comparable = size === 0 || (size >= comparableStd.min && size <= comparableStd.max);
    return comparable ? stdTolerance * size : Number.NaN;
  };
  return [
    {
      name: 'sum',
      actual: actual.sum,
      expected: expected.sum,
      tolerance: (group) => ofMean(group) * (counts[group] as number),
    },
    { name: 'mean', actual: actual.mean, expected: expected.mean, tolerance: ofMean },
    { name: 'std', actual: actual.std, expected: expected.std, tolerance: ofStd },
  ];
}

/** The largest difference as a part of its tolerance, or in a sentence where it is beyond. */
function largestError(name: string, { actual, expected, tolerance }: RoundedColumn): number | string {
  let largest = 0;
  for (let group = 0; group < expected.length; group++) {
    const allowed = tolerance(group);
    if (Number.isNaN(allowed) || actual[group] === expected[group]) continue;
    const error = Math.abs((actual[group] as number) - (expected[group] as number));
    if (!(error <= allowed)) {
      return `${name} of group ${group} is ${actual[group]} instead of ${expected[group]}; ±${allowed} is allowed`;
    }
    largest = Math.max(largest, error / allowed);
  }
  return largest;
}
