import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inputs } from './inputs.js';
import { readJpegStructure } from './jpeg-structure.js';

// The pictures of 20 megapixels take seconds to make; whoever makes them compares their hashes.
for (const input of inputs.filter(({ name }) => !name.startsWith('photo-20mp'))) {
  test(`${input.name} has the bytes that it is known by`, async () => {
    const bytes = await input.bytes();
    assert.equal(createHash('sha256').update(bytes).digest('hex'), input.sha256);
    assert.equal(readJpegStructure(bytes).components.length, 3);
  });
}

test('names are unique', () => {
  assert.equal(new Set(inputs.map(({ name }) => name)).size, inputs.length);
});
