import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { defaults, parseOptions } from './options.js';

const refused = (raw: unknown, message: string): void => {
  assert.throws(() => parseOptions(raw), new WorkloadError('invalid-options', message));
};

test('what is not said has the default', () => {
  assert.deepEqual(parseOptions({}), defaults);
  assert.deepEqual(parseOptions({ to: 5, groupBy: undefined }), { ...defaults, to: 5 });
});

test('the same object is checked once', () => {
  const raw = { to: 5 };
  const query = parseOptions(raw);
  assert.equal(parseOptions(raw), query);
  assert.equal(parseOptions(query), query);
});

test('what is not an object is refused', () => {
  for (const raw of [undefined, null, 1, 'x', true, [], () => 0]) refused(raw, 'options must be an object');
});

test('an unknown name is reported before a wrong value', () => {
  refused({ from: 'x', window: 1 }, 'unknown option "window"');
});

test('wrong values are reported in the order of the specification', () => {
  refused({ percentiles: 1, from: 'x' }, 'option "from" must be null or a finite number');
});

test('a sparse array and a typed array are not arrays of codes', () => {
  const message = 'option "where" must be an array of {"dim": 0, 1 or 2, "in": array of codes}';
  refused({ where: [{ dim: 0, in: new Array(2) }] }, message);
  refused({ where: [{ dim: 0, in: Uint32Array.of(1) }] }, message);
});

test('a member named like one of every object is unknown', () => {
  refused({ constructor: 1 }, 'unknown option "constructor"');
});
