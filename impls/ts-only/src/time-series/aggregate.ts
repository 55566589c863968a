import type { SeriesQuery } from '@crossover/workload-time-series/options';
import { createTable, type ValueStatistics } from '@crossover/workload-time-series/result-table';
import type { SeriesColumns } from '@crossover/workload-time-series/series-frame';
import { bucketStart } from './buckets.js';
import { groupRows } from './grouping.js';
import { type Partition, partition } from './partition.js';
import { selectPercentiles } from './percentiles.js';
import { selectRows } from './selection.js';
import { summarise } from './summary.js';

/**
 * Answers a query; gives a result table. `columns` come from `loadSeries` and are not changed.
 *
 * The rows that match are numbered by group, then the values are moved so that each group's lie side by side: every
 * statistic is then a plain loop over a stretch of a typed array, and nothing is allocated per row or per group.
 */
export function aggregateSeries(query: SeriesQuery, columns: SeriesColumns): Uint8Array {
  const matching = selectRows(columns, query);
  const groups = partition(matching, groupRows(matching, query));
  const { table, bytes } = createTable({
    groups: groups.count.length,
    hasBucket: query.bucketMs !== null,
    hasPercentiles: query.percentiles,
    dims: query.groupBy.length,
  });
  table.count.set(groups.count);
  query.groupBy.forEach((dim, index) => {
    const codes = table.codes[index] as Uint32Array;
    gather(matching.dims[dim], groups.row, codes);
  });
  if (query.bucketMs !== null && table.bucket !== null) {
    gather(matching.time, groups.row, table.bucket);
    for (let group = 0; group < table.bucket.length; group++) {
      table.bucket[group] = bucketStart(table.bucket[group] as number, query.bucketMs);
    }
  }
  fillStatistics(groups, groups.values[0], table.values[0]);
  fillStatistics(groups, groups.values[1], table.values[1]);
  return bytes;
}

/** Puts the entries of `column` at `rows` into `into`. */
function gather<Column extends Float64Array | Uint32Array>(
  column: Column,
  rows: Int32Array,
  into: Column,
): void {
  for (let index = 0; index < rows.length; index++) {
    into[index] = column[rows[index] as number] as number;
  }
}

/** `values` are put into another order within each group. */
function fillStatistics(groups: Partition, values: Float64Array, into: ValueStatistics): void {
  for (let group = 0; group < groups.count.length; group++) {
    const start = groups.start[group] as number;
    const end = start + (groups.count[group] as number);
    summarise(values, start, end, into, group);
    if (into.percentiles !== null) selectPercentiles(values, start, end, into.percentiles, group);
  }
}
