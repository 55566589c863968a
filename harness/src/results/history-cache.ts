import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { messageOf, UserError } from '../error.js';
import type { HistoryRow, HistoryRun, RecordFile } from './history-rows.js';
import {
  type Columns,
  FilledTable,
  figureColumns,
  HistoryTables,
  keyColumns,
  rowColumns,
  rowsOf,
  runColumns,
} from './history-tables.js';
import { temporaryOf } from './on-disk.js';
import type { CellKey } from './schema.js';

/**
 * The records of a history that were read before, as one table that DuckDB answers from: a Parquet file, since ten thousand small files take seconds to read and check.
 * A record counts as read while its file has the name, size and time of change that it had. The cache is replaced as a whole, by whoever comes last: nobody
 * can see half of it, and one that is lost or damaged is made again. DuckDB is loaded when there is something to ask or to keep.
 */
export class HistoryCache {
  private constructor(
    private readonly cacheFile: string,
    private readonly runs: ReadonlyMap<string, HistoryRun>,
    private readonly connection: DuckDBConnection | null,
  ) {}

  /** Opens the cache in `directory` of the history that `key` stands for, or an empty one. Whatever becomes of the file then, it has what it had. */
  static async open(directory: string, key: string): Promise<HistoryCache> {
    const cacheFile = path.join(directory, `${key}-v${cacheVersion}.parquet`);
    if (!existsSync(cacheFile)) return new HistoryCache(cacheFile, new Map(), null);
    const connection = await connect();
    const runs = await load(connection, cacheFile);
    return new HistoryCache(cacheFile, new Map(runs.map((run) => [run.file, run])), connection);
  }

  /** The run of a record that is in the cache as it is on the disk. */
  find({ file, bytes, changedMs }: RecordFile): HistoryRun | undefined {
    const run = this.runs.get(file);
    return run?.bytes === bytes && run.changedMs === changedMs ? run : undefined;
  }

  /** The rows of runs that it has. */
  async rowsOf(runs: readonly HistoryRun[]): Promise<HistoryRow[]> {
    if (this.connection === null) return [];
    const asked = new FilledTable([
      ['runNumber', 'DOUBLE'],
      ['file', 'VARCHAR'],
    ]);
    for (const [number, { file }] of runs.entries()) asked.add([number, file]);
    await handOver(this.connection, 'asked', asked);
    const keys = await this.connection.runAndReadAll(
      `SELECT ${namesOf(keyColumns)} FROM keys ORDER BY keyNumber`,
    );
    const cells = await this.connection.runAndReadAll(`
      SELECT runNumber, keyNumber, ${namesOf(figureColumns)}
      FROM known JOIN asked USING (file) JOIN keys USING (${namesOf(keyColumns)}) ORDER BY file, place`);
    return rowsOf(
      runs,
      keys.getRowObjectsJS() as unknown as CellKey[],
      cells.getColumnsJS() as (number | null)[][],
    );
  }

  /**
   * Adds the rows of records, and keeps those it had of the other `files`, the newest of the history: what no page can show would only make each wait. Where it can't be written, that costs time the next
   * time, and nothing else.
   */
  async keep(fresh: readonly HistoryRow[], files: readonly string[]): Promise<void> {
    if (fresh.length === 0) return;
    let temporary: string | null = null;
    let connection = this.connection;
    try {
      mkdirSync(path.dirname(this.cacheFile), { recursive: true });
      temporary = temporaryOf(this.cacheFile);
      connection ??= await connect();
      const { runs, keys, cells } = new HistoryTables(fresh);
      await handOver(connection, 'freshRuns', runs);
      await handOver(connection, 'freshKeys', keys);
      await handOver(connection, 'freshCells', cells);
      let all = `SELECT ${namesOf(rowColumns)} FROM freshCells JOIN freshRuns USING (runNumber) JOIN freshKeys USING (keyNumber)`;
      if (this.runs.size > 0) {
        await handOver(connection, 'files', FilledTable.ofFiles(files));
        all += ` UNION ALL SELECT ${namesOf(rowColumns)} FROM known SEMI JOIN files USING (file) ANTI JOIN freshRuns USING (file)`;
      }
      await connection.run(`COPY (${all}) TO ${literal(temporary)} (FORMAT parquet)`);
      renameSync(temporary, this.cacheFile);
    } catch {
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    } finally {
      if (this.connection === null) connection?.closeSync();
    }
  }

  close(): void {
    this.connection?.closeSync();
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

/** Loads a cache into the tables `known` and `keys`, and gives its runs; all are empty where the file can't be used. */
async function load(connection: DuckDBConnection, cacheFile: string): Promise<HistoryRun[]> {
  try {
    await connection.run(
      `CREATE TABLE known AS SELECT ${namesOf(rowColumns)} FROM read_parquet(${literal(cacheFile)})`,
    );
  } catch {
    await connection.run(`CREATE TABLE known (${declared(rowColumns)})`);
  }
  await connection.run(`
    CREATE TABLE keys AS SELECT (row_number() OVER () - 1)::DOUBLE AS keyNumber, *
    FROM (SELECT DISTINCT ${namesOf(keyColumns)} FROM known)`);
  const runs = await connection.runAndReadAll(`SELECT DISTINCT ${namesOf(runColumns)} FROM known`);
  return runs.getRowObjectsJS() as unknown as HistoryRun[];
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

function namesOf(columns: Columns): string {
  return columns.map(([name]) => name).join(', ');
}

/** Columns as DuckDB declares them. */
function declared(columns: Columns): string {
  return columns.map(([name, type]) => `${name} ${type}`).join(', ');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
