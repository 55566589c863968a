import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badOptionCases } from './conformance-options.js';
import { defaults, parseOptions } from './options.js';

test('missing members take their defaults', () => {
  assert.deepEqual(parseOptions({}), defaults);
  assert.deepEqual(parseOptions({ quality: 50, width: undefined }), { ...defaults, quality: 50 });
});

test('the same object is checked once', () => {
  const raw = { width: 10 };
  assert.equal(parseOptions(raw), parseOptions(raw));
  assert.equal(parseOptions(parseOptions(raw)), parseOptions(raw));
});

for (const { name, options, expect } of badOptionCases) {
  test(`refused: ${name}`, () => {
    assert.throws(() => parseOptions(options), { name: 'WorkloadError', ...(expect as object) });
  });
}

for (const raw of [null, undefined, 'width', 7]) {
  test(`options that are ${String(raw)} are refused`, () => {
    assert.throws(() => parseOptions(raw), { code: 'invalid-options', message: 'options must be an object' });
  });
}
