import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation, Resident } from '@crossover/contract/implementation';
import { parseOptions } from '@crossover/workload-time-series/options';
import { viewFrame } from '@crossover/workload-time-series/series-frame';
import type { Connection } from './connection.js';
import { toInvocation } from './invocation.js';
import { type ColumnBytes, methods } from './messages.js';
import { residentSeries, toMessage } from './time-series-calls.js';

/**
 * The columns travel with the query, each as the bytes of its memory.
 * @throws {WorkloadError | ImplementationError}
 */
export async function aggregateSeriesBytes(
  connection: Connection,
  options: object,
  frame: Uint8Array,
  trace?: CallTrace,
): Promise<Invocation> {
  const query = toMessage(parseOptions(options));
  const response = await connection.call(methods.aggregateBytes, { columns: toColumns(frame), query }, trace);
  return toInvocation(response.table, response, trace);
}

/**
 * The columns stay with the server.
 * @throws {WorkloadError | ImplementationError}
 */
export async function loadSeriesBytes(connection: Connection, frame: Uint8Array): Promise<Resident> {
  const { handle } = await connection.call(methods.loadBytes, { columns: toColumns(frame) });
  return residentSeries(connection, handle, async (options, trace) => {
    const query = toMessage(parseOptions(options));
    const response = await connection.call(methods.aggregateResidentBytes, { handle, query }, trace);
    return toInvocation(response.table, response, trace);
  });
}

/** The message's fields are views on the frame. */
function toColumns(frame: Uint8Array): ColumnBytes {
  const { time, values, dims } = viewFrame(frame);
  const [v0, v1] = values;
  const [d0, d1, d2] = dims;
  return {
    time: bytesOf(time),
    v0: bytesOf(v0),
    v1: bytesOf(v1),
    d0: bytesOf(d0),
    d1: bytesOf(d1),
    d2: bytesOf(d2),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
