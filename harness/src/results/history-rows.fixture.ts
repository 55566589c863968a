import { columns, type HistoryRow, rowsOf } from './history-rows.js';
import type { HistoryRecord } from './history-schema.js';

/** The rows of records as the index gives them. */
export function madeUpRows(records: readonly HistoryRecord[]): HistoryRow[] {
  return records.flatMap((record, place) =>
    rowsOf(record, { file: `${String(place).padStart(6, '0')}.json`, bytes: 1, changedMs: 1 }).map(
      (values) => Object.fromEntries(columns.map(([name], i) => [name, values[i]])) as unknown as HistoryRow,
    ),
  );
}
