import { install } from '@crossover/cargo/artefact';
import { cargoBuild } from '@crossover/cargo/build';
import { ImplementationError } from '@crossover/contract/error';
import type { Availability } from '@crossover/contract/implementation';
import { addonPath } from './addon.js';

/**
 * Builds the addon for this process, and puts it under a name that Node loads as one. By cargo alone: `napi build` would name it, too, but compiles
 * it once for its own environment and, the second time, once more.
 */
export async function buildAddon(log: (line: string) => void): Promise<Availability> {
  const built = await cargoBuild({ package: 'crossover-ffi', log });
  if (built.status === 'unavailable') return built;
  const [library] = built.artefacts;
  if (library === undefined) {
    throw new ImplementationError('cargo built no library for crossover-ffi', 'report this as a bug');
  }
  return { status: 'ready', artefacts: [await install(library.path, addonPath)] };
}
