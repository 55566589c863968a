import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep, win32 } from 'node:path';
import { ImplementationError } from '@crossover/contract/error';
import { z } from 'zod';

/** The name of every manifest. */
export const manifestFileName = 'plugin.json';

/** Names and versions become parts of paths and of messages: no separators, no control characters. */
const word = z.string().regex(/^[a-z0-9][a-z0-9.+-]{0,63}$/i, 'must be letters, digits, ".", "+" and "-"');

const manifestSchema = z.strictObject({
  /** What the plugin is called; several versions of a name may lie side by side. */
  name: word,
  version: word,
  /** Version of the C ABI that the library was built for. */
  abiVersion: z.int().min(1),
  /** Names of the workloads that the library must do. */
  capabilities: z.array(word).min(1),
  /** The library's file, relative to the manifest's folder, with `/` as separator. */
  file: z.string().min(1).max(255),
  /** SHA-256 of the file in hexadecimal: a damaged or exchanged library is never loaded. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
});

/** What a plugin says about itself, in a file beside its library. */
export type PluginManifest = Readonly<z.infer<typeof manifestSchema>>;

/** A manifest that has been read, with the real path of its library. */
export interface InstalledPlugin {
  readonly manifest: PluginManifest;
  readonly libraryPath: string;
}

/**
 * Reads and checks a manifest.
 * @throws {ImplementationError} it is missing, no JSON, incomplete, or names a file outside its own folder.
 */
export async function readManifest(path: string): Promise<InstalledPlugin> {
  const manifest = parseManifest(await readText(path), path);
  return { manifest, libraryPath: await resolveInside(dirname(path), manifest.file, path) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ImplementationError(
      `the plugin manifest ${path} can't be read: ${(error as Error).message}`,
      'put a manifest there, or leave the folder out',
      { cause: error },
    );
  }
}

function parseManifest(text: string, path: string): PluginManifest {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw refused(path, `it is not JSON: ${(error as Error).message}`);
  }
  const parsed = manifestSchema.safeParse(raw);
  if (!parsed.success) throw refused(path, z.prettifyError(parsed.error).replaceAll('\n', ' '));
  return parsed.data;
}

/** The real path of `file` in `folder`; neither its text nor a symbolic link may lead out. */
async function resolveInside(folder: string, file: string, manifestPath: string): Promise<string> {
  const segments = file.split('/');
  if (isAbsolute(file) || win32.isAbsolute(file) || segments.includes('..') || /[\\\0]/.test(file)) {
    throw refused(manifestPath, 'its "file" must be a path inside its own folder');
  }
  const path = join(folder, file);
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    throw new ImplementationError(
      `the plugin library ${path} is missing`,
      'install the plugin again, or remove its folder',
      { cause: error },
    );
  }
  const inside = relative(await realpath(folder), real);
  if (inside === '' || inside.split(sep)[0] === '..' || isAbsolute(inside)) {
    throw refused(manifestPath, 'its "file" leads out of its own folder by a symbolic link');
  }
  return real;
}

function refused(path: string, why: string): ImplementationError {
  return new ImplementationError(`the plugin manifest ${path} is refused: ${why}`, 'correct the manifest');
}
