import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './check.js';

test('the same bytes are equal, and so are none', () => {
  assert.deepEqual(check(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), { verdict: 'equal' });
  assert.deepEqual(check(new Uint8Array(0), new Uint8Array(0)), { verdict: 'equal' });
});

test('the first byte that differs is shown', () => {
  assert.deepEqual(check(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 255, 4)), {
    verdict: 'differs',
    where: 'the output (3 bytes) differs from the input (3 bytes) at byte 1: 02 instead of ff',
  });
});

test('an output that is cut short or too long differs where one of the two ends', () => {
  assert.deepEqual(check(Uint8Array.of(1), Uint8Array.of(1, 10)), {
    verdict: 'differs',
    where: 'the output (1 bytes) differs from the input (2 bytes) at byte 1: its end instead of 0a',
  });
  assert.deepEqual(check(Uint8Array.of(1), new Uint8Array(0)), {
    verdict: 'differs',
    where: 'the output (1 bytes) differs from the input (0 bytes) at byte 0: 01 instead of its end',
  });
});
