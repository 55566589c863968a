import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileFake, fakeDescription, temporaryFolder } from './fake-plugin.fixture.js';
import { installPlugin } from './install.js';
import { readManifest } from './plugin-manifest.js';

test('what is installed is what the manifest says', async (t) => {
  const folder = await temporaryFolder(t);
  const library = await compileFake(t);
  const installed = await installPlugin(folder, library, fakeDescription);
  assert.deepEqual(await readFile(installed), await readFile(library));
  const { manifest, libraryPath } = await readManifest(join(folder, 'fake-1.0.0', 'plugin.json'));
  assert.deepEqual({ ...manifest, ...fakeDescription }, manifest);
  assert.deepEqual(await readFile(libraryPath), await readFile(library));
});

test('installing the same again changes nothing and leaves nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  const library = await compileFake(t);
  const first = await installPlugin(folder, library, fakeDescription);
  const files = await readdir(join(folder, 'fake-1.0.0'));
  assert.equal(await installPlugin(folder, library, fakeDescription), first);
  assert.deepEqual(await readdir(join(folder, 'fake-1.0.0')), files);
});

test('a manifest that can’t be read is replaced', async (t) => {
  const folder = await temporaryFolder(t);
  const library = await compileFake(t);
  await installPlugin(folder, library, fakeDescription);
  const path = join(folder, 'fake-1.0.0', 'plugin.json');
  await writeFile(path, '{"file": "../../');
  await installPlugin(folder, library, fakeDescription);
  assert.equal((await readManifest(path)).manifest.name, 'fake');
});
