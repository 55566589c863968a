import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { it } from 'node:test';
import { implementation } from './index.js';
import { loadedBinaries } from './loaded-binaries.js';

it('packages that load are ready, with the size of their native libraries', async () => {
  const availability = await implementation.prepare(() => undefined);
  assert.equal(availability.status, 'ready');
  const names = availability.artefacts.map(({ path }) => basename(path));
  assert.ok(
    names.some((name) => name.includes('vips')),
    `libvips is missing among ${names.join(', ')}`,
  );
  assert.ok(
    names.some((name) => name.includes('duckdb')),
    `DuckDB is missing among ${names.join(', ')}`,
  );
  assert.ok(availability.artefacts.every(({ bytes }) => bytes > 100_000));
});

it('libraries of other packages are not counted', async () => {
  assert.deepEqual(await loadedBinaries(['@no-such-scope']), []);
});

it('an unknown variant is refused with the ones there are', async () => {
  await assert.rejects(implementation.open('gpu'), /npm-native has no variant "gpu"/);
});
