import type { Invocation } from '@crossover/contract/implementation';
import { parseOptions } from '@crossover/workload-image/options';
import type { Connection } from './connection.js';
import { methods, toNumber } from './messages.js';

/** @throws {WorkloadError | ImplementationError} */
export async function processImage(
  connection: Connection,
  options: object,
  input: Uint8Array,
): Promise<Invocation> {
  const { jpeg, computeNs } = await connection.call(methods.process, {
    options: parseOptions(options),
    jpeg: input,
  });
  return { output: jpeg, computeNs: toNumber(computeNs) };
}
