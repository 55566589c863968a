import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BlockSize } from './decoder-frame.js';
import { inverseDct } from './inverse-dct.js';

/** The inverse DCT of `size` points over the lowest frequencies by its definition, scaled to the same mean. */
function definition(coefficients: Int32Array, size: BlockSize, y: number, x: number): number {
  const basis = (k: number, place: number): number => {
    return (k === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * place + 1) * k * Math.PI) / (2 * size));
  };
  let sum = 0;
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) sum += (coefficients[8 * v + u] as number) * basis(v, y) * basis(u, x);
  }
  return Math.min(255, Math.max(0, sum / 4 + 128));
}

for (const size of [8, 4, 2, 1] as const) {
  test(`the inverse DCT of ${size} points is that of the definition`, () => {
    const block = fc.array(fc.integer({ min: -150, max: 150 }), { minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(block, (values) => {
        const coefficients = Int32Array.from(values);
        const out = new Uint8ClampedArray(size * size);
        inverseDct(size)(coefficients, new Int32Array(64), out, 0, size);
        out.forEach((sample, i) => {
          const exact = definition(coefficients, size, Math.floor(i / size), i % size);
          assert.ok(Math.abs(sample - exact) <= 1, `sample ${i}: ${sample} for ${exact}`);
        });
      }),
    );
  });
}
