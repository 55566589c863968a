import type { Invocation } from '@crossover/contract/implementation';
import { maxInputBytes, tooLarge } from '@crossover/workload-json/input-errors';
import { parseOptions } from '@crossover/workload-json/options';
import type { Connection } from './connection.js';
import { methods, toNumber } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function transformJson(
  connection: Connection,
  options: object,
  input: Uint8Array,
): Promise<Invocation> {
  const request = { options: parseOptions(options), document: input };
  // The core would say so too, but the message limit would speak first.
  if (input.length > maxInputBytes) throw tooLarge();
  const { document, computeNs } = await connection.call(methods.transform, request);
  return { output: document, computeNs: toNumber(computeNs) };
}
