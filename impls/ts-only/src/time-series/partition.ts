import type { SeriesColumns } from '@crossover/workload-time-series/series-frame';
import type { Grouping } from './grouping.js';

/** The values of the rows, those of each group side by side; groups without rows are gone. */
export interface Partition {
  /** Where each group's values begin. */
  readonly start: Int32Array;
  /** How many rows each group has. */
  readonly count: Int32Array;
  /** One row of each group, from which its codes and its bucket can be read. */
  readonly row: Int32Array;
  readonly values: readonly [Float64Array, Float64Array];
}

/** A counting sort of the values by group. */
export function partition(columns: SeriesColumns, { ids, slots }: Grouping): Partition {
  const counts = new Int32Array(slots);
  const lastRow = new Int32Array(slots);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    counts[id] = (counts[id] as number) + 1;
    lastRow[id] = row;
  }
  const start = new Int32Array(slots);
  const cursor = new Int32Array(slots);
  const count = new Int32Array(slots);
  const row = new Int32Array(slots);
  let groups = 0;
  let next = 0;
  for (let slot = 0; slot < slots; slot++) {
    cursor[slot] = next;
    if (counts[slot] === 0) continue;
    start[groups] = next;
    count[groups] = counts[slot] as number;
    row[groups] = lastRow[slot] as number;
    groups += 1;
    next += counts[slot] as number;
  }
  return {
    start: start.subarray(0, groups),
    count: count.subarray(0, groups),
    row: row.subarray(0, groups),
    values: scatter(columns, ids, cursor),
  };
}

/** Writes the values of each row to its group's cursor and moves the cursor on. */
function scatter(columns: SeriesColumns, ids: Int32Array, cursor: Int32Array): [Float64Array, Float64Array] {
  const [v0, v1] = columns.values;
  const out0 = new Float64Array(ids.length);
  const out1 = new Float64Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    const at = cursor[id] as number;
    cursor[id] = at + 1;
    out0[at] = v0[row] as number;
    out1[at] = v1[row] as number;
  }
  return [out0, out1];
}
