import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inputs } from './inputs.js';
import { randomBytes } from './random-bytes.js';

for (const input of inputs) {
  test(`the bytes of ${input.name} are those that were published`, async () => {
    assert.equal(
      createHash('sha256')
        .update(await input.bytes())
        .digest('hex'),
      input.sha256,
    );
  });
}

test('all bytes occur about equally often', () => {
  const size = 256 * 1024;
  const times = new Array<number>(256).fill(0);
  for (const byte of randomBytes(size, 7)) times[byte] = (times[byte] ?? 0) + 1;
  // Binomial(262144, 1/256): six standard deviations are 192.
  for (const [byte, count] of times.entries()) {
    assert.ok(Math.abs(count - size / 256) < 192, `${byte}: ${count}`);
  }
});

test('another seed makes other bytes', () => {
  assert.notDeepEqual(randomBytes(64, 1), randomBytes(64, 2));
});
