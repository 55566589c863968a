import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { messageOf, UserError } from '../error.js';
import { readRecord, recordExtension } from './history-directory.js';
import { FilledTable, type HistoryRow, type RecordFile, RecordTables, rowColumns } from './history-rows.js';

/**
 * A history's records as one table that DuckDB answers from. The table is kept as a Parquet file in a cache, since ten thousand small files take seconds to read and check.
 * A record counts as read while its file has the name, size and time of change that it had; only others are read. The cache is replaced as a whole, by whoever comes last: nobody
 * can see half of it, and one that is lost or damaged is made again.
 */
export class HistoryIndex {
  private constructor(
    private readonly connection: DuckDBConnection,
    /** A sentence for each file that is no record; they are left out. */
    readonly unreadable: readonly string[],
  ) {}

  /**
   * Opens the history in `directory`; its cache lies in `cacheDirectory`.
   * @throws {UserError} when there is no such directory, or no record in it.
   */
  static async open(directory: string, cacheDirectory: string): Promise<HistoryIndex> {
    const files = recordFiles(directory);
    const connection = await connect();
    const key = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
    const cache = path.join(cacheDirectory, `${key}-v${cacheVersion}.parquet`);
    const known = await filesInCache(connection, cache);
    const isKnown = (file: RecordFile): boolean => sameFile(file, known?.get(file.name));
    const unchanged = files.filter(isKnown);
    const fresh = files.filter((file) => !isKnown(file));
    const unreadable = await handOverRecords(connection, directory, fresh);
    if (unreadable.length === files.length) {
      throw new UserError(
        `there is no history record in ${directory}${unreadable[0] === undefined ? '' : `: ${unreadable[0]}`}`,
        'append a run: pnpm report RUN --append-history DIR',
      );
    }
    // With unreadable files alone there is nothing new to keep.
    const isWhole = known?.size === unchanged.length && unreadable.length === fresh.length;
    const all = [selectFresh];
    if (!isWhole && known !== null) all.push(await selectUnchanged(connection, cache, unchanged));
    const isKept = isWhole || (await keepInCache(connection, cache, all));
    await connection.run(`CREATE VIEW rows AS ${isKept ? `FROM ${parquet(cache)}` : union(all)}`);
    return new HistoryIndex(connection, unreadable);
  }

  /**
   * The cells of the last `runs` runs that have the suite and the reference of the newest one, in order of time; and how many records have others, whose ratios are
   * other things.
   */
  async newest(runs: number): Promise<{ rows: HistoryRow[]; others: number }> {
    const comparable = `
      WITH newest AS (SELECT suite, referenceImpl, referenceVariant FROM rows ORDER BY startedAt DESC, file DESC LIMIT 1),
           comparable AS (SELECT rows.* FROM rows SEMI JOIN newest USING (suite, referenceImpl, referenceVariant))`;
    const result = await this.connection.runAndReadAll(
      `${comparable},
           latest AS (SELECT DISTINCT startedAt, file FROM comparable ORDER BY startedAt DESC, file DESC LIMIT ${Math.trunc(runs)})
      SELECT comparable.* FROM comparable SEMI JOIN latest USING (startedAt, file) ORDER BY startedAt, file, place`,
    );
    const counts = await this.connection.runAndReadAll(
      `${comparable} SELECT ((SELECT count(DISTINCT file) FROM rows) - (SELECT count(DISTINCT file) FROM comparable))::INTEGER`,
    );
    const [[others]] = counts.getRowsJS() as [[number]];
    return { rows: result.getRowObjectsJS() as unknown as HistoryRow[], others };
  }

  close(): void {
    this.connection.closeSync();
  }
}

/** Raised when the columns change: an older cache is then not looked at. */
const cacheVersion = 1;

/** Rows that are handed over at once: as many as a vector of DuckDB holds. */
const rowsPerChunk = 2048;

function sameFile(file: RecordFile, known: RecordFile | undefined): boolean {
  return known?.bytes === file.bytes && known.changedMs === file.changedMs;
}

