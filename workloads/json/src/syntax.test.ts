import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findSyntaxError } from './syntax.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const pieces = fc.constantFrom(
  ...'{}[]",:\\ \n-+.eE019xtrufalsn',
  '"a"',
  'true',
  '\\u00e9',
  '{"a":1}',
  '[1,2]',
  '1.5e3',
);

/** JSON texts, most of them spoiled at one place, and chains of pieces. */
const nearlyJson = fc.oneof(
  fc.json(),
  fc.tuple(fc.json(), fc.nat(), pieces).map(([text, place, piece]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + 1);
  }),
  fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
);

test('an error is found exactly where JSON.parse refuses a text', () => {
  fc.assert(
    fc.property(nearlyJson, (text) => {
      assert.equal(findSyntaxError(Buffer.from(text)) === undefined, isJson(text));
    }),
    { numRuns: 5000 },
  );
});

test('the text before the byte at fault can be continued, with it it can not', () => {
  fc.assert(
    fc.property(nearlyJson, (text) => {
      const bytes = Buffer.from(text);
      const offset = findSyntaxError(bytes);
      if (offset === undefined) return;
      const before = findSyntaxError(bytes.subarray(0, offset));
      assert.ok(before === undefined || before === offset);
      if (offset < bytes.length) assert.equal(findSyntaxError(bytes.subarray(0, offset + 1)), offset);
    }),
    { numRuns: 5000 },
  );
});
