import type { SeriesQuery } from '@crossover/workload-time-series/options';
import type { SeriesColumns } from '@crossover/workload-time-series/series-frame';
import { bucketStart, numberBuckets } from './buckets.js';

/** A group number for each row, ascending in the order of the output. */
export interface Grouping {
  readonly ids: Int32Array;
  /** All numbers are below; some may be without rows. */
  slots: number;
}

/** Numbers the groups of `query`: starts with one group and splits it by one key after the other. */
export function groupRows(columns: SeriesColumns, query: SeriesQuery): Grouping {
  const grouping: Grouping = { ids: new Int32Array(columns.rows), slots: 1 };
  for (const dim of query.groupBy) {
    const codes = columns.dims[dim];
    const cardinality = greatestCode(codes) + 1;
    if (hasRoom(grouping, cardinality)) splitByCode(grouping, codes, cardinality);
    else splitByRank(grouping, codes);
  }
  if (query.bucketMs !== null) {
    const buckets = numberBuckets(columns.time, query.bucketMs);
    if (buckets !== undefined && hasRoom(grouping, buckets.count)) {
      splitByBucket(grouping, columns.time, query.bucketMs, buckets.first, buckets.count);
    } else {
      const { bucketMs } = query;
      splitByRank(
        grouping,
        columns.time.map((time) => bucketStart(time, bucketMs)),
      );
    }
  }
  return grouping;
}

/**
 * Whether splitting each group into `cardinality` leaves few enough numbers: about as many as there are rows, so that
 * walking over numbers without rows stays cheap.
 */
function hasRoom({ ids, slots }: Grouping, cardinality: number): boolean {
  return slots * cardinality <= 4096 + 2 * ids.length;
}

function greatestCode(codes: Uint32Array): number {
  let greatest = 0;
  for (let row = 0; row < codes.length; row++) {
    greatest = Math.max(greatest, codes[row] as number);
  }
  return greatest;
}

function splitByCode(grouping: Grouping, codes: Uint32Array, cardinality: number): void {
  const { ids } = grouping;
  for (let row = 0; row < ids.length; row++) {
    ids[row] = (ids[row] as number) * cardinality + (codes[row] as number);
  }
  grouping.slots *= cardinality;
}

function splitByBucket(
  grouping: Grouping,
  times: Float64Array,
  bucketMs: number,
  first: number,
  count: number,
): void {
  const { ids } = grouping;
  for (let row = 0; row < ids.length; row++) {
    ids[row] = (ids[row] as number) * count + (Math.floor((times[row] as number) / bucketMs) - first);
  }
  grouping.slots *= count;
}

/** Splits every group by keys of any size: ranks the keys, then ranks the pairs of group and key. */
function splitByRank(grouping: Grouping, keys: Uint32Array | Float64Array): void {
  const { ids } = grouping;
  const { ranks, count } = rank(keys);
  // Both factors are at most the number of rows or a few thousand more, so that the product is exact.
  const pairs = Float64Array.from(ids, (id, row) => id * count + (ranks[row] as number));
  const ranked = rank(pairs);
  ids.set(ranked.ranks);
  grouping.slots = ranked.count;
}

/** The rank of each key among the different keys. */
function rank(keys: Uint32Array | Float64Array): { ranks: Int32Array; count: number } {
  const order = new Map<number, number>();
  for (let row = 0; row < keys.length; row++) {
    order.set(keys[row] as number, 0);
  }
  const different = Float64Array.from(order.keys()).sort();
  different.forEach((key, index) => {
    order.set(key, index);
  });
  const ranks = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row++) {
    ranks[row] = order.get(keys[row] as number) as number;
  }
  return { ranks, count: different.length };
}
