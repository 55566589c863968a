import type { ConformanceCase } from '@crossover/contract/workload';
import { accepts } from './cases.js';

const plain: readonly (readonly [name: string, text: string])[] = [
  ['the last of two values counts, at the first place', '{"a":1,"b":2,"a":3}'],
  ['of many values the last counts', '{"a":1,"a":2,"b":3,"a":[4],"b":{"a":5,"a":6}}'],
  [
    'duplicates in nested objects',
    '{"a":{"x":1,"x":2},"b":[{"y":1,"z":2,"y":3}],"a":{"x":{"q":1,"p":2,"q":3},"w":0,"x":4}}',
  ],
  ['a value that is replaced is checked but not seen', '{"a":{"1":1,"0":0,"1":2},"b":1,"a":null}'],
  ['integer-like names come first, ascending', '{"b":1,"2":2,"a":3,"10":4,"1":5}'],
  ['integer-like names that come in order stay', '{"0":1,"1":2,"10":3,"a":4}'],
  ['integer-like names in order after others move', '{"a":4,"0":1,"1":2,"10":3}'],
  ['integer-like names twice', '{"2":1,"1":2,"2":3,"a":4,"1":5}'],
  [
    'the largest array index',
    '{"4294967295":1,"4294967294":2,"4294967296":3,"x":4,"4294967293":5,"99999999999":6}',
  ],
  [
    'what is no array index keeps its place',
    '{"z":0,"01":1,"-1":2,"1.5":3,"1e3":4,"+1":5," 1":6,"00":7,"-0":8,"١":9,"":10,"0":11}',
  ],
  ['escaped integer-like names', String.raw`{"a":0,"\u0031":1,"\u0030":2,"1":3}`],
  [
    '__proto__ is an ordinary name',
    '{"__proto__":{"a":1},"b":{"__proto__":null,"c":[{"__proto__":1}]},"__proto__":5}',
  ],
  [
    'names that objects inherit',
    '{"toString":1,"constructor":{"prototype":2},"hasOwnProperty":3,"valueOf":null,"toJSON":4,"length":5}',
  ],
  [
    'a nested object with integer-like names in each of several places',
    '{"c":{"2":{"b":1,"0":2},"1":{"z":{"y":1,"5":[{"k":1,"3":2}]}}},"0":[{"a":1,"7":2}]}',
  ],
  ['one member', '{"7":{"7":{"a":7}}}'],
  [
    'members of each kind of value',
    '{"a":"x","b":1.50,"c":true,"d":false,"e":null,"f":[],"g":{},"h":[{}],"i":{"j":[]}}',
  ],
  [
    'differently ordered objects in one array',
    '[{"a":1,"b":2},{"b":1,"a":2},{"a":1},{"c":1,"a":2,"b":3},{"a":1,"b":2,"c":3},{}]',
  ],
  [
    'names with common beginnings',
    '[{"a":1,"ab":2,"abc":3},{"ab":1,"a":2,"abcd":3},{"abc":1,"abcd":2,"a":3}]',
  ],
  ['white space around names', '{ "a" : 1 ,\n"b"\t:\r2 , "a"  :3}'],
];

const many = (count: number, name: (i: number) => string): string =>
  `{${Array.from({ length: count }, (_, i) => `${JSON.stringify(name(i))}:${i}`).join()}}`;

/** The order of members, and names that occur twice, with options that leave them alone. */
export const memberCases: readonly ConformanceCase[] = [
  ...plain.map(([name, text]) => accepts(`members: ${name}`, text)),
  accepts('members: many different names', () => many(50_000, (i) => `name-${i}`)),
  accepts('members: many names, each twice', () => many(50_000, (i) => `name-${(i * 7919) % 25_000}`)),
  accepts('members: many integer-like names, descending', () => many(50_000, (i) => String(50_000 - i))),
  accepts('members: one name very often', () => many(50_000, () => 'a')),
  accepts(
    'members: disorder at each of many levels',
    () => `${'{"a":0,"1":'.repeat(5000)}2${'}'.repeat(5000)}`,
  ),
  accepts(
    'members: a duplicate at each of many levels',
    () => `${'{"a":0,"b":1,"a":'.repeat(5000)}2${'}'.repeat(5000)}`,
  ),
];
