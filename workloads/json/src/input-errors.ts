import { WorkloadError } from '@crossover/contract/error';
import { findSyntaxError } from './syntax.js';
import { validUpTo } from './utf8.js';

/** The largest input, in bytes. */
export const maxInputBytes = 256 * 1024 * 1024;

/** The error for an input of more than {@link maxInputBytes}. */
export function tooLarge(): WorkloadError {
  return new WorkloadError('input-too-large', 'the JSON text is larger than 256 MiB');
}

/** The error for an input that is not UTF-8. */
export function invalidUtf8(input: Uint8Array): WorkloadError {
  return new WorkloadError('invalid-utf8', `the input is not valid UTF-8 at byte ${validUpTo(input)}`);
}

/** The error for an input that is UTF-8 but that `JSON.parse` refuses. */
export function invalidJson(input: Uint8Array): WorkloadError {
  const offset = findSyntaxError(input);
  if (offset === undefined) return new WorkloadError('internal', 'JSON.parse refused a valid JSON text');
  return new WorkloadError(
    'invalid-json',
    offset === input.length
      ? `the JSON text ends early, at byte ${offset}`
      : `the input is not valid JSON at byte ${offset}`,
  );
}
