import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { conformanceCases } from './conformance.js';
import { parseOptions } from './options.js';
import { reference } from './reference.js';

test('the names of the conformance cases differ', () => {
  const names = conformanceCases.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});

test('the reference meets every conformance case', async () => {
  for (const { name, options, input, expect } of conformanceCases) {
    const bytes = await input();
    const run = (): Uint8Array => reference(parseOptions(options), bytes);
    if (expect === 'reference') {
      assert.ok(run().length > 0, name);
    } else {
      assert.throws(run, new WorkloadError(expect.code as WorkloadError['code'], expect.message), name);
    }
  }
});
