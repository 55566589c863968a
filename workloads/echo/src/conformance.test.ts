import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { conformanceCases } from './conformance.js';
import { workload } from './index.js';

test('the names of the conformance cases differ', () => {
  const names = conformanceCases.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test('the reference meets every conformance case, with a copy', async () => {
  for (const { name, options, input, expect } of conformanceCases) {
    const bytes = await input();
    const run = (): Uint8Array => workload.reference(options, bytes);
    if (expect === 'reference') {
      const output = run();
      assert.deepEqual(output, bytes, name);
      assert.notEqual(output.buffer, bytes.buffer, name);
    } else {
      assert.throws(run, new WorkloadError(expect.code as WorkloadError['code'], expect.message), name);
    }
  }
});
