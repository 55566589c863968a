import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { messageOf, UserError } from '../error.js';
import {
  type Columns,
  FilledTable,
  figureColumns,
  type HistoryRow,
  type HistoryRun,
  keyColumns,
  type RecordFile,
  type RecordTables,
  recordColumns,
  rowColumns,
  rowsOf,
} from './history-rows.js';
import type { CellKey } from './schema.js';

/** Records can be compared where these are the same. */
export interface ComparableBy {
  readonly suite: string;
  /** The reference. */
  readonly impl: string;
  readonly variant: string;
}

/**
 * The records of a history that were read before, as one table that DuckDB answers from: a Parquet file, since ten thousand small files take seconds to read and check.
 * A record counts as read while its file has the name, size and time of change that it had. The file is replaced as a whole, by whoever comes last: nobody
 * can see half of it, and one that is lost or damaged is made again.
 */
export class HistoryCache {
  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly file: string,
    private readonly known: ReadonlyMap<string, RecordFile & ComparableBy>,
  ) {}

  /** Opens the cache in `directory` of the history that `key` stands for, or an empty one. */
  static async open(directory: string, key: string): Promise<HistoryCache> {
    const connection = await connect();
    const file = path.join(directory, `${key}-v${cacheVersion}.parquet`);
    return new HistoryCache(connection, file, await load(connection, file));
  }

  /** What a record can be compared by, if it is in the cache as it is on the disk. */
  comparableBy({ name, bytes, changedMs }: RecordFile): ComparableBy | undefined {
    const known = this.known.get(name);
    return known?.bytes === bytes && known.changedMs === changedMs ? known : undefined;
  }

  /**
   * The rows of the files `chosen`, in order of their names, of which all are in the cache or in `fresh`. The cache then has those in `fresh`, too, and keeps what it
   * had of the other `names`.
   */
  async rowsOf(
    chosen: readonly string[],
    fresh: RecordTables,
    names: readonly string[],
  ): Promise<HistoryRow[]> {
    await handOver(this.connection, 'chosen', FilledTable.ofNames(chosen));
    const source = fresh.records.rows === 0 ? 'known' : await this.#withFresh(fresh, names);
    await this.connection.run(`CREATE TABLE shown AS FROM ${source} SEMI JOIN chosen USING (file)`);
    return await shownRows(this.connection);
  }

  close(): void {
    this.connection.closeSync();
  }

  /** Makes a table of what the cache will have and its name; where that can't be written, it costs time the next time, and nothing else. */
  async #withFresh(fresh: RecordTables, names: readonly string[]): Promise<string> {
    await handOver(this.connection, 'freshRecords', fresh.records);
    await handOver(this.connection, 'freshKeys', fresh.keys);
    await handOver(this.connection, 'freshCells', fresh.cells);
    await handOver(this.connection, 'names', FilledTable.ofNames(names));
    await this.connection.run(`
      CREATE TABLE kept AS
      SELECT ${rowNames} FROM freshCells JOIN freshRecords USING (record) JOIN freshKeys USING (key)
      UNION ALL
      SELECT ${rowNames} FROM known SEMI JOIN names USING (file) ANTI JOIN freshRecords USING (file)`);
    const temporary = `${this.file}.${process.pid}.tmp`;
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      await this.connection.run(`COPY kept TO ${literal(temporary)} (FORMAT parquet)`);
      renameSync(temporary, this.file);
    } catch {
      if (existsSync(temporary)) rmSync(temporary, { recursive: true });
    }
    return 'kept';
  }
}

/** Raised when the columns change: an older cache is then not looked at. */
const cacheVersion = 1;

/** Rows that are handed over at once: as many as a vector of DuckDB holds. */
const rowsPerChunk = 2048;

/**
 * Loaded when it is needed and not above: it is a large native library that nothing else of the harness needs. Required and not imported: before an
 * import, a lexer reads all its CommonJS files for what they export, which takes as long again.
 */
function duckdb(): typeof import('@duckdb/node-api') {
  return createRequire(import.meta.url)('@duckdb/node-api');
}

async function connect(): Promise<DuckDBConnection> {
  try {
    return await (await duckdb().DuckDBInstance.create(':memory:')).connect();
  } catch (cause) {
    throw new UserError(
      `DuckDB, which reads histories, does not load: ${messageOf(cause)}`,
      'npx pnpm install, on a system that it has binaries for',
      { cause },
    );
  }
}

/** Loads a cache as it is now into the table `known`, whatever becomes of the file, and says what records it has: none where there is none that can be used. */
async function load(
  connection: DuckDBConnection,
  cache: string,
): Promise<Map<string, RecordFile & ComparableBy>> {
  try {
    await connection.run(`CREATE TABLE known AS SELECT ${rowNames} FROM read_parquet(${literal(cache)})`);
  } catch {
    await connection.run(`CREATE TABLE known (${declared(rowColumns)})`);
  }
  const result = await connection.runAndReadAll(
    'SELECT DISTINCT file AS name, bytes, changedMs, suite, referenceImpl AS impl, referenceVariant AS variant FROM known',
  );
  const records = result.getRowObjectsJS() as unknown as (RecordFile & ComparableBy)[];
  return new Map(records.map((record) => [record.name, record]));
}

/** The rows of the table `shown`. Texts are asked for once, not for each row that has them: most of the time would be theirs. */
async function shownRows(connection: DuckDBConnection): Promise<HistoryRow[]> {
  const distinct = async (columns: Columns): Promise<unknown> =>
    (
      await connection.runAndReadAll(`SELECT DISTINCT ${namesOf(columns)} FROM shown ORDER BY ALL`)
    ).getRowObjectsJS();
  const cells = await connection.runAndReadAll(`
    SELECT (dense_rank() OVER (ORDER BY file) - 1)::DOUBLE, (dense_rank() OVER (ORDER BY ${namesOf(keyColumns)}) - 1)::DOUBLE, ${namesOf(figureColumns)}
    FROM shown ORDER BY file, place`);
  return rowsOf(
    (await distinct(recordColumns)) as HistoryRun[],
    (await distinct(keyColumns)) as CellKey[],
    cells.getColumnsJS() as (number | null)[][],
  );
}

const rowNames = namesOf(rowColumns);

function namesOf(columns: Columns): string {
  return columns.map(([name]) => name).join(', ');
}

/** Columns as DuckDB declares them. */
function declared(columns: Columns): string {
  return columns.map(([name, type]) => `${name} ${type}`).join(', ');
}

/** Makes a table of DuckDB, a vector of each column at a time. */
async function handOver(
  connection: DuckDBConnection,
  name: string,
  { columns, values, rows }: FilledTable,
): Promise<void> {
  const { BOOLEAN, DOUBLE, DuckDBDataChunk, VARCHAR } = duckdb();
  await connection.run(`CREATE TABLE ${name} (${declared(columns)})`);
  const types = columns.map(([, type]) => ({ VARCHAR, DOUBLE, BOOLEAN })[type]);
  const appender = await connection.createAppender(name);
  for (let row = 0; row < rows; row += rowsPerChunk) {
    const chunk = DuckDBDataChunk.create(types, Math.min(rowsPerChunk, rows - row));
    chunk.setColumns(values.map((column) => column.slice(row, row + rowsPerChunk)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
