import { WorkloadError } from '@crossover/contract/error';
import type { Session } from '@crossover/contract/implementation';
import { Connection } from './connection.js';
import { echo } from './echo-calls.js';
import { processImage } from './image-calls.js';
import { transformJson } from './json-calls.js';
import { defaultLimits, type Limits } from './limits.js';
import { aggregateSeriesBytes, loadSeriesBytes } from './time-series-bytes-calls.js';
import { aggregateSeries, loadSeries } from './time-series-calls.js';
import type { Connect } from './transport.js';

/** Where a variant's server listens, and what carries its messages. */
export interface Route {
  /** The server's argument `--listen`. */
  readonly listen: string;
  readonly connect: Connect;
  /** How the columns of a series travel; as repeated fields unless it is said. */
  readonly columns?: 'bytes';
}

const columnCalls = {
  repeated: { aggregate: aggregateSeries, load: loadSeries },
  bytes: { aggregate: aggregateSeriesBytes, load: loadSeriesBytes },
} as const;

/**
 * Starts a server and opens a session on it.
 * @throws {ImplementationError} when that can't be done.
 */
export async function openSession(route: Route, limits: Limits = defaultLimits): Promise<Session> {
  const series = columnCalls[route.columns ?? 'repeated'];
  const connection = await Connection.open(route.listen, route.connect, limits);
  return {
    isa: connection.isa,
    async invoke(workload, options, input, trace) {
      switch (workload) {
        case 'json':
          return transformJson(connection, options, input, trace);
        case 'image':
          return processImage(connection, options, input, trace);
        case 'time-series':
          return series.aggregate(connection, options, input, trace);
        case 'echo':
          return echo(connection, options, input, trace);
        default:
          throw unknownWorkload(workload);
      }
    },
    async load(workload, data) {
      switch (workload) {
        case 'time-series':
          return series.load(connection, data);
        case 'json':
        case 'image':
        case 'echo':
          throw new WorkloadError('unknown-workload', `the workload "${workload}" has no resident data`);
        default:
          throw unknownWorkload(workload);
      }
    },
    processes: () => [{ pid: connection.pid, role: 'server' }],
    close: () => connection.close(),
  };
}

function unknownWorkload(workload: string): WorkloadError {
  return new WorkloadError('unknown-workload', `unknown workload "${workload}"`);
}
