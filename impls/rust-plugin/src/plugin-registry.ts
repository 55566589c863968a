import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ImplementationError } from '@crossover/contract/error';
import { loadPlugin, type Plugin } from './plugin.js';
import { abiVersion } from './plugin-abi.js';
import { type InstalledPlugin, manifestFileName, readManifest } from './plugin-manifest.js';

/** What lies in a folder of plugins. */
export interface Discovery {
  /** In the order of their names, then of their versions, the newest last. */
  readonly plugins: readonly InstalledPlugin[];
  /** One for each subfolder whose manifest is refused; the others can still be used. */
  readonly refused: readonly ImplementationError[];
}

/**
 * A folder of plugins, each in a subfolder of its own with a manifest. Nothing is remembered: what is installed, replaced
 * or removed there counts for the next `load`, without a restart.
 */
export class PluginRegistry {
  constructor(readonly folder: string) {}

  /** Reads all manifests; loads nothing. A missing folder holds no plugins. */
  async discover(): Promise<Discovery> {
    const plugins: InstalledPlugin[] = [];
    const refused: ImplementationError[] = [];
    for (const subfolder of await this.#subfolders()) {
      try {
        plugins.push(await readManifest(join(this.folder, subfolder, manifestFileName)));
      } catch (error) {
        if (!(error instanceof ImplementationError)) throw error;
        refused.push(error);
      }
    }
    return { plugins: plugins.sort(byNameAndVersion), refused };
  }

  /**
   * Loads a plugin by its name: the version asked for, or the newest.
   * @throws {ImplementationError} there is none, or it can't be used; see {@link loadPlugin}.
   */
  async load(name: string, version?: string): Promise<Plugin> {
    const { plugins, refused } = await this.discover();
    const found = plugins.findLast(
      ({ manifest }) => manifest.name === name && (version === undefined || manifest.version === version),
    );
    if (found === undefined) throw this.#notFound(name, version, plugins, refused);
    if (found.manifest.abiVersion !== abiVersion) {
      throw new ImplementationError(
        `the plugin ${name} ${found.manifest.version} has ABI version ${found.manifest.abiVersion}; ` +
          `version ${abiVersion} is needed`,
        'install a version of the plugin that fits',
      );
    }
    return loadPlugin(found);
  }

  async #subfolders(): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.folder, { withFileTypes: true });
      // A name with a dot in front is an installation under way.
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => entry.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  #notFound(
    name: string,
    version: string | undefined,
    plugins: readonly InstalledPlugin[],
    refused: readonly ImplementationError[],
  ): ImplementationError {
    const wanted = version === undefined ? `"${name}"` : `"${name}" ${version}`;
    const present =
      plugins.map(({ manifest }) => `${manifest.name} ${manifest.version}`).join(', ') || 'none';
    const also = refused.map((error) => `; ${error.message}`).join('');
    return new ImplementationError(
      `there is no plugin ${wanted} in ${this.folder} (found: ${present}${also})`,
      'install the plugin there',
    );
  }
}

const collator = new Intl.Collator('en', { numeric: true });

function byNameAndVersion({ manifest: left }: InstalledPlugin, { manifest: right }: InstalledPlugin): number {
  return collator.compare(left.name, right.name) || compareVersions(left.version, right.version);
}

/** Semantic versions: numbers count as numbers, a pre-release comes before its release, build metadata come last. */
function compareVersions(left: string, right: string): number {
  const [leftRelease, leftPre] = splitVersion(left);
  const [rightRelease, rightPre] = splitVersion(right);
  return (
    collator.compare(leftRelease, rightRelease) ||
    Number(leftPre === '') - Number(rightPre === '') ||
    collator.compare(leftPre, rightPre) ||
    collator.compare(left, right)
  );
}

function splitVersion(version: string): readonly [release: string, preRelease: string] {
  const [precedence = ''] = version.split('+');
  const dash = precedence.indexOf('-');
  return dash < 0 ? [precedence, ''] : [precedence.slice(0, dash), precedence.slice(dash + 1)];
}
