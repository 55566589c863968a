import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import fc from 'fast-check';
import { badJpegCases } from './conformance-bad.js';
import { insertedBefore, patched, segmentOf } from './damage.js';
import { fixture } from './fixtures.js';
import { corruptJpeg, marker, readJpegStructure } from './jpeg-structure.js';

test('the structure of a colour picture', () => {
  const structure = readJpegStructure(fixture(170, 130, { orientation: 6, progressive: true }));
  assert.equal(structure.width, 170);
  assert.equal(structure.height, 130);
  assert.equal(structure.process, 'progressive');
  assert.equal(structure.colour, 'ycbcr');
  assert.equal(structure.orientation, 6);
  assert.deepEqual(
    structure.components.map(({ id, horizontal, vertical }) => [id, horizontal, vertical]),
    [
      [1, 2, 2],
      [2, 1, 1],
      [3, 1, 1],
    ],
  );
});

test('coded data reach to the next marker, over stuffed zeros, restart markers and fill bytes', () => {
  const jpeg = fixture(64, 48, { restartInterval: 1 });
  const { dataEnd } = segmentOf(jpeg, marker.sos);
  assert.deepEqual([...jpeg.subarray(dataEnd)], [0xff, marker.eoi]);
  const filled = Uint8Array.from([...jpeg.subarray(0, dataEnd), 0xff, 0xff, ...jpeg.subarray(dataEnd)]);
  assert.equal(segmentOf(filled, marker.sos).dataEnd, dataEnd + 2);
});

test('a JFIF segment outweighs an Adobe segment', () => {
  const adobe = fixture(16, 16, { content: 'rgb', adobeTransform: 0 });
  assert.equal(readJpegStructure(adobe).colour, 'rgb');
  const { start, end } = segmentOf(fixture(16, 16), marker.app0);
  const jfif = fixture(16, 16).subarray(start - 4, end);
  assert.equal(readJpegStructure(insertedBefore(adobe, marker.dqt, jfif)).colour, 'ycbcr');
});

test('an Adobe segment without a transform says nothing', () => {
  const jpeg = insertedBefore(fixture(16, 16), marker.dqt, [0xff, marker.app14, 0, 7, 65, 100, 111, 98, 101]);
  const { start } = segmentOf(jpeg, marker.app0);
  const withoutJfif = patched(jpeg, start, [0]);
  assert.equal(readJpegStructure(withoutJfif).colour, 'ycbcr');
});

test('FF 00 between segments is no marker', () => {
  const jpeg = insertedBefore(fixture(16, 16), marker.dqt, [0xff, 0x00, 0, 2]);
  assert.throws(() => readJpegStructure(jpeg), corruptJpeg());
});

test('every error of the structure has its code and message', () => {
  for (const { name, input, expect } of badJpegCases) {
    const jpeg = input() as Uint8Array;
    try {
      readJpegStructure(jpeg);
    } catch (error) {
      assert.ok(error instanceof WorkloadError);
      assert.deepEqual({ code: error.code, message: error.message }, expect, name);
    }
  }
});

test('any prefix of a JPEG is truncated', () => {
  const jpeg = fixture(40, 30, { progressive: true, orientation: 3 });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: jpeg.length - 1 }), (length) => {
      assert.throws(() => readJpegStructure(jpeg.subarray(0, length)), { code: 'truncated-jpeg' });
    }),
  );
});
