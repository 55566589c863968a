import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ValueNoise } from './value-noise.js';

const width = 40;

function rows(seed: number, shift: number, count: number): readonly Int32Array[] {
  const noise = new ValueNoise(seed, shift, width);
  return Array.from({ length: count }, (_, y) => {
    const row = new Int32Array(width);
    noise.addRow(y, 1, row);
    return row;
  });
}

test('a seed always gives the same noise, another seed another', () => {
  assert.deepEqual(rows(1, 3, 30), rows(1, 3, 30));
  assert.notDeepEqual(rows(1, 3, 30), rows(2, 3, 30));
});

test('noise is smooth within a cell, in both directions', () => {
  const picture = rows(7, 5, 100);
  // Smoothstep is at most 1.5 times as steep as the straight line between two lattice values, 65535 apart at most.
  const steepest = (1.5 * 65535) / 32 + 256;
  picture.forEach((row, y) => {
    row.forEach((value, x) => {
      const right = row[x + 1] ?? value;
      const below = picture[y + 1]?.[x] ?? value;
      assert.ok(Math.abs(right - value) < steepest && Math.abs(below - value) < steepest);
    });
  });
});
