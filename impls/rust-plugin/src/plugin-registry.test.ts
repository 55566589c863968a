import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ImplementationError } from '@crossover/contract/error';
import { type FakePlugin, installFake, temporaryFolder } from './fake-plugin.fixture.js';
import type { PluginDescription } from './install.js';
import type { Plugin } from './plugin.js';
import { PluginLibrary } from './plugin-library.js';
import { PluginRegistry } from './plugin-registry.js';

/** What the plugin says when it is called. */
function wordOf(plugin: Plugin): string {
  const caller = new PluginLibrary(plugin.abi).newCaller();
  const empty = new Uint8Array(0);
  const word = Buffer.from(caller.call('json', empty, empty).output).toString();
  caller.free();
  return word;
}

async function failure(registry: PluginRegistry, name = 'fake', version?: string): Promise<string> {
  try {
    await registry.load(name, version);
  } catch (error) {
    assert.ok(error instanceof ImplementationError, String(error));
    assert.notEqual(error.remedy, '');
    return error.message;
  }
  return assert.fail('the plugin was loaded');
}

/** Replaces the installed library by `change` of it, and the hash in the manifest with it. */
async function tamper(library: string, change: (file: Buffer) => Buffer): Promise<void> {
  const changed = change(await readFile(library));
  await writeFile(library, changed);
  const manifestPath = join(library, '..', 'plugin.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
  manifest.sha256 = createHash('sha256').update(changed).digest('hex');
  await writeFile(manifestPath, JSON.stringify(manifest));
}

/** A folder of plugins with one in it. */
async function registryWith(
  t: TestContext,
  plugin: FakePlugin = {},
  description: Partial<PluginDescription> = {},
) {
  const folder = await temporaryFolder(t);
  const library = await installFake(t, folder, plugin, description);
  return { registry: new PluginRegistry(folder), library };
}

test('several versions lie side by side: the one asked for is loaded, else the newest', async (t) => {
  const { registry } = await registryWith(t, { word: 'two' }, { version: '1.2.0' });
  await installFake(t, registry.folder, { word: 'ten' }, { version: '1.10.0' });
  await installFake(t, registry.folder, { word: 'candidate' }, { version: '1.10.0-rc.1' });
  const { plugins } = await registry.discover();
  assert.deepEqual(
    plugins.map(({ manifest }) => manifest.version),
    ['1.2.0', '1.10.0-rc.1', '1.10.0'],
  );
  const old = await registry.load('fake', '1.2.0');
  assert.equal(wordOf(old), 'two');
  assert.equal(wordOf(await registry.load('fake')), 'ten');
  assert.equal(wordOf(await registry.load('fake', '1.10.0-rc.1')), 'candidate');
  assert.equal(wordOf(old), 'two');
});

test('a plugin is replaced without a restart, and what was loaded before goes on working', async (t) => {
  const { registry, library } = await registryWith(t, { word: 'before' });
  const before = await registry.load('fake');
  const replaced = await installFake(t, registry.folder, { word: 'after' });
  const after = await registry.load('fake');
  assert.deepEqual([wordOf(before), wordOf(after)], ['before', 'after']);
  assert.notEqual(replaced, library);
  assert.deepEqual((await readdir(join(library, '..'))).sort(), [basename(replaced), 'plugin.json'].sort());
});

test('a plugin whose installed files are removed goes on working', async (t) => {
  const { registry } = await registryWith(t);
  const plugin = await registry.load('fake');
  await rm(registry.folder, { recursive: true });
  assert.equal(wordOf(plugin), 'hello');
  assert.match(await failure(registry), /^there is no plugin "fake" in .* \(found: none\)$/);
});

test('loading leaves no temporary file behind, whether it succeeds or fails', async (t) => {
  const own = await temporaryFolder(t);
  const { registry } = await registryWith(t);
  await installFake(t, registry.folder, { lacksLoad: true }, { name: 'lacking' });
  const previous = process.env.TMPDIR;
  process.env.TMPDIR = own;
  t.after(() => {
    if (previous === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previous;
  });
  await registry.load('fake');
  await failure(registry, 'lacking');
  assert.deepEqual(await readdir(own), []);
});

test('a plugin that is not there is named together with those that are', async (t) => {
  const { registry } = await registryWith(t);
  assert.match(
    await failure(registry, 'other'),
    /^there is no plugin "other" in .* \(found: fake 1\.0\.0\)$/,
  );
  assert.match(await failure(registry, 'fake', '2.0.0'), /^there is no plugin "fake" 2\.0\.0 in /);
});

test('a refused manifest does not hide the other plugins', async (t) => {
  const { registry } = await registryWith(t);
  await mkdir(join(registry.folder, 'broken'));
  await writeFile(join(registry.folder, 'broken', 'plugin.json'), '{}');
  await mkdir(join(registry.folder, 'empty'));
  const { plugins, refused } = await registry.discover();
  assert.equal(plugins.length, 1);
  assert.deepEqual(refused.map(({ message }) => /broken|empty/.exec(message)?.[0]).sort(), [
    'broken',
    'empty',
  ]);
  assert.equal(wordOf(await registry.load('fake')), 'hello');
});

test('a folder that does not exist holds no plugins', async (t) => {
  const folder = join(await temporaryFolder(t), 'absent');
  assert.deepEqual(await new PluginRegistry(folder).discover(), { plugins: [], refused: [] });
});

test('a library that is missing is said to be missing', async (t) => {
  const { registry, library } = await registryWith(t);
  await rm(library);
  assert.match(await failure(registry), /the plugin library .* is missing/);
});

test('a library with another hash than the manifest’s is never loaded', async (t) => {
  const { registry, library } = await registryWith(t);
  const file = await readFile(library);
  file.writeUInt8(file.readUInt8(file.length >> 1) ^ 1, file.length >> 1);
  await writeFile(library, file);
  assert.equal(
    await failure(registry),
    "the library of the plugin fake 1.0.0 is damaged: its SHA-256 is not the manifest's",
  );
});

test('a library that is cut short is never loaded', async (t) => {
  const { registry, library } = await registryWith(t);
  await tamper(library, (file) => file.subarray(0, file.length - 100));
  assert.equal(await failure(registry), 'the library of the plugin fake 1.0.0 is damaged: it is cut short');
});

test('a file that is no library is never loaded', async (t) => {
  const { registry, library } = await registryWith(t);
  await tamper(library, () => Buffer.from('this is a text'));
  assert.equal(
    await failure(registry),
    'the library of the plugin fake 1.0.0 is damaged: it is no shared library',
  );
});

test('a library for another architecture is refused by name', async (t) => {
  const { registry, library } = await registryWith(t);
  const foreign = process.arch === 'arm64' ? 'x64' : 'arm64';
  await tamper(library, (file) => madeFor(foreign, file));
  assert.match(
    await failure(registry),
    new RegExp(
      `^the plugin fake 1\\.0\\.0 is built for ${foreign} \\(.*\\), this process is ${process.arch} `,
    ),
  );
});

test('a library that says it has another ABI version is refused', async (t) => {
  const { registry } = await registryWith(t, { abiVersion: 2 });
  assert.equal(await failure(registry), 'the plugin fake 1.0.0 has ABI version 2; version 1 is needed');
});

test('a manifest with another ABI version is refused before the library is loaded', async (t) => {
  const { registry, library } = await registryWith(t, {}, { abiVersion: 7 });
  await tamper(library, () => Buffer.from('would be found damaged'));
  assert.equal(await failure(registry), 'the plugin fake 1.0.0 has ABI version 7; version 1 is needed');
});

test('a library without one of the functions is refused, with the function’s name', async (t) => {
  const { registry } = await registryWith(t, { lacksLoad: true });
  assert.equal(await failure(registry), 'the plugin fake 1.0.0 lacks the function crossover_load');
});

test('a library that can’t do what its manifest promises is refused', async (t) => {
  const { registry } = await registryWith(t, { workloads: ['image'] }, { capabilities: ['json', 'image'] });
  assert.equal(await failure(registry), 'the plugin fake 1.0.0 lacks the capability json; it has image');
});

test('capabilities that can’t be read are refused', async (t) => {
  const { registry } = await registryWith(t, { workloads: [1 as unknown as string] });
  assert.equal(
    await failure(registry),
    "the plugin fake 1.0.0 tells its capabilities in a form that can't be read",
  );
});

test('a library that the loader refuses is refused with the loader’s words', async (t) => {
  const { registry, library } = await registryWith(t);
  // A header that passes and a body that no loader takes.
  await tamper(library, (file) => {
    const empty = Buffer.from(file.subarray(0, 64));
    empty.fill(0, 32);
    return empty;
  });
  assert.match(await failure(registry), /^the plugin fake 1\.0\.0 can't be loaded: /);
});

/** The same library with another machine in its header. */
function madeFor(architecture: 'x64' | 'arm64', file: Buffer): Buffer {
  const changed = Buffer.from(file);
  if (process.platform === 'darwin') {
    changed.writeUInt32LE(architecture === 'x64' ? 0x01000007 : 0x0100000c, 4);
  } else {
    changed.writeUInt16LE(architecture === 'x64' ? 62 : 183, 18);
  }
  return changed;
}
