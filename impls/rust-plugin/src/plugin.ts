import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ImplementationError } from '@crossover/contract/error';
import { LibraryFormatError, readLibraryFormat } from './library-format.js';
import { bindLibrary, type PluginAbi } from './plugin-abi.js';
import type { InstalledPlugin, PluginManifest } from './plugin-manifest.js';

/** A plugin whose library is mapped into this process and has been checked against its manifest. */
export interface Plugin {
  readonly manifest: PluginManifest;
  readonly abi: PluginAbi;
}

/**
 * Loads a plugin. What is loaded is a private copy with a name of its own: the loader would otherwise give the code that
 * is already mapped for a path again, and a library that is overwritten while mapped brings the process down. So the
 * installed file may be replaced at any time, and loading it again gives the new code.
 *
 * The copy's file is removed as soon as it is mapped, so that nothing is left behind, however the process ends. Whether
 * code that is no longer used is ever unmapped is up to the dynamic loader: a Rust library that has started a thread or
 * used a thread-local stays, so each replacement may cost its size in memory until the process ends.
 *
 * @throws {ImplementationError} the library is missing, damaged, for another machine, of another ABI version, lacks a
 * function, or can't do what its manifest says.
 */
export async function loadPlugin(installed: InstalledPlugin): Promise<Plugin> {
  const { manifest, libraryPath } = installed;
  const title = `the plugin ${manifest.name} ${manifest.version}`;
  const library = await readLibrary(libraryPath, title);
  checkFile(library, manifest, title);
  const abi = await bindCopy(library, basename(libraryPath), title);
  checkPromises(manifest, abi, title);
  return { manifest, abi };
}

async function readLibrary(path: string, title: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new ImplementationError(
      `the library of ${title} can't be read: ${(error as Error).message}`,
      installAgain,
      {
        cause: error,
      },
    );
  }
}

const installAgain = 'install the plugin again';

/** Refuses what must not reach the dynamic loader. */
function checkFile(library: Buffer, manifest: PluginManifest, title: string): void {
  const format = readFormat(library, title);
  const expected = process.platform === 'darwin' ? 'Mach-O' : 'ELF';
  if (format.format !== expected || !format.architectures.includes(process.arch)) {
    throw new ImplementationError(
      `${title} is built for ${format.architectures.join(' and ')} (${format.format}), ` +
        `this process is ${process.arch} (${expected})`,
      'install the build for this machine',
    );
  }
  if (createHash('sha256').update(library).digest('hex') !== manifest.sha256) {
    throw new ImplementationError(
      `the library of ${title} is damaged: its SHA-256 is not the manifest's`,
      installAgain,
    );
  }
}

function readFormat(library: Buffer, title: string) {
  try {
    return readLibraryFormat(library);
  } catch (error) {
    if (!(error instanceof LibraryFormatError)) throw error;
    throw new ImplementationError(`the library of ${title} is damaged: ${error.message}`, installAgain);
  }
}

async function bindCopy(library: Buffer, name: string, title: string): Promise<PluginAbi> {
  // mkdtemp makes the folder for this user alone (mode 0700).
  const folder = await mkdtemp(join(tmpdir(), 'crossover-plugin-'));
  try {
    const copy = join(folder, name);
    await writeFile(copy, library, { mode: 0o500 });
    return bindLibrary(copy, title);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The library itself must say what its manifest says. */
function checkPromises(manifest: PluginManifest, abi: PluginAbi, title: string): void {
  const { capabilities } = abi;
  const missing = manifest.capabilities.filter((workload) => !capabilities.workloads.includes(workload));
  if (missing.length > 0) {
    throw new ImplementationError(
      `${title} lacks the capability ${missing.join(', ')}; it has ${capabilities.workloads.join(', ')}`,
      installAgain,
    );
  }
}
