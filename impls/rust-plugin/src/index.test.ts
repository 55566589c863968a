import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { testSessions } from '@crossover/in-process/session-suite.fixture';
import { temporaryFolder } from './fake-plugin.fixture.js';
import { implementation, pluginsFolder } from './index.js';
import { PluginRegistry } from './plugin-registry.js';

testSessions(implementation);

test('the installed plugin says what its manifest says', async () => {
  const { manifest, abi } = await new PluginRegistry(pluginsFolder).load('crossover');
  const { isa, ...capabilities } = abi.capabilities;
  assert.ok(['scalar', 'avx2', 'neon'].includes(isa), isa);
  assert.deepEqual(capabilities, {
    name: manifest.name,
    version: manifest.version,
    workloads: manifest.capabilities,
  });
});

test('a session leaves no temporary file behind', async (t) => {
  const own = await temporaryFolder(t);
  const previous = process.env.TMPDIR ?? dirname(own);
  process.env.TMPDIR = own;
  t.after(() => {
    process.env.TMPDIR = previous;
  });
  const session = await implementation.open('async');
  await session.close();
  assert.deepEqual(await readdir(own), []);
});
