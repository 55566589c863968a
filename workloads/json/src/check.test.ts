import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './check.js';

test('the same bytes are equal', () => {
  assert.deepEqual(check(Buffer.from('[1]'), Buffer.from('[1]')), { verdict: 'equal' });
});

test('the first byte that differs is shown with what is around it', () => {
  const text = '{"name":"value","other":[1,2,3],"last":true}';
  assert.deepEqual(check(Buffer.from(text.replace('2', '5')), Buffer.from(text)), {
    verdict: 'differs',
    where:
      'the output (44 bytes) differs from the reference (44 bytes) at byte 27: ' +
      '…"ame\\":\\"value\\",\\"other\\":[1,5,3],\\"last\\":true"… instead of …"ame\\":\\"value\\",\\"other\\":[1,2,3],\\"last\\":true"…',
  });
});

test('an output that is cut short differs at its end', () => {
  assert.deepEqual(check(Buffer.from('[1'), Buffer.from('[1]')), {
    verdict: 'differs',
    where: 'the output (2 bytes) differs from the reference (3 bytes) at byte 2: "[1" instead of "[1]"',
  });
});
