import { type FilledTable, type HistoryRow, RecordTables, type Value } from './history-rows.js';
import type { HistoryRecord } from './history-schema.js';

/** The rows of records as the index gives them. */
export function madeUpRows(records: readonly HistoryRecord[]): HistoryRow[] {
  const tables = new RecordTables();
  for (const [place, record] of records.entries())
    tables.add(record, { name: `${String(place).padStart(6, '0')}.json`, bytes: 1, changedMs: 1 });
  const [ofRecord, ofKey] = [objectsOf(tables.records), objectsOf(tables.keys)];
  return objectsOf(tables.cells).map(
    (cell) =>
      ({ ...ofRecord[Number(cell.record)], ...ofKey[Number(cell.key)], ...cell }) as unknown as HistoryRow,
  );
}

function objectsOf({ columns, values, rows }: FilledTable): Record<string, Value>[] {
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(([name], column) => [name, values[column]?.[row] ?? null])),
  );
}
