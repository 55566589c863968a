import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText, intervalText, shareText, significant } from './number-format.js';

test('a number has three significant digits and thousands separators', () => {
  for (const [value, text] of [
    [0, '0'],
    [0.012345, '0.0123'],
    [1.2, '1.20'],
    [999.6, '1,000'],
    [12_345, '12,300'],
    [1_234_567, '1,230,000'],
  ] as const) {
    assert.equal(significant(value), text);
  }
});

test('a share that only comes close to all or nothing does not read as all or nothing', () => {
  assert.equal(shareText(0.9999), '>99%');
  assert.equal(shareText(0.0001), '<1%');
  assert.equal(shareText(1), '100%');
  assert.equal(shareText(0), '0%');
  assert.equal(shareText(0.874), '87%');
});

test('a figure from a single trial has no interval', () => {
  assert.equal(intervalText({ value: 3, lo: null, hi: null, n: 1, warnings: [] }), null);
  assert.equal(intervalText({ value: 3, lo: 2, hi: 4.25, n: 6, warnings: [] }), '2.00–4.25');
});

test('a size is given in the unit that keeps it readable', () => {
  assert.equal(bytesText(640), '640 B');
  assert.equal(bytesText(1536), '1.50 KiB');
  assert.equal(bytesText(5 * 1024 * 1024), '5.00 MiB');
});
