import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { wireOptions } from './options.js';

test('options travel complete, as JSON', () => {
  const bytes = wireOptions('image', { width: 320, height: undefined });
  assert.deepEqual(JSON.parse(Buffer.from(bytes).toString()), {
    width: 320,
    height: 600,
    blurSigma: 0.6,
    sharpenSigma: 1.2,
    sharpenAmount: 0.8,
    quality: 90,
  });
});

test('the same options object is written once', () => {
  const options = {};
  assert.equal(wireOptions('time-series', options), wireOptions('time-series', options));
});

test('one options object may serve several workloads', () => {
  const options = {};
  assert.notDeepEqual(wireOptions('image', options), wireOptions('json', options));
});

test('what JSON would turn into null is refused', () => {
  assert.throws(
    () => wireOptions('time-series', { from: Number.NaN }),
    new WorkloadError('invalid-options', 'option "from" must be null or a finite number'),
  );
});

test('an unknown workload is refused, even one that objects have by inheritance', () => {
  for (const name of ['nope', 'constructor', '__proto__', '']) {
    assert.throws(
      () => wireOptions(name, {}),
      new WorkloadError('unknown-workload', `unknown workload "${name}"`),
    );
  }
});
