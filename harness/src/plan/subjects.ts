import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Implementation } from '@crossover/contract/implementation';
import type { Workload } from '@crossover/contract/workload';
import { messageOf, UserError } from '../error.js';
import type { CrossoverConfig } from './config.js';

/** Something found through the config, with the module that a trial imports it from. */
export interface Found<T> {
  readonly subject: T;
  /** `file:` URL of the module. */
  readonly module: string;
}

/** Every workload and implementation of the config. */
export interface Subjects {
  readonly workloads: readonly Found<Workload>[];
  readonly implementations: readonly Found<Implementation>[];
}

/**
 * Imports all that the config names.
 * @throws {UserError} when a folder has no module, or its module lacks the export.
 */
export async function findSubjects(config: CrossoverConfig, directory: string): Promise<Subjects> {
  return {
    workloads: await Promise.all(
      config.workloads.map((folder) => find<Workload>(directory, folder, 'workload')),
    ),
    implementations: await Promise.all(
      config.implementations.map((folder) => find<Implementation>(directory, folder, 'implementation')),
    ),
  };
}

async function find<T>(directory: string, folder: string, exported: string): Promise<Found<T>> {
  const root = path.resolve(directory, folder);
  try {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { main?: string };
    const module = pathToFileURL(path.join(root, manifest.main ?? 'index.js')).href;
    return { subject: await importExport<T>(module, exported), module };
  } catch (cause) {
    throw new UserError(
      `${folder} can't be used: ${messageOf(cause)}`,
      `it must be a package whose "main" exports \`${exported}\`; see ARCHITECTURE.md`,
      { cause },
    );
  }
}

/** The export named `name` of a module. */
export async function importExport<T>(module: string, name: string): Promise<T> {
  const exports = (await import(module)) as Record<string, unknown>;
  if (exports[name] === undefined) throw new Error(`${module} does not export \`${name}\``);
  return exports[name] as T;
}
