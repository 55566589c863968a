import { type HistoryRow, rowsOfRecord } from './history-rows.js';
import type { HistoryRecord } from './history-schema.js';

/** The rows of records in files that are named in their order. */
export function madeUpRows(records: readonly HistoryRecord[]): HistoryRow[] {
  return records.flatMap((record, place) =>
    rowsOfRecord(record, { file: `${String(place).padStart(6, '0')}.json`, bytes: 1, changedMs: 1 }),
  );
}
