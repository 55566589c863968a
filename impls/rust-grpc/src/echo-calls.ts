import type { Invocation } from '@crossover/contract/implementation';
import { parseOptions } from '@crossover/workload-echo/options';
import type { Connection } from './connection.js';
import { methods, toNumber } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function echo(connection: Connection, options: object, input: Uint8Array): Promise<Invocation> {
  parseOptions(options);
  const { payload, computeNs } = await connection.call(methods.echo, { payload: input });
  return { output: payload, computeNs: toNumber(computeNs) };
}
