import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { defaults, parseOptions } from './options.js';

test('no options are all the options there are', () => {
  assert.equal(parseOptions({}), defaults);
  assert.equal(parseOptions({ times: undefined }), defaults);
});

test('any option is unknown, and the first is named', () => {
  assert.throws(
    () => parseOptions({ times: 2, delay: 1 }),
    new WorkloadError('invalid-options', 'unknown option "times"'),
  );
});

test('options that are no object are refused', () => {
  for (const raw of [null, undefined, 1, 'a', []]) {
    assert.throws(() => parseOptions(raw), new WorkloadError('invalid-options', 'options must be an object'));
  }
});
