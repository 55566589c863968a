import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FixtureOptions, fixture } from '@crossover/workload-image/fixtures';
import { readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import { decodeForReference } from '@crossover/workload-image/reference-decoder';
import fc from 'fast-check';
import { decodeJpeg } from './decode.js';
import type { BlockSize, DecodedPlane } from './decoder-frame.js';

function decoded(jpeg: Uint8Array, size: BlockSize): readonly DecodedPlane[] {
  return decodeJpeg(jpeg, readJpegStructure(jpeg), () => size);
}

/** Without the samples that only fill up blocks: a progressive file need not have them. */
function inPicture({ samples, stride, width, height }: DecodedPlane): readonly Uint8ClampedArray[] {
  return Array.from({ length: height }, (_, y) => samples.subarray(y * stride, y * stride + width));
}

const fixtures = fc.record({
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 90 }),
  options: fc.record({
    quality: fc.integer({ min: 5, max: 100 }),
    progressive: fc.boolean(),
    subsampling: fc.constantFrom('4:4:4', '4:2:2', '4:2:0'),
  }) as fc.Arbitrary<FixtureOptions>,
});

test('grey samples are those of jpeg-js to within rounding', () => {
  fc.assert(
    fc.property(fixtures, ({ width, height, options }) => {
      const jpeg = fixture(width, height, { ...options, content: 'grey' });
      const { rgb } = decodeForReference(jpeg, readJpegStructure(jpeg));
      const [plane] = decoded(jpeg, 8) as [DecodedPlane];
      assert.deepEqual([plane.width, plane.height], [width, height]);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const difference =
            (plane.samples[y * plane.stride + x] as number) - (rgb[3 * (y * width + x)] as number);
          assert.ok(Math.abs(difference) <= 3, `at ${x}, ${y}: ${difference}`);
        }
      }
    }),
  );
});

test('a progressive picture has exactly the samples of the baseline picture, at every scale', () => {
  fc.assert(
    fc.property(fixtures, fc.constantFrom<BlockSize>(8, 4, 2, 1), ({ width, height, options }, size) => {
      const [baseline, progressive] = [false, true].map((progressive) =>
        decoded(fixture(width, height, { ...options, progressive }), size).map(inPicture),
      );
      assert.deepEqual(progressive, baseline);
    }),
  );
});

test('restart markers change no sample, not even with a short last interval in scans of one component', () => {
  for (const content of ['grey', 'colour'] as const) {
    for (const progressive of [false, true]) {
      const [without, withMarkers] = [0, 5].map((restartInterval) =>
        decoded(fixture(77, 53, { content, progressive, restartInterval }), 8).map(inPicture),
      );
      assert.deepEqual(withMarkers, without);
    }
  }
});

test('a reduced scale gives the means of the pixels, where the picture is smooth', () => {
  const jpeg = fixture(128, 96, { content: 'smooth', quality: 100 });
  const [full] = decoded(jpeg, 8) as [DecodedPlane];
  for (const size of [4, 2, 1] as const) {
    const [reduced] = decoded(jpeg, size) as [DecodedPlane];
    const factor = 8 / size;
    assert.deepEqual([reduced.width, reduced.height], [128 / factor, 96 / factor]);
    for (let y = 0; y < reduced.height; y++) {
      for (let x = 0; x < reduced.width; x++) {
        let sum = 0;
        for (let i = 0; i < factor * factor; i++) {
          const row = y * factor + Math.floor(i / factor);
          sum += full.samples[row * full.stride + x * factor + (i % factor)] as number;
        }
        const difference = (reduced.samples[y * reduced.stride + x] as number) - sum / (factor * factor);
        assert.ok(Math.abs(difference) < 2, `1/${factor} at ${x}, ${y}: ${difference}`);
      }
    }
  }
});

test('each component has the size that its sampling gives it', () => {
  const sizes = decoded(fixture(77, 53, { subsampling: '4:2:0' }), 2).map((plane) => [
    plane.width,
    plane.height,
    plane.extentX,
    plane.extentY,
  ]);
  assert.deepEqual(sizes, [
    [20, 14, 19.25, 13.25],
    [10, 7, 9.625, 6.625],
    [10, 7, 9.625, 6.625],
  ]);
});
