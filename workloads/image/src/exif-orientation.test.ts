import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exifOrientation, type Orientation, turnOf } from './exif-orientation.js';

const littleEndian = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
const bigEndian = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];

test('both byte orders', () => {
  assert.equal(exifOrientation(Uint8Array.from(littleEndian)), 6);
  assert.equal(exifOrientation(Uint8Array.from(bigEndian)), 6);
});

test('a value that is no SHORT, or no single one, means upright', () => {
  assert.equal(exifOrientation(Uint8Array.from(littleEndian.with(12, 4))), 1);
  assert.equal(exifOrientation(Uint8Array.from(littleEndian.with(14, 2))), 1);
});

test('other entries are passed over', () => {
  const other = [0x00, 0x01, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0];
  const tiff = [...littleEndian.slice(0, 8), 2, 0, ...other, ...littleEndian.slice(10)];
  assert.equal(exifOrientation(Uint8Array.from(tiff)), 6);
});

test('arbitrary bytes give an orientation', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, little) => {
      const header = (little ? littleEndian : bigEndian).slice(0, 4);
      const orientation = exifOrientation(Uint8Array.from([...header, ...bytes]));
      assert.ok(orientation >= 1 && orientation <= 8);
    }),
  );
});

/** A picture of 3 × 2 letters, turned. */
function turnedLetters(orientation: Orientation): string {
  const { mirrorX, mirrorY, transpose } = turnOf(orientation);
  let rows = ['abc', 'def'].map((row) => [...row]);
  if (mirrorX) rows = rows.map((row) => row.reverse());
  if (mirrorY) rows.reverse();
  if (transpose) rows = [0, 1, 2].map((x) => rows.map((row) => row[x] as string));
  return rows.map((row) => row.join('')).join('/');
}

test('the eight turns', () => {
  const turns = ([1, 2, 3, 4, 5, 6, 7, 8] as const).map(turnedLetters);
  assert.deepEqual(turns, [
    'abc/def',
    'cba/fed',
    'fed/cba',
    'def/abc',
    'ad/be/cf',
    'da/eb/fc',
    'fc/eb/da',
    'cf/be/ad',
  ]);
});
