import {
  type FilledTable,
  type HistoryRow,
  type HistoryRun,
  RecordTables,
  rowsOf,
  type Value,
} from './history-rows.js';
import type { HistoryRecord } from './history-schema.js';
import type { CellKey } from './schema.js';

/** The rows of records as the cache gives them. */
export function madeUpRows(records: readonly HistoryRecord[]): HistoryRow[] {
  const tables = new RecordTables();
  for (const [place, record] of records.entries())
    tables.add(record, { name: `${String(place).padStart(6, '0')}.json`, bytes: 1, changedMs: 1 });
  return rowsOf(
    objectsOf(tables.records) as unknown as HistoryRun[],
    objectsOf(tables.keys) as unknown as CellKey[],
    tables.cells.values as (number | null)[][],
  );
}

function objectsOf({ columns, values, rows }: FilledTable): Record<string, Value>[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(([name], column) => [name, values[column]?.[row] ?? null])),
  );
}
