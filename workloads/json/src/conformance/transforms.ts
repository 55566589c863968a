import type { ConformanceCase } from '@crossover/contract/workload';
import { accepts } from './cases.js';

const order = {
  drop: ['internal'],
  rename: { unitPrice: 'price', id: 'number' },
  redact: ['email'],
  dropNulls: true,
  totals: { array: 'items', left: 'quantity', right: 'unitPrice', into: 'total' },
};
const totals = { array: 'i', left: 'q', right: 'p', into: 't' };

const cases: readonly (readonly [name: string, text: string, options: object])[] = [
  [
    'everything at once',
    '{"id":1,"internal":{"id":2},"email":"a@b","note":null,"items":[{"id":3,"quantity":2,"unitPrice":1.50},{"quantity":1,"unitPrice":0.1,"email":null}],"tags":[null,"email"]}',
    order,
  ],
  ['drop: at any depth', '{"a":{"x":1,"b":[{"x":2,"c":3}]},"x":[{"x":4}]}', { drop: ['x'] }],
  [
    'drop: the first, the middle, the last, all',
    '[{"x":1,"a":2,"b":3},{"a":2,"x":1,"b":3},{"a":2,"b":3,"x":1},{"x":1},{"x":1,"x":2},{"x":1,"a":2,"x":3}]',
    { drop: ['x'] },
  ],
  [
    'drop: values of each kind',
    '[{"x":"s","a":1},{"x":-1.5e3,"a":1},{"x":true,"a":1},{"x":false},{"x":null,"a":1},{"x":[],"a":1},{"x":{},"a":1},{"x":[[{"y":[1,{"z":"}"}]}],"]"],"a":1}]',
    { drop: ['x'] },
  ],
  [
    'drop: names that are escaped',
    '{"\\u0078":1,"a":2,"\\n":3,"\\ud83d\\ude00":4}',
    { drop: ['x', '\n', '😀'] },
  ],
  [
    'drop: the empty name, and __proto__',
    '{"":1,"a":{"":2,"__proto__":3},"__proto__":{"b":1}}',
    { drop: ['', '__proto__'] },
  ],
  ['drop: an integer-like name', '{"b":1,"2":2,"1":3}', { drop: ['2'] }],
  ['drop: a name given twice', '{"a":1,"b":2}', { drop: ['a', 'a'] }],
  ['rename: at any depth', '{"a":{"a":[{"a":1}]},"b":2}', { rename: { a: 'c' } }],
  ['rename: to itself', '{"a":1,"b":2,"a":3}', { rename: { a: 'a' } }],
  ['rename: two names change places', '{"a":1,"b":2}', { rename: { a: 'b', b: 'a' } }],
  ['rename: is not repeated', '{"a":1,"b":2,"c":3}', { rename: { a: 'b', b: 'c', c: 'd' } }],
  ['rename: onto a later member', '{"a":1,"x":0,"b":2}', { rename: { a: 'b' } }],
  ['rename: onto an earlier member', '{"b":2,"x":0,"a":1}', { rename: { a: 'b' } }],
  [
    'rename: several onto one',
    '{"a":1,"x":0,"b":2,"c":{"b":4,"a":3}}',
    { rename: { a: 'z', b: 'z', c: 'z' } },
  ],
  ['rename: a duplicate onto another', '{"a":1,"b":2,"a":3,"b":4}', { rename: { a: 'b' } }],
  ['rename: onto an integer-like name', '{"z":0,"a":1,"b":2}', { rename: { a: '7', b: '3' } }],
  [
    'rename: an integer-like name keeps its place of the source',
    '{"z":0,"5":1,"1":2,"y":3}',
    { rename: { 5: 'five', 1: 'one' } },
  ],
  [
    'rename: integer-like names collide in the order of the source',
    '{"9":0,"a":1,"1":2}',
    { rename: { 9: 'a', 1: 'a' } },
  ],
  ['rename: onto a dropped name', '{"a":1,"x":2}', { drop: ['x'], rename: { a: 'x' } }],
  ['rename: a dropped name', '{"a":1,"x":2}', { drop: ['a'], rename: { a: 'x' } }],
  [
    'rename: with characters that need escapes',
    '{"a":1,"\\"":2}',
    { rename: { a: '"\n\u0001\\/😀\u2028', '"': '' } },
  ],
  [
    'rename: from and to __proto__',
    '{"__proto__":1,"a":{"b":1},"c":{"__proto__":{}}}',
    {
      rename: Object.fromEntries([
        ['__proto__', 'p'],
        ['a', '__proto__'],
      ]),
    },
  ],
  [
    'rename: to what objects inherit',
    '{"a":1,"toString":2,"constructor":3}',
    { rename: { a: 'constructor' } },
  ],
  [
    'redact: strings only',
    '[{"s":"x"},{"s":1},{"s":null},{"s":["x",{"s":"y"}]},{"s":{"t":"x"}},{"s":true}]',
    { redact: ['s'] },
  ],
  [
    'redact: with characters that need escapes',
    '{"s":"x","t":"\\u0041\\/"}',
    { redact: ['s', 't'], redactWith: '"\\/\n\u0000\u007f😀' },
  ],
  ['redact: with the empty string', '{"s":"x","a":"y"}', { redact: ['s'], redactWith: '' }],
  [
    'redact: renamed members by their old name',
    '{"s":"x","t":"y"}',
    { redact: ['s'], rename: { s: 't', t: 's' } },
  ],
  ['redact: dropped members are dropped', '{"s":"x","a":1}', { redact: ['s'], drop: ['s'] }],
  ['redact: the last value of a duplicate', '{"s":1,"s":"x","t":"x","t":1}', { redact: ['s', 't'] }],
  ['redact: escaped strings', '{"s":"\\"\\\\\\ud800","a":"\\ud800"}', { redact: ['s'] }],
  [
    'dropNulls: members, not elements',
    '{"a":null,"b":[null,{"c":null}],"d":{"e":null},"f":1}',
    { dropNulls: true },
  ],
  [
    'dropNulls: all members',
    '[{"a":null},{"a":null,"b":null},{"a":null,"b":1},{"b":1,"a":null},null]',
    { dropNulls: true },
  ],
  [
    'dropNulls: a number that is written as null stays',
    '{"a":1e999,"b":-1e999,"c":null}',
    { dropNulls: true },
  ],
  ['dropNulls: the last value decides', '{"a":1,"b":2,"a":null,"c":null,"d":3,"c":4}', { dropNulls: true }],
  ['dropNulls: a null keeps the place for a later value', '{"a":null,"b":2,"a":1}', { dropNulls: true }],
  [
    'dropNulls: a null that would be renamed onto another',
    '{"a":1,"b":null}',
    { dropNulls: true, rename: { b: 'a' } },
  ],
  [
    'dropNulls: a null of a colliding name is gone before',
    '{"b":null,"x":1,"a":2}',
    { dropNulls: true, rename: { b: 'a' } },
  ],
  ['dropNulls: integer-like names', '{"x":1,"2":null,"1":3,"1":null}', { dropNulls: true }],
  ['dropNulls: the document itself', 'null', { dropNulls: true }],
  ['dropNulls: redacted names', '{"s":null,"a":1}', { dropNulls: true, redact: ['s'] }],
  [
    'totals: a sum in order',
    '{"i":[{"q":0.1,"p":1},{"q":0.2,"p":1},{"q":0.3,"p":1},{"q":1e16,"p":1},{"q":1,"p":1},{"q":-1e16,"p":1}]}',
    { totals },
  ],
  [
    'totals: a product is rounded before it is added',
    '{"i":[{"q":134217729,"p":134217729},{"q":-18014398777917440,"p":1},{"q":1.1,"p":1.1},{"q":3.3,"p":-0.1}]}',
    { totals },
  ],
  ['totals: of nothing', '{"i":[]}', { totals }],
  ['totals: never minus zero', '{"i":[{"q":-0,"p":1},{"q":-1,"p":0}]}', { totals }],
  [
    'totals: too large, and not a number',
    '[{"i":[{"q":1e308,"p":10}]},{"i":[{"q":1e999,"p":0}]},{"i":[{"q":1e999,"p":1},{"q":-1e999,"p":1}]}]',
    { totals, dropNulls: true },
  ],
  [
    'totals: denormal products',
    '{"i":[{"q":1e-200,"p":1e-120},{"q":5e-324,"p":0.5},{"q":5e-324,"p":0.6}]}',
    { totals },
  ],
  [
    'totals: elements that do not count',
    '{"i":[1,"q",null,[{"q":1,"p":1}],{"q":1},{"p":1},{"q":"1","p":1},{"q":null,"p":1},{"q":[2],"p":1},{"q":{"q":1},"p":1},{"q":true,"p":1},{"q":2,"p":3}]}',
    { totals },
  ],
  [
    'totals: not an array',
    '[{"i":1},{"i":null},{"i":{"q":1,"p":1}},{"i":"x"},{"a":[{"q":1,"p":1}]}]',
    { totals },
  ],
  [
    'totals: at any depth, arrays in arrays',
    '{"i":[{"q":1,"p":2,"i":[{"q":3,"p":4},{"i":[{"q":5,"p":6}]}]}],"a":[{"i":[{"q":7,"p":8}]}]}',
    { totals },
  ],
  [
    'totals: the last array of a name counts',
    '[{"i":[{"q":1,"p":1}],"a":0,"i":[{"q":2,"p":2}]},{"i":[{"q":1,"p":1}],"i":5},{"i":5,"i":[{"q":1,"p":1}]}]',
    { totals },
  ],
  [
    'totals: the last factor of a name counts',
    '{"i":[{"q":1,"q":2,"p":3},{"q":1,"p":1,"q":"x"},{"q":"x","p":1,"q":5},{"q":1,"p":2,"p":null}]}',
    { totals },
  ],
  [
    'totals: factors that are dropped',
    '{"i":[{"q":2,"p":3,"a":1},{"q":"x","p":3},{"q":1.5e1,"p":[3]}]}',
    { totals, drop: ['q', 'p'] },
  ],
  [
    'totals: an array that is dropped',
    '{"a":1,"i":[{"q":2,"p":3,"1":0,"x":{"b":1,"0":2}},{"q":1,"p":1}],"b":2}',
    { totals, drop: ['i'] },
  ],
  [
    'totals: an array that is dropped, in an object in disorder',
    '{"z":1,"i":[{"q":2,"p":3,"1":0},{"a":{"z":0,"1":2}}],"1":{"b":1,"0":2},"z":3}',
    { totals, drop: ['i'] },
  ],
  [
    'totals: something else that is dropped',
    '[{"a":1,"i":{"q":2}},{"i":"x","a":1},{"i":null},{"i":[],"i":1}]',
    { totals, drop: ['i'] },
  ],
  [
    'totals: an empty array that is dropped',
    '[{"i":[]},{"i":[],"a":1},{"a":1,"i":[]}]',
    { totals, drop: ['i'] },
  ],
  [
    'totals: names that are renamed',
    '{"i":[{"q":2,"p":3}]}',
    { totals, rename: { i: 'items', q: 'p', p: 'q' } },
  ],
  ['totals: into a member that is there', '{"t":{"a":1},"i":[{"q":2,"p":3}],"b":1}', { totals }],
  ['totals: into a renamed member', '{"a":1,"i":[{"q":2,"p":3}]}', { totals, rename: { a: 't' } }],
  ['totals: into a member that is renamed', '{"t":1,"i":[{"q":2,"p":3}]}', { totals, rename: { t: 'a' } }],
  ['totals: into a member that is dropped', '{"t":1,"i":[{"q":2,"p":3}]}', { totals, drop: ['t'] }],
  ['totals: into a null that is left out', '{"t":null,"i":[{"q":2,"p":3}]}', { totals, dropNulls: true }],
  ['totals: into a duplicate', '{"t":1,"x":2,"t":3,"i":[{"q":2,"p":3}]}', { totals }],
  ['totals: into the array itself', '{"i":[{"q":2,"p":3}],"a":1}', { totals: { ...totals, into: 'i' } }],
  [
    'totals: into an integer-like name',
    '{"a":1,"8":2,"i":[{"q":2,"p":3}],"6":3}',
    { totals: { ...totals, into: '7' } },
  ],
  ['totals: into __proto__', '{"i":[{"q":2,"p":3}]}', { totals: { ...totals, into: '__proto__' } }],
  [
    'totals: out of what objects inherit',
    '{"i":[{"a":1}],"b":1}',
    { totals: { array: '__proto__', left: 'length', right: 'constructor', into: 't' } },
  ],
  [
    'totals: out of __proto__',
    '{"__proto__":[{"__proto__":2,"p":3},{"p":1}]}',
    { totals: { array: '__proto__', left: '__proto__', right: 'p', into: 't' } },
  ],
  ['totals: a square', '{"i":[{"q":3},{"q":0.1}]}', { totals: { ...totals, right: 'q' } }],
  [
    'totals: the array is a factor, too',
    '{"i":[{"i":2,"p":3},{"i":[{"i":1,"p":1}],"p":1}]}',
    { totals: { ...totals, left: 'i' } },
  ],
  ['totals: a redacted factor', '{"i":[{"q":"2","p":3},{"q":2,"p":3}]}', { totals, redact: ['q', 'i'] }],
  ['totals: of a document that is an array', '[{"q":1,"p":1}]', { totals }],
  ['totals: null switches them off', '{"i":[{"q":2,"p":3}]}', { totals: null }],
  [
    'options: an absent member is the default',
    '{"a":null}',
    {
      drop: undefined,
      rename: undefined,
      redact: undefined,
      redactWith: undefined,
      dropNulls: undefined,
      totals: undefined,
    },
  ],
];

/** What the options do, alone and together. */
export const transformCases: readonly ConformanceCase[] = cases.map((item) => accepts(...item));
