import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Subsampling } from './encoder-frame.js';
import { chromaSize } from './encoder-frame.js';
import { encodeJpeg } from './jpeg-encoder.js';
import { readJpegStructure } from './jpeg-structure.js';
import { quantisationTables } from './jpeg-tables.js';
import type { Plane } from './plane.js';
import { decodeForReference } from './reference-decoder.js';

const subsampling = fc.constantFrom<Subsampling>('4:4:4', '4:2:2', '4:2:0');
const side = fc.integer({ min: 1, max: 70 });

/** Noise of the whole range, which needs long codes and long runs. */
function noise(width: number, height: number, seed: number): Plane {
  let state = seed;
  const samples = Uint8Array.from({ length: width * height }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 24;
  });
  return { samples, width, height };
}

test('a grey picture comes back through jpeg-js, at the highest quality to within rounding', () => {
  fc.assert(
    fc.property(side, side, fc.integer(), fc.boolean(), (width, height, seed, progressive) => {
      const plane = noise(width, height, seed);
      const jpeg = encodeJpeg([plane], { quality: 100, subsampling: '4:2:0', progressive });
      const { rgb } = decodeForReference(jpeg, readJpegStructure(jpeg));
      plane.samples.forEach((sample, i) => {
        assert.ok(Math.abs((rgb[3 * i] as number) - sample) <= 4, `pixel ${i}: ${rgb[3 * i]} for ${sample}`);
      });
    }),
  );
});

test('a progressive file holds exactly the coefficients of the baseline file', () => {
  fc.assert(
    fc.property(
      fc.tuple(side, side, subsampling, fc.integer({ min: 1, max: 100 }), fc.integer()),
      ([width, height, subsampling, quality, seed]) => {
        const chroma = chromaSize(width, height, subsampling);
        const planes = [
          noise(width, height, seed),
          noise(chroma.width, chroma.height, seed + 1),
          noise(chroma.width, chroma.height, seed + 2),
        ];
        const [baseline, progressive] = [false, true].map((progressive) => {
          const jpeg = encodeJpeg(planes, { quality, subsampling, progressive });
          return decodeForReference(jpeg, readJpegStructure(jpeg));
        });
        assert.deepEqual(progressive, baseline);
      },
    ),
    { numRuns: 60 },
  );
});

test('restart intervals change no pixel', () => {
  const plane = noise(64, 48, 5);
  const planes = [plane, noise(32, 24, 6), noise(32, 24, 7)];
  const [without, withMarkers] = [0, 5].map((restartInterval) => {
    const jpeg = encodeJpeg(planes, { quality: 80, subsampling: '4:2:0', restartInterval });
    return decodeForReference(jpeg, readJpegStructure(jpeg));
  });
  assert.deepEqual(withMarkers, without);
});

test('the tables are scaled as libjpeg scales them', () => {
  // The first row of the luminance table that libjpeg-turbo writes for these qualities.
  assert.deepEqual([...quantisationTables(50).luminance.subarray(0, 8)], [16, 11, 10, 16, 24, 40, 51, 61]);
  assert.deepEqual([...quantisationTables(75).luminance.subarray(0, 8)], [8, 6, 5, 8, 12, 20, 26, 31]);
  assert.deepEqual([...quantisationTables(90).luminance.subarray(0, 8)], [3, 2, 2, 3, 5, 8, 10, 12]);
  assert.deepEqual(
    [...quantisationTables(10).luminance.subarray(0, 8)],
    [80, 55, 50, 80, 120, 200, 255, 255],
  );
  assert.ok(quantisationTables(100).chrominance.every((step) => step === 1));
});
