import { WorkloadError } from '@crossover/contract/error';

/** There are no options. */
export type EchoOptions = Readonly<Record<string, never>>;

/** The options of every call. */
export const defaults: EchoOptions = {};

/**
 * Checks that there are none.
 * @throws {WorkloadError} `invalid-options`
 */
export function parseOptions(raw: unknown): EchoOptions {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new WorkloadError('invalid-options', 'options must be an object');
  }
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) throw new WorkloadError('invalid-options', `unknown option "${name}"`);
  }
  return defaults;
}
