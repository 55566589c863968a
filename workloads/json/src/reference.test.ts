import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaults, type JsonOptions } from './options.js';
import { reference } from './reference.js';

function run(text: string, options: Partial<JsonOptions> = {}): string {
  return Buffer.from(reference({ ...defaults, ...options }, Buffer.from(text))).toString();
}

test('without options the result is what JSON.parse and JSON.stringify give', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary', maxDepth: 5 }), (text) => {
      assert.equal(run(text), JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: 1000 },
  );
});

// Worked out by hand from the README.
const examples: readonly (readonly [
  name: string,
  text: string,
  options: Partial<JsonOptions>,
  result: string,
])[] = [
  ['of duplicates the last counts at the first place', '{"a":1,"b":2,"a":3}', {}, '{"a":3,"b":2}'],
  ['array indices come first', '{"b":1,"10":2,"9":3}', {}, '{"9":3,"10":2,"b":1}'],
  ['__proto__ is an ordinary name', '{"__proto__":{"a":1}}', {}, '{"__proto__":{"a":1}}'],
  ['lone surrogates are escaped', '["\\uD800","\\ud83d\\ude00"]', {}, '["\\ud800","😀"]'],
  ['drop works at any depth', '{"x":1,"a":[{"x":2,"b":3}]}', { drop: ['x'] }, '{"a":[{"b":3}]}'],
  ['rename puts a value in place of another', '{"b":1,"c":2,"a":3}', { rename: { a: 'b' } }, '{"b":3,"c":2}'],
  ['redact is for strings', '[{"s":"x"},{"s":1}]', { redact: ['s'] }, '[{"s":"[redacted]"},{"s":1}]'],
  ['dropNulls is for members', '[null,{"a":null,"b":1e999}]', { dropNulls: true }, '[null,{"b":null}]'],
  [
    'totals come from the source',
    '{"i":[{"q":2,"p":1.5},{"q":"2","p":1},[7],{"q":3,"p":2}],"t":0,"a":1}',
    { drop: ['i', 'q'], totals: { array: 'i', left: 'q', right: 'p', into: 't' } },
    '{"t":9,"a":1}',
  ],
];

for (const [name, text, options, result] of examples) {
  test(name, () => assert.equal(run(text, options), result));
}

test('depth is no limit', () => {
  const text = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`;
  assert.equal(run(text), text);
});
