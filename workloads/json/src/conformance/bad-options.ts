import type { ConformanceCase } from '@crossover/contract/workload';
import { refusesOptions } from './cases.js';

const wrong: readonly (readonly [name: string, type: string, values: readonly unknown[]])[] = [
  ['drop', 'an array of strings', ['a', null, 1, {}, ['a', 1], [null], [['a']], ['\ud800']]],
  [
    'rename',
    'an object of strings',
    [null, 'a', [], ['a'], { a: 1 }, { a: null }, { a: 'b', c: ['d'] }, { a: '\udc00' }],
  ],
  ['redact', 'an array of strings', [true, 'a', { 0: 'a' }, [{}]]],
  ['redactWith', 'a string', [null, 1, ['x'], '\ud83d']],
  ['dropNulls', 'a boolean', [null, 0, 1, 'true', []]],
  [
    'totals',
    'null or an object with the strings "array", "left", "right" and "into"',
    [
      false,
      'items',
      [],
      {},
      { array: 'a', left: 'b', right: 'c' },
      { array: 'a', left: 'b', right: 'c', into: 1 },
      { array: null, left: 'b', right: 'c', into: 'd' },
      { array: 'a', left: 'b', right: 'c', into: 'd', extra: 'e' },
      ['a', 'b', 'c', 'd'],
    ],
  ],
];

/** Options that are refused, before the input is looked at. */
export const badOptionCases: readonly ConformanceCase[] = [
  ...wrong.flatMap(([name, type, values]) =>
    values.map((value) =>
      refusesOptions(
        `${name} may not be ${JSON.stringify(value)}`,
        { [name]: value },
        `option "${name}" must be ${type}`,
      ),
    ),
  ),
  refusesOptions('options may not be an array', [], 'options must be an object'),
  refusesOptions('an unknown option is refused', { drops: ['a'] }, 'unknown option "drops"'),
  refusesOptions('options are case-sensitive', { DropNulls: true }, 'unknown option "DropNulls"'),
  refusesOptions('what objects inherit is no option', { toString: 'a' }, 'unknown option "toString"'),
  refusesOptions(
    'an unknown option is found before a wrong one',
    { drop: 1, b: 1, a: 1 },
    'unknown option "b"',
  ),
  refusesOptions(
    'of wrong options the first of the table is named',
    { totals: 1, dropNulls: 1, rename: 1 },
    'option "rename" must be an object of strings',
  ),
];
