import { type HistoryRow, type HistoryRun, ratiosOf } from './history-rows.js';
import { type HistoryMetric, historyMetrics } from './history-schema.js';
import type { CellKey } from './schema.js';

/**
 * How a history's rows lie in a table: a row a cell, with all that is true of its run in each. They are handed to DuckDB and back as three smaller tables, since ten thousand runs
 * have few texts, but many rows that repeat them.
 */

export type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'BOOLEAN'])[];

/** Those of a run; the members of {@link HistoryRun}. */
export const runColumns = [
  ['file', 'VARCHAR'],
  ['bytes', 'DOUBLE'],
  ['changedMs', 'DOUBLE'],
  ['run', 'VARCHAR'],
  ['startedAt', 'VARCHAR'],
  ['suite', 'VARCHAR'],
  ['commit', 'VARCHAR'],
  ['dirty', 'BOOLEAN'],
  ['fingerprint', 'VARCHAR'],
  ['machine', 'VARCHAR'],
  ['referenceImpl', 'VARCHAR'],
  ['referenceVariant', 'VARCHAR'],
] as const satisfies readonly (readonly [keyof HistoryRun, string])[];

/** What a cell is called; the members of {@link CellKey}. */
export const keyColumns = [
  ['workload', 'VARCHAR'],
  ['input', 'VARCHAR'],
  ['impl', 'VARCHAR'],
  ['variant', 'VARCHAR'],
  ['load', 'VARCHAR'],
] as const satisfies readonly (readonly [keyof CellKey, string])[];

/** What a run says of a cell. `place` is its own among the run's. */
export const figureColumns: Columns = [
  ['place', 'DOUBLE'],
  ['blocks', 'DOUBLE'],
  ['referenceP50Ms', 'DOUBLE'],
  ...historyMetrics.flatMap((metric) =>
    [metric, `${metric}Lo`, `${metric}Hi`].map((name) => [name, 'DOUBLE'] as const),
  ),
];

/** All columns of the whole table. */
export const rowColumns: Columns = [...runColumns, ...keyColumns, ...figureColumns];

export type Value = string | number | boolean | null;

/** Rows of columns that are filled from the top. */
export class FilledTable {
  readonly values: readonly Value[][];

  constructor(readonly columns: Columns) {
    this.values = columns.map(() => []);
  }

  /** A table of files' names alone. */
  static ofFiles(files: Iterable<string>): FilledTable {
    const table = new FilledTable([['file', 'VARCHAR']]);
    for (const file of files) table.add([file]);
    return table;
  }

  get rows(): number {
    return this.values[0]?.length ?? 0;
  }

  /** Appends a row, whose values are in the order of the columns. */
  add(row: readonly Value[]): void {
    for (let column = 0; column < row.length; column++) this.values[column]?.push(row[column] ?? null);
  }
}

/** Rows as three tables: `cells` names its run and its key by their numbers. */
export class HistoryTables {
  readonly runs = new FilledTable([['runNumber', 'DOUBLE'], ...runColumns]);
  readonly keys = new FilledTable([['keyNumber', 'DOUBLE'], ...keyColumns]);
  readonly cells = new FilledTable([['runNumber', 'DOUBLE'], ['keyNumber', 'DOUBLE'], ...figureColumns]);
  readonly #numberOfKey = new Map<string, number>();

  /** `rows` has the cells of a run one after another. */
  constructor(rows: readonly HistoryRow[]) {
    let before: HistoryRun | undefined;
    let place = 0;
    for (const { run, cell, blocks, referenceP50Ms, ratios } of rows) {
      if (run !== before) {
        this.runs.add([this.runs.rows, ...runColumns.map(([name]) => run[name])]);
        place = 0;
      }
      before = run;
      const row: Value[] = [this.runs.rows - 1, this.#numberOf(cell), place++, blocks, referenceP50Ms];
      for (const metric of historyMetrics) {
        const ratio = ratios[metric];
        row.push(ratio?.value ?? null, ratio?.lo ?? null, ratio?.hi ?? null);
      }
      this.cells.add(row);
    }
  }

  #numberOf(cell: CellKey): number {
    const texts = keyColumns.map(([name]) => cell[name]);
    const key = JSON.stringify(texts);
    const known = this.#numberOfKey.get(key);
    if (known !== undefined) return known;
    const number = this.keys.rows;
    this.#numberOfKey.set(key, number);
    this.keys.add([number, ...texts]);
    return number;
  }
}

/** The rows whose columns are `cells`, as {@link HistoryTables.cells} has them; their numbers are places in `runs` and `keys`. */
export function rowsOf(
  runs: readonly HistoryRun[],
  keys: readonly CellKey[],
  cells: readonly (readonly (number | null)[])[],
): HistoryRow[] {
  const [runNumber = [], keyNumber = [], , blocks = [], referenceP50Ms = [], ...figures] = cells;
  const placeOf = new Map<HistoryMetric, number>(historyMetrics.map((metric, i) => [metric, 3 * i]));
  return runNumber.map((_, row) => ({
    run: runs[Number(runNumber[row])] as HistoryRun,
    cell: keys[Number(keyNumber[row])] as CellKey,
    blocks: Number(blocks[row]),
    referenceP50Ms: referenceP50Ms[row] ?? null,
    ratios: ratiosOf((metric) => {
      const place = placeOf.get(metric) ?? 0;
      const value = figures[place]?.[row] ?? null;
      const [lo = null, hi = null] = [figures[place + 1]?.[row], figures[place + 2]?.[row]];
      return value === null ? null : { value, lo, hi };
    }),
  }));
}
