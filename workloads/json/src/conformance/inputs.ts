import type { ConformanceCase } from '@crossover/contract/workload';
import { maxInputBytes } from '../input-errors.js';
import { inputs } from '../inputs.js';

/** The named inputs, as they are measured and without options; and the limit of their size. */
export const inputCases: readonly ConformanceCase[] = [
  ...inputs.flatMap(({ name, options, bytes }): ConformanceCase[] => [
    { name: `input ${name}`, options, input: bytes, expect: 'reference' },
    { name: `input ${name} without options`, options: {}, input: bytes, expect: 'reference' },
  ]),
  {
    name: 'one byte more than 256 MiB is too much, whatever it is',
    options: {},
    input: () => new Uint8Array(maxInputBytes + 1),
    expect: { code: 'input-too-large', message: 'the JSON text is larger than 256 MiB' },
  },
];
