import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generateOrders } from './generate-orders.js';
import { inputs } from './inputs.js';
import { parseOptions } from './options.js';
import { reference } from './reference.js';

for (const input of inputs) {
  test(`the bytes of ${input.name} are those that were published`, async () => {
    assert.equal(
      createHash('sha256')
        .update(await input.bytes())
        .digest('hex'),
      input.sha256,
    );
  });

  test(`the options of ${input.name} are complete and shorten it`, async () => {
    const options = parseOptions(input.options);
    assert.deepEqual(options, input.options);
    const bytes = await input.bytes();
    assert.ok(reference(options, bytes).length < reference(parseOptions({}), bytes).length);
  });
}

test('orders fill the size to within one order', () => {
  for (const size of [5_000, 50_000, 500_000]) {
    const { length } = generateOrders(size, 1);
    assert.ok(length <= size && length > size - 4_000, `${length} of ${size}`);
  }
});

test('another seed makes other orders', () => {
  assert.notDeepEqual(generateOrders(5_000, 1), generateOrders(5_000, 2));
});
