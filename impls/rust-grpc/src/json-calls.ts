import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import { maxInputBytes, tooLarge } from '@crossover/workload-json/input-errors';
import { parseOptions } from '@crossover/workload-json/options';
import type { Connection } from './connection.js';
import { toInvocation } from './invocation.js';
import { methods } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function transformJson(
  connection: Connection,
  options: object,
  input: Uint8Array,
  trace?: CallTrace,
): Promise<Invocation> {
  const request = { options: parseOptions(options), document: input };
  // The core would say so too, but the message limit would speak first.
  if (input.length > maxInputBytes) throw tooLarge();
  const response = await connection.call(methods.transform, request, trace);
  return toInvocation(response.document, response, trace);
}
