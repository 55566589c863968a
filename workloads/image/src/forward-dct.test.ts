import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reciprocals, transformBlock } from './forward-dct.js';
import { naturalOrder } from './jpeg-tables.js';

/** The forward DCT by its definition (ITU T.81, A.3.3). */
function definition(samples: readonly number[], v: number, u: number): number {
  const scale = (k: number): number => (k === 0 ? Math.SQRT1_2 : 1);
  let sum = 0;
  samples.forEach((sample, i) => {
    const y = i >> 3;
    const x = i & 7;
    sum += sample * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
  });
  return (scale(u) * scale(v) * sum) / 4;
}

test('the transform is the DCT, rounded to the nearest', () => {
  const samples = fc.array(fc.integer({ min: -128, max: 127 }), { minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 255 }), (block, step) => {
      const out = new Int32Array(64);
      transformBlock(Float64Array.from(block), reciprocals(new Uint8Array(64).fill(step)), out, 0);
      naturalOrder.forEach((position, k) => {
        const exact = definition(block, position >> 3, position & 7) / step;
        assert.ok(
          Math.abs((out[k] as number) - exact) <= 0.5 + 1e-4,
          `coefficient ${k}: ${out[k]} for ${exact}`,
        );
      });
    }),
  );
});
