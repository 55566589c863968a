import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ImplementationError } from '@crossover/contract/error';
import { temporaryFolder } from './fake-plugin.fixture.js';
import { readManifest } from './plugin-manifest.js';

const complete = {
  name: 'sample',
  version: '1.2.3-rc.1+build.5',
  abiVersion: 1,
  capabilities: ['json'],
  file: 'lib/sample.so',
  sha256: '0'.repeat(64),
};

/** A plugin's folder with `lib/sample.so`, a file beside it, and this manifest; gives the manifest's path. */
async function plugin(t: TestContext, manifest: unknown): Promise<string> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'plugin', 'lib'), { recursive: true });
  await writeFile(join(folder, 'plugin', 'lib', 'sample.so'), 'library');
  await writeFile(join(folder, 'outside.so'), 'library');
  const path = join(folder, 'plugin', 'plugin.json');
  await writeFile(path, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  return path;
}

async function refusal(path: string): Promise<string> {
  try {
    await readManifest(path);
  } catch (error) {
    assert.ok(error instanceof ImplementationError, String(error));
    return error.message;
  }
  return assert.fail('the manifest was accepted');
}

test('a complete manifest gives the real path of its library', async (t) => {
  const path = await plugin(t, complete);
  const installed = await readManifest(path);
  assert.deepEqual(installed.manifest, complete);
  assert.ok(installed.libraryPath.endsWith(join('plugin', 'lib', 'sample.so')));
});

test('a file outside the manifest’s folder is refused, however it is written', async (t) => {
  const outside = [
    '../outside.so',
    'lib/../../outside.so',
    '..',
    '/etc/passwd',
    'C:\\outside.so',
    'C:/outside.so',
    '\\\\server\\share\\outside.so',
    'lib\\..\\..\\outside.so',
    'lib/sample.so\0.txt',
  ];
  for (const file of outside) {
    const path = await plugin(t, { ...complete, file });
    assert.match(await refusal(path), /its "file" must be a path inside its own folder$/, file);
  }
});

test('a symbolic link out of the folder is refused, of the file and of a folder on the way', async (t) => {
  const path = await plugin(t, { ...complete, file: 'link.so' });
  await symlink('../outside.so', join(path, '..', 'link.so'));
  assert.match(await refusal(path), /leads out of its own folder by a symbolic link$/);

  const byFolder = await plugin(t, { ...complete, file: 'up/outside.so' });
  await symlink('..', join(byFolder, '..', 'up'));
  assert.match(await refusal(byFolder), /leads out of its own folder by a symbolic link$/);
});

test('a symbolic link inside the folder is followed', async (t) => {
  const path = await plugin(t, { ...complete, file: 'link.so' });
  await symlink('lib/sample.so', join(path, '..', 'link.so'));
  assert.ok((await readManifest(path)).libraryPath.endsWith('sample.so'));
});

test('names and versions that could lead a path or a terminal astray are refused', async (t) => {
  for (const word of [
    '',
    '.',
    '..',
    '../evil',
    'a/b',
    'a\\b',
    'a\nb',
    '\u001b[31m',
    '-rf',
    'x'.repeat(65),
    'é',
  ]) {
    assert.match(await refusal(await plugin(t, { ...complete, name: word })), /at name/, word);
    assert.match(await refusal(await plugin(t, { ...complete, version: word })), /at version/, word);
  }
});

test('a manifest that is not JSON, incomplete or has unknown members is refused', async (t) => {
  assert.match(await refusal(await plugin(t, '{"name":')), /is refused: it is not JSON: /);
  assert.match(await refusal(await plugin(t, '[]')), /is refused: /);
  for (const member of Object.keys(complete)) {
    const { [member as keyof typeof complete]: _, ...rest } = complete;
    assert.match(await refusal(await plugin(t, rest)), new RegExp(`at ${member}`));
  }
  assert.match(await refusal(await plugin(t, { ...complete, postinstall: 'x' })), /postinstall/);
  assert.match(await refusal(await plugin(t, { ...complete, abiVersion: 1.5 })), /at abiVersion/);
  assert.match(await refusal(await plugin(t, { ...complete, capabilities: [] })), /at capabilities/);
  assert.match(await refusal(await plugin(t, { ...complete, sha256: 'abc' })), /at sha256/);
});

test('a missing manifest and a missing library are said to be missing', async (t) => {
  const folder = await temporaryFolder(t);
  assert.match(await refusal(join(folder, 'plugin.json')), /can't be read: ENOENT/);
  const path = await plugin(t, { ...complete, file: 'absent.so' });
  assert.match(await refusal(path), /^the plugin library .*absent\.so is missing$/);
});
