import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inputs } from './inputs.js';
import { parseOptions } from './options.js';
import { reference } from './reference.js';
import { viewTable } from './result-table.js';
import { checkFinite, viewFrame } from './series-frame.js';

/** Those that are made quickly; the hashes of the others are checked wherever they are used. */
const quick = inputs.filter(({ name }) => /10k|100k|20k|hourly/.test(name));

for (const input of quick) {
  test(`${input.name} has the bytes that its hash says`, async () => {
    const bytes = await input.bytes();
    assert.equal(createHash('sha256').update(bytes).digest('hex'), input.sha256);
    checkFinite(viewFrame(bytes));
  });
}

test('the seeded points are queried in 1,000 groups', async () => {
  for (const input of quick.filter(({ origin }) => origin === 'generated')) {
    const { count } = viewTable(reference(input.options, await input.bytes()));
    assert.equal(count.length, 1000, input.name);
  }
});

test('the seeded points are nearly but not quite in the order of time', async () => {
  const points = inputs.find(({ name }) => name === 'points-10k');
  const { time } = viewFrame((await points?.bytes()) ?? new Uint8Array());
  const outOfOrder = time.filter((ms, row) => row > 0 && ms < (time[row - 1] as number)).length;
  assert.ok(outOfOrder > 1000 && outOfOrder < 4000, `${outOfOrder} of 10,000`);
});

test('names are unique and queries complete', () => {
  assert.equal(new Set(inputs.map(({ name }) => name)).size, inputs.length);
  for (const { options } of inputs) assert.deepEqual(parseOptions(options), options);
});
