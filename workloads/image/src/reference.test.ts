import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformanceCases } from './conformance.js';
import { fixture } from './fixtures.js';
import { reference } from './reference.js';
import { readReferencePicture } from './reference-picture.js';
import { blur, resizeLanczos, sharpen } from './reference-steps.js';

test('every conformance case is as the reference has it', async () => {
  for (const { name, options, input, expect } of conformanceCases) {
    const run = async (): Promise<Uint8Array> => reference(options, await input());
    if (expect === 'reference') await assert.doesNotReject(run, name);
    else await assert.rejects(run, { name: 'WorkloadError', ...expect }, name);
  }
});

test('orientations 1 to 8 of the same stored picture have mirrored luma', () => {
  const luma = (orientation: number): readonly number[][] => {
    const { channels, width } = readReferencePicture(
      reference({ width: 24, height: 24 }, fixture(48, 48, { orientation })),
    );
    const values = [...(channels[0]?.values ?? [])].map(Math.round);
    return Array.from({ length: 24 }, (_, y) => values.slice(y * width, (y + 1) * width));
  };
  const stored = luma(1);
  assert.deepEqual(
    luma(2),
    stored.map((row) => row.toReversed()),
  );
  assert.deepEqual(luma(4), stored.toReversed());
  const transposed = stored.map((_, x) => stored.map((row) => row[x]));
  assert.deepEqual(luma(5), transposed);
  assert.deepEqual(
    luma(6),
    transposed.map((row) => row.toReversed()),
  );
  assert.deepEqual(luma(8), transposed.toReversed());
});

test('resizing leaves a flat picture flat and its size is the target', () => {
  const pixels = new Uint8Array(3 * 40 * 30).fill(77);
  const { values, width, height } = resizeLanczos(
    pixels,
    1,
    { width: 40, height: 30 },
    { width: 7, height: 50 },
  );
  assert.deepEqual([width, height, values.length], [7, 50, 350]);
  for (const value of values) assert.ok(Math.abs(value - 77) < 1e-9);
});

test('a linear ramp keeps its slope where the kernel lies inside', () => {
  const pixels = Uint8Array.from({ length: 3 * 60 }, (_, i) => 4 * Math.floor(i / 3));
  const { values } = resizeLanczos(pixels, 0, { width: 60, height: 1 }, { width: 20, height: 1 });
  // Pixel i of the result is centred on pixel 3i + 1 of the source.
  for (let i = 5; i < 15; i++) assert.ok(Math.abs((values[i] as number) - 4 * (3 * i + 1)) < 1e-6);
});

test('the blur of a point is the Gaussian, and sharpening adds the difference', () => {
  const point = { values: new Float64Array(49), width: 7, height: 7 };
  point.values[24] = 100;
  const blurred = blur(point, 1);
  const at = (dx: number, dy: number): number => blurred.values[24 + dy * 7 + dx] as number;
  const weights = [-3, -2, -1, 0, 1, 2, 3].map((x) => Math.exp((-x * x) / 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  assert.ok(Math.abs(at(0, 0) - 100 / (sum * sum)) < 1e-9);
  assert.ok(Math.abs(at(2, -1) - (100 * Math.exp(-2.5)) / (sum * sum)) < 1e-9);
  const expected = Math.min(255, 100 + 0.5 * (100 - at(0, 0)));
  assert.ok(Math.abs((sharpen(point, 1, 0.5).values[24] as number) - expected) < 1e-9);
});
