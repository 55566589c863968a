import { type HistoryMetric, type HistoryRecord, historyMetrics } from './history-schema.js';
import type { CellKey } from './schema.js';

/**
 * How history records lie in a table: a row a cell, with what is true of its whole run in each. They are handed over as three smaller tables, since ten thousand runs have
 * few texts, but many rows that repeat them.
 */

export type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'BOOLEAN'])[];

/** What is true of a record. */
export const recordColumns = [
  ['file', 'VARCHAR'],
  ['bytes', 'DOUBLE'],
  ['changedMs', 'DOUBLE'],
  ['run', 'VARCHAR'],
  /** UTC, so that the order of texts is that of time. */
  ['startedAt', 'VARCHAR'],
  ['suite', 'VARCHAR'],
  ['commit', 'VARCHAR'],
  ['dirty', 'BOOLEAN'],
  ['fingerprint', 'VARCHAR'],
  ['machine', 'VARCHAR'],
  ['referenceImpl', 'VARCHAR'],
  ['referenceVariant', 'VARCHAR'],
] as const;

/** What a cell is called. */
export const keyColumns = [
  ['workload', 'VARCHAR'],
  ['input', 'VARCHAR'],
  ['impl', 'VARCHAR'],
  ['variant', 'VARCHAR'],
  ['load', 'VARCHAR'],
] as const;

/** What a record says of a cell; `place` is where. The ratios are last. */
export const figureColumns = [
  ['place', 'DOUBLE'],
  ['blocks', 'DOUBLE'],
  ['referenceP50Ms', 'DOUBLE'],
  ...historyMetrics.flatMap((metric) =>
    [metric, `${metric}Lo`, `${metric}Hi`].map((name) => [name, 'DOUBLE'] as const),
  ),
] as const;

/** Names and types of the columns of the whole table. */
export const rowColumns: Columns = [...recordColumns, ...keyColumns, ...figureColumns];

/** One run of a history, as its record has it. */
export interface HistoryRun {
  readonly file: string;
  /** Its id. */
  readonly run: string;
  readonly startedAt: string;
  readonly suite: string;
  /** `null` outside git. */
  readonly commit: string | null;
  /** Files differed from the commit. */
  readonly dirty: boolean | null;
  readonly fingerprint: string;
  /** In words. */
  readonly machine: string;
  readonly referenceImpl: string;
  readonly referenceVariant: string;
}

/** A ratio to the reference; the bounds are `null` where it has no interval. */
export interface HistoryRatio {
  readonly value: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

/** A cell in a run. */
export interface HistoryRow {
  /** The same object in all cells of the run. */
  readonly run: HistoryRun;
  readonly cell: CellKey;
  readonly blocks: number;
  /** Milliseconds of the reference's median call on this machine. */
  readonly referenceP50Ms: number | null;
  /** `null` where the record has none. */
  readonly ratios: Readonly<Record<HistoryMetric, HistoryRatio | null>>;
}

/** A file of a history as the system lists it. */
export interface RecordFile {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedMs: number;
}

export type Value = string | number | boolean | null;

/** Rows of columns that are filled from the top. */
export class FilledTable {
  readonly values: readonly Value[][];

  constructor(readonly columns: Columns) {
    this.values = columns.map(() => []);
  }

  /** A table of files' names alone. */
  static ofNames(names: readonly string[]): FilledTable {
    const table = new FilledTable([['file', 'VARCHAR']]);
    for (const name of names) table.add([name]);
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

/** Records as tables: `cells` names its record and its key by their numbers. */
export class RecordTables {
  readonly records = new FilledTable([['record', 'DOUBLE'], ...recordColumns]);
  readonly keys = new FilledTable([['key', 'DOUBLE'], ...keyColumns]);
  readonly cells = new FilledTable([['record', 'DOUBLE'], ['key', 'DOUBLE'], ...figureColumns]);
  readonly #numberOfKey = new Map<string, number>();

  /** Adds what was read from `file`. */
  add(record: HistoryRecord, { name, bytes, changedMs }: RecordFile): void {
    const { revision, machine, reference } = record;
    const number = this.records.rows;
    this.records.add([
      number,
      name,
      bytes,
      changedMs,
      record.run,
      new Date(record.startedAt).toISOString(),
      record.suite,
      revision?.commit ?? null,
      revision?.dirty ?? null,
      machine.fingerprint,
      `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}; ${machine.os}; Node ${machine.nodeVersion}`,
      reference.impl,
      reference.variant,
    ]);
    for (const [place, cell] of record.cells.entries()) {
      const beside = record.references.find(
        ({ workload, input, load }) =>
          workload === cell.workload && input === cell.input && load === cell.load,
      );
      const row: Value[] = [number, this.#keyOf(cell), place, cell.blocks, beside?.latencyP50Ms ?? null];
      for (const metric of historyMetrics) {
        const figure = cell[metric];
        if (figure.value === null) row.push(null, null, null);
        else row.push(figure.value, figure.lo, figure.hi);
      }
      this.cells.add(row);
    }
  }

  #keyOf({ workload, input, impl, variant, load }: HistoryRecord['cells'][number]): number {
    const parts = [workload, input, impl, variant, load];
    const text = JSON.stringify(parts);
    const known = this.#numberOfKey.get(text);
    if (known !== undefined) return known;
    const number = this.keys.rows;
    this.#numberOfKey.set(text, number);
    this.keys.add([number, ...parts]);
    return number;
  }
}

/** The rows of `cells`, the columns of {@link RecordTables.cells}, whose numbers of records and keys are places in `runs` and `keys`. */
export function rowsOf(
  runs: readonly HistoryRun[],
  keys: readonly CellKey[],
  cells: readonly (readonly (number | null)[])[],
): HistoryRow[] {
  const [record = [], key = [], , blocks = [], referenceP50Ms = [], ...figures] = cells;
  return record.map((_, row) => {
    const ratios = {} as Record<HistoryMetric, HistoryRatio | null>;
    for (const [i, metric] of historyMetrics.entries()) {
      const [value = null, lo = null, hi = null] = [0, 1, 2].map((part) => figures[3 * i + part]?.[row]);
      ratios[metric] = value === null ? null : { value, lo, hi };
    }
    return {
      run: runs[Number(record[row])] as HistoryRun,
      cell: keys[Number(key[row])] as CellKey,
      blocks: Number(blocks[row]),
      referenceP50Ms: referenceP50Ms[row] ?? null,
      ratios,
    };
  });
}
