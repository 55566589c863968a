import { type HistoryMetric, type HistoryRecord, historyMetrics } from './history-schema.js';

/**
 * How history records lie in a table: a row a cell, with what is true of its whole run in each. They are handed over as three smaller tables, since ten thousand runs have
 * few texts, but many rows that repeat them.
 */

type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'BOOLEAN'])[];

/** What is true of a record. */
const recordColumns = [
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
const keyColumns = [
  ['workload', 'VARCHAR'],
  ['input', 'VARCHAR'],
  ['impl', 'VARCHAR'],
  ['variant', 'VARCHAR'],
  ['load', 'VARCHAR'],
] as const;

/** What a record says of a cell; `place` is where. */
const figureColumns = [
  ['place', 'DOUBLE'],
  ['blocks', 'DOUBLE'],
  ['referenceP50Ms', 'DOUBLE'],
  ...historyMetrics.flatMap((metric) =>
    [metric, `${metric}Lo`, `${metric}Hi`].map((name) => [name, 'DOUBLE'] as const),
  ),
] as const;

/** Names and types of the columns of the whole table. */
export const rowColumns: Columns = [...recordColumns, ...keyColumns, ...figureColumns];

type Ratios = Readonly<Record<HistoryMetric | `${HistoryMetric}Lo` | `${HistoryMetric}Hi`, number | null>>;

/** A cell in a run; a ratio is `null` where the record has none, its bounds where it has no interval. */
export interface HistoryRow extends Ratios {
  readonly file: string;
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
  /** Milliseconds of the reference's median call on this machine. */
  readonly referenceP50Ms: number | null;
  readonly workload: string;
  readonly input: string;
  readonly impl: string;
  readonly variant: string;
  readonly load: string;
  readonly blocks: number;
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
