import type { ConformanceCase } from '@crossover/contract/workload';

type Input = string | Uint8Array | (() => string | Uint8Array);

/** The input is valid, and the output must be that of the reference. */
export function accepts(name: string, input: Input, options: object = {}): ConformanceCase {
  return { name, options, input: () => bytes(input), expect: 'reference' };
}

/** The byte at `offset` can't continue a JSON text. */
export function refuses(name: string, input: Input, offset: number): ConformanceCase {
  return fails(name, input, 'invalid-json', `the input is not valid JSON at byte ${offset}`);
}

/** The text ends too early, after `length` bytes. */
export function endsEarly(name: string, input: Input, length: number): ConformanceCase {
  return fails(name, input, 'invalid-json', `the JSON text ends early, at byte ${length}`);
}

/** The sequence at `offset` is ill-formed. */
export function refusesUtf8(name: string, input: Input, offset: number): ConformanceCase {
  return fails(name, input, 'invalid-utf8', `the input is not valid UTF-8 at byte ${offset}`);
}

/** The options are bad. The input is bad as well: options are looked at first. */
export function refusesOptions(name: string, options: object, message: string): ConformanceCase {
  return { ...fails(name, '{', 'invalid-options', message), options };
}

function fails(name: string, input: Input, code: string, message: string): ConformanceCase {
  return { name, options: {}, input: () => bytes(input), expect: { code, message } };
}

function bytes(input: Input): Uint8Array {
  const content = typeof input === 'function' ? input() : input;
  return typeof content === 'string' ? Buffer.from(content) : content;
}
