import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resizeLanczos } from '@crossover/workload-image/reference-steps';
import fc from 'fast-check';
import type { DecodedPlane } from './decoder-frame.js';
import { gaussianBlur, unsharpMask } from './gaussian.js';
import { type FloatPlane, resize } from './resize.js';

function sourceOf(samples: Uint8Array, width: number, height: number): DecodedPlane {
  const extents = { extentX: width, extentY: height };
  return { samples: new Uint8ClampedArray(samples), stride: width, width, height, ...extents };
}

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, height }) => {
    const samples = fc.uint8Array({ minLength: width * height, maxLength: width * height });
    return fc.record({ samples, width: fc.constant(width), height: fc.constant(height) });
  });
const side = fc.integer({ min: 1, max: 50 });

test('resizing is that of the reference', () => {
  fc.assert(
    fc.property(picture, side, side, ({ samples, width, height }, toWidth, toHeight) => {
      const found = resize(sourceOf(samples, width, height), {
        x: { count: toWidth, extent: toWidth },
        y: { count: toHeight, extent: toHeight },
        mirrorX: false,
        mirrorY: false,
      });
      const rgb = Uint8Array.from(
        { length: 3 * samples.length },
        (_, i) => samples[Math.floor(i / 3)] as number,
      );
      const expected = resizeLanczos(rgb, 0, { width, height }, { width: toWidth, height: toHeight });
      assert.equal(found.values.length, expected.values.length);
      found.values.forEach((value, i) => {
        assert.ok(Math.abs(value - (expected.values[i] as number)) < 0.01);
      });
    }),
  );
});

test('mirroring turns the result around', () => {
  fc.assert(
    fc.property(picture, side, side, ({ samples, width, height }, toWidth, toHeight) => {
      const target = { x: { count: toWidth, extent: toWidth }, y: { count: toHeight, extent: toHeight } };
      const source = sourceOf(samples, width, height);
      const plain = resize(source, { ...target, mirrorX: false, mirrorY: false }).values;
      const mirrored = resize(source, { ...target, mirrorX: true, mirrorY: true }).values;
      plain.forEach((value, i) => {
        assert.ok(Math.abs(value - (mirrored[plain.length - 1 - i] as number)) < 0.01);
      });
    }),
  );
});

test('a chroma sample of which only half lies in the picture stands for the last pixel', () => {
  const ramp = Uint8Array.from({ length: 70 }, (_, x) => x * 3);
  const halved = resize(sourceOf(ramp, 70, 1), {
    x: { count: 18, extent: 17.5 },
    y: { count: 1, extent: 1 },
    mirrorX: false,
    mirrorY: false,
  });
  // The middle of its two old pixels, 68 and 69; the kernel is cut there, which costs a few levels.
  assert.ok(Math.abs((halved.values[17] as number) - 205.5) < 4);
});

function channelOf({
  samples,
  width,
  height,
}: {
  samples: Uint8Array;
  width: number;
  height: number;
}): FloatPlane {
  return { values: Float32Array.from(samples), width, height };
}

/** The Gaussian in two dimensions at once, edge pixels repeated. */
function blurredAt({ values, width, height }: FloatPlane, sigma: number, x: number, y: number): number {
  const radius = Math.ceil(3 * sigma);
  let sum = 0;
  let total = 0;
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
      const row = Math.min(height - 1, Math.max(0, y + dy));
      const column = Math.min(width - 1, Math.max(0, x + dx));
      sum += weight * (values[row * width + column] as number);
      total += weight;
    }
  }
  return sum / total;
}

test('the blur is the Gaussian of two dimensions', () => {
  fc.assert(
    fc.property(picture, fc.constantFrom(0.3, 0.6, 1.2, 1.5, 3.4), (samples, sigma) => {
      const plane = channelOf(samples);
      gaussianBlur(plane, sigma).values.forEach((value, i) => {
        const exact = blurredAt(plane, sigma, i % plane.width, Math.floor(i / plane.width));
        assert.ok(Math.abs(value - exact) < 0.01);
      });
    }),
    { numRuns: 20 },
  );
});

test('the unsharp mask adds the difference to the blur, and clamps', () => {
  fc.assert(
    fc.property(picture, fc.double({ min: 0, max: 5, noNaN: true }), (samples, amount) => {
      const plane = channelOf(samples);
      const blurred = gaussianBlur(plane, 1.2).values;
      unsharpMask(plane, 1.2, amount).values.forEach((value, i) => {
        const source = plane.values[i] as number;
        const exact = source + amount * (source - (blurred[i] as number));
        assert.ok(Math.abs(value - Math.min(255, Math.max(0, exact))) < 0.01);
      });
    }),
    { numRuns: 20 },
  );
});
