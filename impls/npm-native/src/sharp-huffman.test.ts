import assert from 'node:assert/strict';
import { test } from 'node:test';
import { without } from '@crossover/workload-image/damage';
import { fixture } from '@crossover/workload-image/fixtures';
import { marker, readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import { checkHuffmanTables } from './sharp-huffman.js';

const check = (jpeg: Uint8Array): void => checkHuffmanTables(jpeg, readJpegStructure(jpeg));

test('files with all their tables pass', () => {
  for (const progressive of [false, true]) {
    for (const content of ['grey', 'colour'] as const) check(fixture(40, 30, { progressive, content }));
  }
});

test('a file that lacks any one table is refused', () => {
  const jpeg = fixture(40, 30);
  const tables = readJpegStructure(jpeg).segments.filter(({ code }) => code === marker.dht);
  assert.equal(tables.length, 4);
  for (const { start, end } of tables) {
    const lacking = Uint8Array.from([...jpeg.subarray(0, start - 4), ...jpeg.subarray(end)]);
    assert.throws(() => check(lacking), { code: 'corrupt-jpeg' });
  }
});

test('a progressive file without its first AC table is refused', () => {
  const jpeg = without(
    without(fixture(40, 30, { progressive: true, content: 'grey' }), marker.dht),
    marker.dht,
  );
  assert.throws(() => check(jpeg), { code: 'corrupt-jpeg' });
});
