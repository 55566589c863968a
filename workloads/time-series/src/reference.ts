import { parseOptions, type SeriesQuery } from './options.js';
import { createTable, type ValueStatistics } from './result-table.js';
import { checkFinite, type SeriesColumns, viewFrame } from './series-frame.js';

/**
 * The specification as slow and obvious code. Gives a result table.
 * @throws {WorkloadError} for bad options or a bad frame, in the order of the specification.
 */
export function reference(options: object, input: Uint8Array): Uint8Array {
  const query = parseOptions(options);
  const columns = viewFrame(input);
  checkFinite(columns);
  const groups = groupRows(columns, query);
  const { table, bytes } = createTable({
    groups: groups.length,
    hasBucket: query.bucketMs !== null,
    hasPercentiles: query.percentiles,
    dims: query.groupBy.length,
  });
  groups.forEach(({ key, rows }, group) => {
    table.codes.forEach((codes, index) => {
      codes[group] = key[index] as number;
    });
    if (table.bucket !== null) table.bucket[group] = key[query.groupBy.length] as number;
    table.count[group] = rows.length;
    table.values.forEach((statistics, index) => {
      const column = columns.values[index as 0 | 1];
      summarise(
        rows.map((row) => column[row] as number),
        statistics,
        group,
      );
    });
  });
  return bytes;
}

interface Group {
  /** The codes of the `groupBy` dimensions, then the bucket if there are buckets. */
  readonly key: readonly number[];
  readonly rows: number[];
}

/** The groups with at least one matching row, in the order of the output. */
function groupRows(columns: SeriesColumns, query: SeriesQuery): Group[] {
  const matches = rowFilter(columns, query);
  const groups = new Map<string, Group>();
  for (let row = 0; row < columns.rows; row++) {
    if (!matches(row)) continue;
    const key = query.groupBy.map((dim) => columns.dims[dim][row] as number);
    if (query.bucketMs !== null) key.push(bucketStart(columns.time[row] as number, query.bucketMs));
    const name = key.join();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()].sort((a, b) => compareKeys(a.key, b.key));
}

function rowFilter(columns: SeriesColumns, query: SeriesQuery): (row: number) => boolean {
  const from = query.from ?? -Infinity;
  const to = query.to ?? Infinity;
  const filters = query.where.map((filter) => ({ dim: columns.dims[filter.dim], codes: new Set(filter.in) }));
  return (row) => {
    const time = columns.time[row] as number;
    return time >= from && time < to && filters.every(({ dim, codes }) => codes.has(dim[row] as number));
  };
}

/** The start of the bucket that `time` lies in; adding zero turns −0 into +0. */
export function bucketStart(time: number, bucketMs: number): number {
  return Math.floor(time / bucketMs) * bucketMs + 0;
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  if (index < 0) return 0;
  return (a[index] as number) < (b[index] as number) ? -1 : 1;
}

function summarise(values: readonly number[], statistics: ValueStatistics, group: number): void {
  const count = values.length;
  const sorted = Float64Array.from(values).sort();
  const sum = compensatedSum(values);
  const mean = sum / count;
  statistics.sum[group] = sum;
  statistics.min[group] = sorted[0] as number;
  statistics.max[group] = sorted[count - 1] as number;
  statistics.mean[group] = mean;
  statistics.std[group] = Math.sqrt(compensatedSum(values.map((value) => (value - mean) ** 2)) / count);
  for (const [name, column] of Object.entries(statistics.percentiles ?? {}) as [string, Float64Array][]) {
    column[group] = sorted[nearestRank(count, Number(name.slice(1)))] as number;
  }
}

/** The index of the nearest-rank percentile among `count` sorted values: ⌈count · percent / 100⌉ − 1. */
export function nearestRank(count: number, percent: number): number {
  // The product is an integer below 2^53, and the quotient of two integers that small is never rounded onto or across
  // an integer that it isn't.
  return Math.ceil((count * percent) / 100) - 1;
}

/**
 * A sum that carries along what rounding lost (A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
 * endlicher Summen", ZAMM 54, 1974).
 */
function compensatedSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
