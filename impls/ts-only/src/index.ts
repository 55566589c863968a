import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImplementationError } from '@crossover/contract/error';
import type { Artefact, Implementation } from '@crossover/contract/implementation';
import { MainSession } from './main-session.js';
import { PoolSession } from './pool-session.js';
import { workloadNames } from './workloads.js';

/** The workloads in TypeScript: what a team has before it thinks of Rust, and the figure to beat. */
export const implementation: Implementation = {
  id: 'ts-only',
  summary: 'TypeScript on V8, on the main thread or in a pool of worker threads; nothing native.',
  traits: {
    toolchains: [],
    survivesNativeCrash: true,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: true,
    runsCore: false,
  },
  variants: [
    {
      id: 'main',
      summary: 'a plain function call on the event loop',
      workloads: workloadNames,
      blocksEventLoop: true,
    },
    {
      id: 'worker-pool',
      summary: 'a pool of worker threads, one per available processor; inputs through shared memory',
      workloads: workloadNames,
      blocksEventLoop: false,
    },
  ],
  async prepare() {
    return { status: 'ready', artefacts: await shippedFiles(import.meta.dirname) };
  },
  async open(variant) {
    switch (variant) {
      case 'main':
        return new MainSession();
      case 'worker-pool':
        return PoolSession.open();
      default:
        throw new ImplementationError(
          `ts-only has no variant ${JSON.stringify(variant)}`,
          'Use "main" or "worker-pool".',
        );
    }
  },
};

/** The compiled modules, without their tests. */
async function shippedFiles(folder: string): Promise<readonly Artefact[]> {
  const names = await readdir(folder, { recursive: true });
  const modules = names.filter((name) => name.endsWith('.js') && !/\.(test|fixture)\.js$/.test(name)).sort();
  return Promise.all(
    modules.map(async (name) => {
      const path = join(folder, name);
      return { path, bytes: (await stat(path)).size };
    }),
  );
}
