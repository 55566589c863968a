import type { DimensionFilter, SeriesQuery } from '@crossover/workload-time-series/options';
import type { SeriesColumns } from '@crossover/workload-time-series/series-frame';

/**
 * The rows that match the filters of `query`, as columns of their own; the given columns where there are no filters.
 * Columns that the query does not group by are left empty.
 */
export function selectRows(columns: SeriesColumns, query: SeriesQuery): SeriesColumns {
  if (query.from === null && query.to === null && query.where.length === 0) return columns;
  const matches = matchTimes(columns.time, query.from ?? -Infinity, query.to ?? Infinity);
  for (const filter of query.where) {
    dropUnlisted(matches, columns.dims[filter.dim], filter);
  }
  const rows = rowsWhere(matches);
  const doubles = (column: Float64Array): Float64Array => gather(column, rows, new Float64Array(rows.length));
  const codes = (dim: 0 | 1 | 2): Uint32Array =>
    query.groupBy.includes(dim)
      ? gather(columns.dims[dim], rows, new Uint32Array(rows.length))
      : new Uint32Array();
  return {
    rows: rows.length,
    time: query.bucketMs === null ? new Float64Array() : doubles(columns.time),
    values: [doubles(columns.values[0]), doubles(columns.values[1])],
    dims: [codes(0), codes(1), codes(2)],
  };
}

/** 1 for each time in from ≤ time < to, else 0. */
function matchTimes(times: Float64Array, from: number, to: number): Uint8Array {
  const matches = new Uint8Array(times.length);
  for (let row = 0; row < times.length; row++) {
    const time = times[row] as number;
    matches[row] = time >= from && time < to ? 1 : 0;
  }
  return matches;
}

/** Codes below this are looked up in a table of bytes, which stays in the cache. */
const maxTabulated = 1 << 18;

/** Clears the matches whose code is not in the list. */
function dropUnlisted(matches: Uint8Array, codes: Uint32Array, filter: DimensionFilter): void {
  const greatest = filter.in.reduce((a, b) => Math.max(a, b), 0);
  if (greatest < maxTabulated) {
    const listed = new Uint8Array(greatest + 1);
    for (const code of filter.in) listed[code] = 1;
    for (let row = 0; row < matches.length; row++) {
      const code = codes[row] as number;
      if (code > greatest || listed[code] === 0) matches[row] = 0;
    }
  } else {
    const listed = new Set(filter.in);
    for (let row = 0; row < matches.length; row++) {
      if (matches[row] === 1 && !listed.has(codes[row] as number)) matches[row] = 0;
    }
  }
}

/** The indices of the entries that are 1. Each index is written, and kept only if it matched. */
function rowsWhere(matches: Uint8Array): Int32Array {
  const rows = new Int32Array(matches.length);
  let kept = 0;
  for (let row = 0; row < matches.length; row++) {
    rows[kept] = row;
    kept += matches[row] as number;
  }
  return rows.subarray(0, kept);
}

function gather<Column extends Float64Array | Uint32Array>(
  column: Column,
  rows: Int32Array,
  into: Column,
): Column {
  for (let index = 0; index < rows.length; index++) {
    into[index] = column[rows[index] as number] as number;
  }
  return into;
}
