import { stat } from 'node:fs/promises';
import { normalize, sep } from 'node:path';
import type { Artefact } from '@crossover/contract/implementation';

/**
 * The native libraries that this process has loaded from npm packages of the given scopes (`@img`). Asks the process
 * itself, through Node's diagnostic report, and so needs no knowledge of how each package names its platforms.
 */
export async function loadedBinaries(scopes: readonly string[]): Promise<readonly Artefact[]> {
  const folders = scopes.map((scope) => `${sep}node_modules${sep}${scope}${sep}`);
  const paths = sharedObjects()
    .map((path) => normalize(path))
    .filter((path) => folders.some((folder) => path.includes(folder)));
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
}

function sharedObjects(): readonly string[] {
  const report = process.report.getReport();
  const listed = 'sharedObjects' in report ? report.sharedObjects : [];
  return Array.isArray(listed) ? listed.filter((path) => typeof path === 'string') : [];
}
