import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { optimalHuffman } from './optimal-huffman.js';

function countsOf(entries: readonly (readonly [symbol: number, count: number])[]): Uint32Array {
  const counts = new Uint32Array(256);
  for (const [symbol, count] of entries) counts[symbol] = count;
  return counts;
}

test('frequent symbols have short codes', () => {
  const counts = countsOf([
    [7, 100],
    [3, 20],
    [9, 10],
    [1, 5],
  ]);
  const { symbols, counts: lengths } = optimalHuffman(counts);
  assert.deepEqual([...symbols], [7, 3, 9, 1]);
  assert.deepEqual([...lengths.subarray(0, 5)], [1, 1, 1, 1, 0]);
});

test('a single symbol has a code of one bit, which is not all ones', () => {
  assert.deepEqual([...optimalHuffman(countsOf([[5, 9]])).counts.subarray(0, 2)], [1, 0]);
});

test('counts that grow like Fibonacci numbers still have codes of at most 16 bits', () => {
  let [a, b] = [1, 1];
  const entries = Array.from({ length: 40 }, (_, symbol): readonly [number, number] => {
    [a, b] = [b, a + b];
    return [symbol, a];
  });
  const { counts, symbols } = optimalHuffman(countsOf(entries));
  assert.equal(symbols.length, 40);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    40,
  );
});

test('codes fit, leave the code of all ones free, and need no more than a bit above the entropy', () => {
  const symbolCounts = fc.array(fc.nat(10_000), { minLength: 256, maxLength: 256 });
  fc.assert(
    fc.property(symbolCounts, fc.integer({ min: 0, max: 255 }), (values, present) => {
      const counts = Uint32Array.from(values, (value, symbol) => (symbol === present ? value + 1 : value));
      const { counts: lengths, symbols } = optimalHuffman(counts);
      const space = lengths.reduce((sum, count, i) => sum + count * 2 ** (15 - i), 0);
      assert.ok(space < 2 ** 16, 'the code of all ones is taken');
      const total = counts.reduce((sum, count) => sum + count, 0);
      let next = 0;
      let bits = 0;
      lengths.forEach((count, i) => {
        for (let j = 0; j < count; j++) bits += (i + 1) * (counts[symbols[next++] as number] as number);
      });
      const entropy = counts.reduce(
        (sum, count) => (count > 0 ? sum - count * Math.log2(count / total) : sum),
        0,
      );
      assert.ok(bits <= entropy + total + 16);
    }),
  );
});
