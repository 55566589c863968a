import type { CallTrace } from '@crossover/contract/call-trace';
import { WorkloadError } from '@crossover/contract/error';
import type { Invocation, Resident, Session } from '@crossover/contract/implementation';
import { parseOptions, type SeriesQuery } from '@crossover/workload-time-series/options';
import { checkFinite, type SeriesColumns, viewFrame } from '@crossover/workload-time-series/series-frame';
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { appendColumns, createSeriesTable, encodeChunks } from './duckdb-columns.js';
import { bindQuery, type Deviations, queryText } from './duckdb-query.js';

/** Where shipped data goes; every call fills it anew. */
const shippedTable = 'shipped';

/** Statements kept for reuse; beyond, the one unused for longest goes. */
const maxStatements = 64;

/**
 * Opens DuckDB in this process, in memory and with one thread of its own, so that it is compared with implementations that
 * use one thread. Calls run one after the other on one connection.
 *
 * Shipped data is bulk-loaded into a table with each call: DuckDB has no way to query columns where they lie. Resident
 * data is loaded once, and a statement is prepared once for each shape of query.
 */
export async function openDuckdb(): Promise<Session> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  return new DuckdbSession(instance, await instance.connect());
}

class DuckdbSession implements Session {
  /** Prepared statements by their SQL, the one used last at the end. */
  private readonly statements = new Map<string, DuckDBPreparedStatement>();
  /** Ends when every call so far has ended; never rejects. */
  private idle: Promise<unknown> = Promise.resolve();
  private residents = 0;
  private closed = false;

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  async invoke(workload: string, options: object, input: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    checkWorkload(workload);
    const query = parseOptions(options);
    const columns = viewFrame(input);
    checkFinite(columns);
    trace?.enter('queue');
    return this.inTurn(() =>
      timed(async () => {
        await this.fill(shippedTable, columns);
        return this.answer(query, shippedTable);
      }, trace),
    );
  }

  async load(workload: string, data: Uint8Array): Promise<Resident> {
    checkWorkload(workload);
    const columns = viewFrame(data);
    checkFinite(columns);
    const table = `resident_${this.residents++}`;
    await this.inTurn(() => this.fill(table, columns));
    let released = false;
    return {
      invoke: async (options, trace) => {
        const query = parseOptions(options);
        trace?.enter('queue');
        return this.inTurn(() => timed(() => this.answer(query, table), trace));
      },
      release: async () => {
        if (released || this.closed) return;
        released = true;
        await this.inTurn(() => this.drop(table));
      },
    };
  }

  processes(): [] {
    return [];
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.idle;
    for (const statement of this.statements.values()) statement.destroySync();
    this.statements.clear();
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** Runs `work` when everything asked for before has ended: the calls share one connection and one shipped table. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.idle.then(work);
    this.idle = result.catch(() => undefined);
    return result;
  }

  private async fill(table: string, columns: SeriesColumns): Promise<void> {
    await createSeriesTable(this.connection, table);
    await appendColumns(this.connection, table, columns);
  }

  private async drop(table: string): Promise<void> {
    for (const [sql, statement] of this.statements) {
      if (!sql.includes(` ${table} `)) continue;
      statement.destroySync();
      this.statements.delete(sql);
    }
    await this.connection.run(`DROP TABLE ${table}`);
  }

  /**
   * DuckDB refuses a deviation whose squares leave the range of doubles, which the specification leaves open: such a
   * query is asked again in the form that gives up on those values only.
   */
  private async answer(query: SeriesQuery, table: string): Promise<Uint8Array> {
    try {
      return await this.run(query, table, 'exact');
    } catch (error) {
      if (error instanceof Error && error.message.includes('STDDEV_POP is out of range')) {
        return this.run(query, table, 'clamped');
      }
      throw error;
    }
  }

  private async run(query: SeriesQuery, table: string, deviations: Deviations): Promise<Uint8Array> {
    const statement = await this.prepared(queryText(query, table, deviations));
    bindQuery(statement, query);
    const result = await statement.run();
    return encodeChunks(await result.fetchAllChunks(), query);
  }

  private async prepared(sql: string): Promise<DuckDBPreparedStatement> {
    const statement = this.statements.get(sql) ?? (await this.connection.prepare(sql));
    this.statements.delete(sql);
    this.statements.set(sql, statement);
    const [oldest] = this.statements;
    if (this.statements.size > maxStatements && oldest !== undefined) {
      oldest[1].destroySync();
      this.statements.delete(oldest[0]);
    }
    return statement;
  }
}

function checkWorkload(workload: string): void {
  if (workload !== 'time-series') {
    throw new WorkloadError('unknown-workload', `unknown workload ${JSON.stringify(workload)}`);
  }
}

/** Measures DuckDB's part of a call: loading, querying, and copying the result out. */
async function timed(work: () => Promise<Uint8Array>, trace: CallTrace | undefined): Promise<Invocation> {
  trace?.enter('cross');
  const start = process.hrtime.bigint();
  const output = await work();
  const computeNs = Number(process.hrtime.bigint() - start);
  trace?.end();
  return { output, computeNs };
}
