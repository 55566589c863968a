import { fileURLToPath } from 'node:url';
import { measured } from '@crossover/cargo/artefact';
import { cargoBuild } from '@crossover/cargo/build';
import { platform } from '@crossover/cargo/target';
import { ImplementationError } from '@crossover/contract/error';
import type { Availability, Implementation, Session, Variant } from '@crossover/contract/implementation';
import { type Dispatch, OnThisThread, OnThreadPool } from '@crossover/in-process/dispatch';
import type { Library } from '@crossover/in-process/library';
import { InProcessSession } from '@crossover/in-process/session';
import { installPlugin } from './install.js';
import { abiVersion } from './plugin-abi.js';
import { type Dataset, PluginLibrary } from './plugin-library.js';
import { PluginRegistry } from './plugin-registry.js';

/** Where prepare() installs the plugin. */
export const pluginsFolder = fileURLToPath(new URL(`../plugins/${platform}`, import.meta.url));
const pluginName = 'crossover';
const pluginVersion = '0.1.0';
const workloads = ['json', 'image', 'time-series', 'echo'];

const variants: readonly Variant[] = [
  {
    id: 'sync',
    summary: 'the call runs on the event loop',
    workloads,
    blocksEventLoop: true,
  },
  {
    id: 'async',
    summary: 'the call runs on libuv’s thread pool',
    workloads,
    blocksEventLoop: false,
  },
];

const dispatches: Readonly<Record<string, (library: Library<Dataset>) => Dispatch<Dataset>>> = {
  sync: (library) => new OnThisThread(library),
  async: (library) => new OnThreadPool(library),
};

/** The Rust core as a plugin: a shared library with a C ABI that is found, checked and loaded at run time. */
export const implementation: Implementation = {
  id: 'rust-plugin',
  summary: 'Rust in a shared library with a C ABI, loaded by path at run time through koffi',
  traits: {
    toolchains: ['rust'],
    survivesNativeCrash: false,
    scalesIndependently: false,
    replaceableWithoutRestart: true,
    singleArtefact: false,
    runsCore: true,
  },
  variants,
  prepare,
  open,
};

async function prepare(log: (line: string) => void): Promise<Availability> {
  const built = await cargoBuild({ package: 'crossover-plugin', log });
  if (built.status === 'unavailable') return built;
  const [library] = built.artefacts;
  if (library === undefined) {
    throw new ImplementationError('cargo built no library for crossover-plugin', 'report this as a bug');
  }
  const path = await installPlugin(pluginsFolder, library.path, {
    name: pluginName,
    version: pluginVersion,
    abiVersion,
    capabilities: workloads,
  });
  return { status: 'ready', artefacts: [await measured(path)] };
}

async function open(variant: string): Promise<Session> {
  const dispatch = dispatches[variant];
  if (dispatch === undefined) {
    throw new ImplementationError(
      `rust-plugin has no variant "${variant}"`,
      `choose one of ${variants.map(({ id }) => id).join(', ')}`,
    );
  }
  const plugin = await new PluginRegistry(pluginsFolder).load(pluginName);
  const library = new PluginLibrary(plugin.abi);
  return new InProcessSession(library, dispatch(library));
}
