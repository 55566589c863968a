import { ImplementationError } from '@crossover/contract/error';
import type { Implementation, Session, Variant } from '@crossover/contract/implementation';
import { type Dispatch, OnThisThread, OnThreadPool } from '@crossover/in-process/dispatch';
import { InBatches } from '@crossover/in-process/in-batches';
import type { QueueingLibrary } from '@crossover/in-process/library';
import { InProcessSession } from '@crossover/in-process/session';
import { type Dataset, loadAddon } from './addon.js';
import { AddonLibrary } from './addon-library.js';
import { buildAddon } from './build-addon.js';

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
  {
    id: 'batch',
    summary: 'calls made in one turn of the event loop cross to libuv’s thread pool together',
    workloads,
    blocksEventLoop: false,
  },
];

const dispatches: Readonly<Record<string, (library: QueueingLibrary<Dataset>) => Dispatch<Dataset>>> = {
  sync: (library) => new OnThisThread(library),
  async: (library) => new OnThreadPool(library),
  batch: (library) => new InBatches(library),
};

/** The Rust core inside the Node process, as a Node-API addon. */
export const implementation: Implementation = {
  id: 'rust-ffi',
  summary: 'Rust in the Node process as a Node-API addon (napi-rs), called like a function',
  traits: {
    toolchains: ['rust'],
    survivesNativeCrash: false,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: true,
    runsCore: true,
  },
  variants,
  prepare: buildAddon,
  open,
};

async function open(variant: string): Promise<Session> {
  const dispatch = dispatches[variant];
  if (dispatch === undefined) {
    throw new ImplementationError(
      `rust-ffi has no variant "${variant}"`,
      `choose one of ${variants.map(({ id }) => id).join(', ')}`,
    );
  }
  const library = new AddonLibrary(loadAddon());
  return new InProcessSession(library, dispatch(library));
}
