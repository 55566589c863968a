import type { ConformanceCase } from '@crossover/contract/workload';
import { randomBytes } from './random-bytes.js';

/** What every implementation of this workload must do alike. Each named input is a case as well. */
export const conformanceCases: readonly ConformanceCase[] = [
  comesBack('every value of a byte comes back', () => Uint8Array.from({ length: 256 }, (_, value) => value)),
  comesBack('no bytes come back as no bytes', () => new Uint8Array(0)),
  comesBack('a single byte comes back', () => Uint8Array.of(0)),
  comesBack('zeros come back, as many as there were', () => new Uint8Array(5000)),
  // Where carriers put lengths into one, two or three bytes, and where buffers end.
  ...[127, 128, 16_383, 16_384, 65_535, 65_537, 1_048_577].map((size) =>
    comesBack(`${size} bytes come back`, () => randomBytes(size, size)),
  ),
  refusesOptions('any option is unknown', { times: 2 }, 'unknown option "times"'),
  refusesOptions('the first unknown option is named', { b: null, a: [] }, 'unknown option "b"'),
  refusesOptions('what objects inherit is no option', { toString: 'a' }, 'unknown option "toString"'),
  refusesOptions('options may not be an array', [], 'options must be an object'),
];

function comesBack(name: string, input: () => Uint8Array): ConformanceCase {
  return { name, options: {}, input, expect: 'reference' };
}

function refusesOptions(name: string, options: object, message: string): ConformanceCase {
  return { name, options, input: () => Uint8Array.of(1), expect: { code: 'invalid-options', message } };
}
