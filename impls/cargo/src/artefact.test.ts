import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { install } from './artefact.js';

test('a file is installed in one step: who has the one before keeps it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crossover-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const [built, path] = [join(folder, 'built'), join(folder, 'place', 'file')];
  await writeFile(built, 'first');
  assert.deepEqual(await install(built, path), { path, bytes: 5 });
  const inUse = await open(path);
  t.after(() => inUse.close());
  await writeFile(built, 'the second');
  assert.deepEqual(await install(built, path), { path, bytes: 10 });
  assert.equal(await inUse.readFile('utf8'), 'first');
  assert.equal(await readFile(path, 'utf8'), 'the second');
});

test('what can not be installed leaves nothing behind', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'crossover-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const built = join(folder, 'built');
  await writeFile(built, 'first');
  // A folder stands in its place.
  await mkdir(join(folder, 'place', 'file', 'full'), { recursive: true });
  await assert.rejects(install(built, join(folder, 'place', 'file')));
  assert.deepEqual(await readdir(join(folder, 'place')), ['file']);
});
