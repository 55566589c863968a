import type { ConformanceCase } from '@crossover/contract/workload';
import { fixture } from './fixtures.js';

function bad(name: string, options: object, message: string): ConformanceCase {
  return { name, options, input: () => fixture(80, 60), expect: { code: 'invalid-options', message } };
}

const side = 'an integer from 1 to 8192';
const sigma = '0 or a number from 0.3 to 10';
const wrong: readonly (readonly [option: string, type: string, values: readonly unknown[]])[] = [
  ['width', side, [0, 8193, 1.5, '800', null]],
  ['height', side, [-1, 8193, true]],
  ['blurSigma', sigma, [0.2, 10.5, -1, '1']],
  ['sharpenSigma', sigma, [0.29, 11, []]],
  ['sharpenAmount', 'a number from 0 to 5', [-0.1, 5.1, {}]],
  ['quality', 'an integer from 1 to 100', [0, 101, 89.5, 'high']],
];

/** Options that every implementation must refuse, before it looks at the input. */
export const badOptionCases: readonly ConformanceCase[] = [
  ...wrong.flatMap(([option, type, values]) =>
    values.map((value) =>
      bad(`${option} is ${JSON.stringify(value)}`, { [option]: value }, `option "${option}" must be ${type}`),
    ),
  ),
  bad('an unknown option', { colour: 1 }, 'unknown option "colour"'),
  bad('the first of two unknown options is named', { b: 1, a: 1 }, 'unknown option "b"'),
  bad('an unknown option comes before a wrong one', { width: 0, size: 1 }, 'unknown option "size"'),
  bad(
    'wrong options are named in the order of the table',
    { quality: 0, height: 0 },
    `option "height" must be ${side}`,
  ),
  bad('options that are an array', [], 'options must be an object'),
  {
    ...bad('bad options come before a bad input', { width: 0 }, `option "width" must be ${side}`),
    input: () => new Uint8Array(0),
  },
];
