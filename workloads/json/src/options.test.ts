import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { defaults, parseOptions } from './options.js';

test('no options are the defaults', () => {
  assert.deepEqual(parseOptions({}), defaults);
  assert.deepEqual(parseOptions({ drop: undefined, totals: undefined }), defaults);
});

test('options are complete, and keep what was given', () => {
  const given = { rename: { a: 'b' }, totals: { array: 'a', left: 'b', right: 'c', into: 'd' } };
  assert.deepEqual(parseOptions(given), { ...defaults, ...given });
});

test('a renamed __proto__ is a member like others', () => {
  const options = parseOptions({ rename: JSON.parse('{"__proto__":"p"}') });
  assert.deepEqual(Object.entries(options.rename), [['__proto__', 'p']]);
});

test('the same object is checked once, and a result is its own', () => {
  const raw = { dropNulls: true };
  const options = parseOptions(raw);
  assert.equal(parseOptions(raw), options);
  assert.equal(parseOptions(options), options);
});

test('options that are no object are refused', () => {
  for (const raw of [null, undefined, 1, 'a', []]) {
    assert.throws(() => parseOptions(raw), new WorkloadError('invalid-options', 'options must be an object'));
  }
});

test('a hole is no string', () => {
  assert.throws(
    () => parseOptions({ drop: new Array(1) }),
    new WorkloadError('invalid-options', 'option "drop" must be an array of strings'),
  );
});
