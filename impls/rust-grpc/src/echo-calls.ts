import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import { parseOptions } from '@crossover/workload-echo/options';
import type { Connection } from './connection.js';
import { toInvocation } from './invocation.js';
import { methods } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function echo(
  connection: Connection,
  options: object,
  input: Uint8Array,
  trace?: CallTrace,
): Promise<Invocation> {
  parseOptions(options);
  const response = await connection.call(methods.echo, { payload: input }, trace);
  return toInvocation(response.payload, response, trace);
}
