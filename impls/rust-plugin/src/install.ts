import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { manifestFileName, type PluginManifest } from './plugin-manifest.js';

/** What the manifest says besides what is found in the file. */
export type PluginDescription = Omit<PluginManifest, 'file' | 'sha256'>;

/**
 * Puts a library and its manifest into a folder of plugins, or replaces what is there under the same name and version.
 * Each file appears at once and whole; the library has its hash in its name, so that at no time a manifest stands beside
 * a library that is not its own.
 * @returns the path of the installed library
 */
export async function installPlugin(
  folder: string,
  libraryPath: string,
  description: PluginDescription,
): Promise<string> {
  const library = await readFile(libraryPath);
  const sha256 = createHash('sha256').update(library).digest('hex');
  const file = `${sha256.slice(0, 16)}-${basename(libraryPath)}`;
  const target = join(folder, `${description.name}-${description.version}`);
  await mkdir(target, { recursive: true });
  const previous = await installedFile(target);
  await writeWhole(join(target, file), library);
  const manifest: PluginManifest = { ...description, file, sha256 };
  await writeWhole(join(target, manifestFileName), `${JSON.stringify(manifest, undefined, 2)}\n`);
  if (previous !== undefined && previous !== file) await rm(join(target, previous), { force: true });
  return join(target, file);
}

async function installedFile(target: string): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(target, manifestFileName), 'utf8')) as PluginManifest;
    return basename(manifest.file);
  } catch {
    // Nothing is installed, or nothing that could be used: nothing to tidy up.
    return undefined;
  }
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
