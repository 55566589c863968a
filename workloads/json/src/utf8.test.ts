import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { validUpTo } from './utf8.js';

/** Bytes that often make, and often spoil, longer sequences. */
const byte = fc.oneof(
  fc.nat(255),
  fc.constantFrom(
    0x41,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xe2,
    0xed,
    0xef,
    0xf0,
    0xf3,
    0xf4,
    0xf5,
  ),
);

test('what comes before the offset is well-formed, and no character follows', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
      const bytes = Uint8Array.from(values);
      const offset = validUpTo(bytes);
      assert.ok(isUtf8(bytes.subarray(0, offset)));
      for (let end = offset + 1; end <= Math.min(offset + 4, bytes.length); end++) {
        assert.ok(!isUtf8(bytes.subarray(offset, end)));
      }
    }),
    { numRuns: 5000 },
  );
});

test('well-formed text is valid to its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = Buffer.from(text);
      assert.equal(validUpTo(bytes), bytes.length);
    }),
  );
});