function recordFiles(directory: string): RecordFile[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(recordExtension))
      .map((name) => {
        const { size, mtimeMs } = statSync(path.join(directory, name));
        return { name, bytes: size, changedMs: mtimeMs };
      });
  } catch (cause) {
    throw new UserError(
      `there is no history in ${directory}: ${messageOf(cause)}`,
      'append a run: pnpm report RUN --append-history DIR',
      { cause },
    );
  }
}

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

/** The files of which the cache has rows; `null` where there is none that can be used. */
async function filesInCache(
  connection: DuckDBConnection,
  cache: string,
): Promise<Map<string, RecordFile> | null> {
  try {
    const result = await connection.runAndReadAll(
      `SELECT file AS name, any_value(bytes) AS bytes, any_value(changedMs) AS changedMs FROM ${parquet(cache)} GROUP BY file`,
    );
    const files = result.getRowObjectsJS() as unknown as RecordFile[];
    return new Map(files.map((file) => [file.name, file]));
  } catch {
    return null;
  }
}

/** The rows of the cache that are of files which haven't changed. */
async function selectUnchanged(
  connection: DuckDBConnection,
  cache: string,
  files: readonly RecordFile[],
): Promise<string> {
  const unchanged = new FilledTable([['file', 'VARCHAR']]);
  for (const { name } of files) unchanged.add([name]);
  await handOver(connection, 'unchanged', unchanged);
  return `SELECT ${rowNames} FROM ${parquet(cache)} SEMI JOIN unchanged USING (file)`;
}

const rowNames = rowColumns.map(([name]) => name).join(', ');

/** The rows of the records that {@link handOverRecords} read. */
const selectFresh = `SELECT ${rowNames} FROM freshCells JOIN freshRecords USING (record) JOIN freshKeys USING (key)`;

/** Reads records and makes tables of them; gives a sentence for each file that is none. */
async function handOverRecords(
  connection: DuckDBConnection,
  directory: string,
  files: readonly RecordFile[],
): Promise<string[]> {
  const tables = new RecordTables();
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      tables.add(readRecord(path.join(directory, file.name)), file);
    } catch (error) {
      unreadable.push(messageOf(error));
    }
  }
  await handOver(connection, 'freshRecords', tables.records);
  await handOver(connection, 'freshKeys', tables.keys);
  await handOver(connection, 'freshCells', tables.cells);
  return unreadable;
}

/** Makes a table of DuckDB, a vector of each column at a time. */
async function handOver(
  connection: DuckDBConnection,
  name: string,
  { columns, values, rows }: FilledTable,
): Promise<void> {
  const { BOOLEAN, DOUBLE, DuckDBDataChunk, VARCHAR } = duckdb();
  await connection.run(
    `CREATE TABLE ${name} (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})`,
  );
  const types = columns.map(([, type]) => ({ VARCHAR, DOUBLE, BOOLEAN })[type]);
  const appender = await connection.createAppender(name);
  for (let row = 0; row < rows; row += rowsPerChunk) {
    const chunk = DuckDBDataChunk.create(types, Math.min(rowsPerChunk, rows - row));
    chunk.setColumns(values.map((column) => column.slice(row, row + rowsPerChunk)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Replaces the cache and says whether it did: one that can't be written costs time the next time, and nothing else. */
async function keepInCache(
  connection: DuckDBConnection,
  cache: string,
  selects: readonly string[],
): Promise<boolean> {
  const temporary = `${cache}.${process.pid}.tmp`;
  try {
    mkdirSync(path.dirname(cache), { recursive: true });
    await connection.run(`COPY (${union(selects)}) TO ${literal(temporary)} (FORMAT parquet)`);
    renameSync(temporary, cache);
    return true;
  } catch {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true });
    return false;
  }
}

function union(selects: readonly string[]): string {
  return selects.join(' UNION ALL ');
}

function parquet(file: string): string {
  return `read_parquet(${literal(file)})`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
