import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPlugin, type PluginDescription } from './install.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** What a small plugin, compiled from C, claims and does. */
export interface FakePlugin {
  /** The output of every call. */
  readonly word?: string;
  readonly abiVersion?: number;
  readonly workloads?: readonly string[];
  readonly lacksLoad?: boolean;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossover-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Compiles a plugin; gives the path of its library. */
export async function compileFake(t: TestContext, plugin: FakePlugin = {}): Promise<string> {
  const library = join(await temporaryFolder(t), 'fake.so');
  const text = (value: string) => JSON.stringify(value);
  await promisify(execFile)(process.env.CC ?? 'cc', [
    '-shared',
    '-fPIC',
    `-DWORD=${text(plugin.word ?? 'hello')}`,
    `-DREPORTED_ABI=${plugin.abiVersion ?? 1}`,
    `-DWORKLOADS=${text(JSON.stringify(plugin.workloads ?? ['json']))}`,
    ...(plugin.lacksLoad ? ['-DLACKS_LOAD'] : []),
    '-I',
    join(packageFolder, 'include'),
    '-o',
    library,
    join(packageFolder, 'fixtures', 'fake-plugin.c'),
  ]);
  return library;
}

/** Compiles a plugin and installs it in `folder`; gives the path of the installed library. */
export async function installFake(
  t: TestContext,
  folder: string,
  plugin: FakePlugin = {},
  description: Partial<PluginDescription> = {},
): Promise<string> {
  const library = await compileFake(t, plugin);
  return installPlugin(folder, library, { ...fakeDescription, ...description });
}

/** What the manifest of a fake plugin says unless told otherwise. */
export const fakeDescription: PluginDescription = {
  name: 'fake',
  version: '1.0.0',
  abiVersion: 1,
  capabilities: ['json'],
};
