import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import { parseOptions } from '@crossover/workload-image/options';
import type { Connection } from './connection.js';
import { toInvocation } from './invocation.js';
import { methods } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function processImage(
  connection: Connection,
  options: object,
  input: Uint8Array,
  trace?: CallTrace,
): Promise<Invocation> {
  const request = { options: parseOptions(options), jpeg: input };
  const response = await connection.call(methods.process, request, trace);
  return toInvocation(response.jpeg, response, trace);
}
