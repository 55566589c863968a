import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation, Resident } from '@crossover/contract/implementation';
import { parseOptions, type SeriesQuery } from '@crossover/workload-time-series/options';
import { createTable, type ValueStatistics } from '@crossover/workload-time-series/result-table';
import { viewFrame } from '@crossover/workload-time-series/series-frame';
import type { Connection } from './connection.js';
import { toInvocation } from './invocation.js';
import { maxSeriesRows } from './limits.js';
import {
  type AggregateResponse,
  type Aggregates,
  type Columns,
  methods,
  type Query,
  type Uint64,
} from './messages.js';

/**
 * The columns travel with the query.
 * @throws {WorkloadError | ImplementationError}
 */
export async function aggregateSeries(
  connection: Connection,
  options: object,
  frame: Uint8Array,
  trace?: CallTrace,
): Promise<Invocation> {
  const query = parseOptions(options);
  const request = { columns: toColumns(frame), query: toMessage(query) };
  const response = await connection.call(methods.aggregate, request, trace);
  return toInvocation(writeTable(response, query), response, trace);
}

/**
 * The columns stay with the server.
 * @throws {WorkloadError | ImplementationError}
 */
export async function loadSeries(connection: Connection, frame: Uint8Array): Promise<Resident> {
  const { handle } = await connection.call(methods.load, { columns: toColumns(frame) });
  return residentSeries(connection, handle, async (options, trace) => {
    const query = parseOptions(options);
    const request = { handle, query: toMessage(query) };
    const response = await connection.call(methods.aggregateResident, request, trace);
    return toInvocation(writeTable(response, query), response, trace);
  });
}

/** Data under a handle of the server's, of which `invoke` asks. */
export function residentSeries(
  connection: Connection,
  handle: Uint64,
  invoke: (options: object, trace?: CallTrace) => Promise<Invocation>,
): Resident {
  let released: Promise<void> | undefined;
  return {
    invoke,
    async release() {
      // A closed session's server is gone, and the data with it.
      if (connection.isClosed) return;
      released ??= connection.call(methods.release, { handle }).then(() => undefined);
      await released;
    },
  };
}

/** The message's repeated fields are views on the frame. */
function toColumns(frame: Uint8Array): Columns {
  const { rows, time, values, dims } = viewFrame(frame);
  if (rows > maxSeriesRows) {
    throw new ImplementationError(
      `a series of ${rows} rows is too long for one message of repeated fields; the limit is ${maxSeriesRows}`,
      'use a shorter series, or a variant or pattern that does not send columns as repeated fields',
    );
  }
  const [v0, v1] = values;
  const [d0, d1, d2] = dims;
  return { time, v0, v1, d0, d1, d2 };
}

/** The query in protobufjs's spelling. */
export function toMessage(query: SeriesQuery): Query {
  return { ...query, where: query.where.map((filter) => ({ dimension: filter.dim, codes: filter.in })) };
}

/** Writes the columns of the answer as the table of the specification: part of what the caller pays. */
function writeTable(response: AggregateResponse, query: SeriesQuery): Uint8Array {
  const { table, bytes } = createTable({
    groups: response.count.length,
    hasBucket: query.bucketMs !== null,
    hasPercentiles: query.percentiles,
    dims: query.groupBy.length,
  });
  table.bucket?.set(response.bucket);
  table.count.set(response.count);
  for (const [at, column] of table.codes.entries()) column.set(response.keys[at]?.codes ?? []);
  copyAggregates(response.v0, table.values[0]);
  copyAggregates(response.v1, table.values[1]);
  return bytes;
}

function copyAggregates(from: Aggregates, to: ValueStatistics): void {
  to.sum.set(from.sum);
  to.min.set(from.min);
  to.max.set(from.max);
  to.mean.set(from.mean);
  to.std.set(from.std);
  to.percentiles?.p50.set(from.p50);
  to.percentiles?.p95.set(from.p95);
  to.percentiles?.p99.set(from.p99);
}
