import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardHuffman } from '@crossover/workload-image/jpeg-tables';
import fc from 'fast-check';
import { longCode } from './entropy-reader.js';
import { codeBits, huffmanLookup, skipBits, skipEndsBlock } from './huffman-lookup.js';

const { counts, symbols } = standardHuffman.luminanceAc;
const table = huffmanLookup(counts, symbols);

/** Codes by the definition of ITU T.81, annex C, as text. */
const codes = new Map<string, number>();
let code = 0;
let index = 0;
counts.forEach((count, i) => {
  for (let j = 0; j < count; j++)
    codes.set((code++).toString(2).padStart(i + 1, '0'), symbols[index++] as number);
  code *= 2;
});

test('short codes are found by one look, long ones by their length', () => {
  for (const [text, symbol] of codes) {
    const window = Number.parseInt(text.padEnd(32, '1'), 2) | 0;
    const entry = table.codes[window >>> (32 - codeBits)] || longCode(table, window);
    assert.deepEqual([entry >> 8, entry & 0xff], [symbol, text.length], text);
  }
});

test('what is no code is damage', () => {
  assert.throws(() => longCode(table, -1), { code: 'corrupt-jpeg' });
});

test('more codes than there can be are damage', () => {
  assert.throws(() => huffmanLookup(Uint8Array.of(3, ...new Uint8Array(15)), Uint8Array.of(1, 2, 3)), {
    code: 'corrupt-jpeg',
  });
});

test('passing over several symbols at once is passing over them one by one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** skipBits - 1 }), (prefix) => {
      const text = prefix.toString(2).padStart(skipBits, '0');
      let bits = 0;
      let coefficients = 0;
      let ends = 0;
      for (let length = 1; bits + length <= skipBits && ends === 0; length++) {
        const symbol = codes.get(text.slice(bits, bits + length));
        // A code beyond the first lookup is left to the slow way.
        if (symbol === undefined || length > codeBits) continue;
        if (symbol === 0) ends = skipEndsBlock;
        else coefficients += (symbol >> 4) + 1;
        bits += length + (symbol & 15);
        length = 0;
      }
      assert.equal(table.skips[prefix], ends | (coefficients << 8) | bits);
    }),
    { numRuns: 2000 },
  );
});
