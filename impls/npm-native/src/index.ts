import { ImplementationError } from '@crossover/contract/error';
import type { Availability, Implementation } from '@crossover/contract/implementation';
import { loadedBinaries } from './loaded-binaries.js';

/** What npm already has: libvips through sharp, and DuckDB. A team should know these figures before it writes Rust. */
export const implementation: Implementation = {
  id: 'npm-native',
  summary: 'Existing native npm packages instead of own Rust: sharp for images, DuckDB for time series.',
  traits: {
    toolchains: [],
    survivesNativeCrash: false,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: true,
    runsCore: false,
  },
  variants: [
    {
      id: 'sharp',
      summary: 'libvips on its own threads, through sharp',
      workloads: ['image'],
      blocksEventLoop: false,
    },
    {
      id: 'duckdb',
      summary: 'DuckDB in the process, through @duckdb/node-api',
      workloads: ['time-series'],
      blocksEventLoop: false,
    },
  ],
  absent: {
    json: "V8's own JSON is the native package that Node brings: see ts-only",
    echo: 'no package is needed to copy bytes: the probe measures the boundaries of the others',
  },
  prepare,
  async open(variant) {
    switch (variant) {
      case 'sharp':
        return (await import('./sharp.js')).openSharp();
      case 'duckdb':
        return (await import('./duckdb.js')).openDuckdb();
      default:
        throw new ImplementationError(
          `npm-native has no variant ${JSON.stringify(variant)}`,
          'Use "sharp" or "duckdb".',
        );
    }
  },
};

/** The packages, and the npm scope in which each keeps its binaries, one package per platform. */
const packages = [
  { name: 'sharp', binaryScope: '@img', load: () => import('sharp') },
  { name: '@duckdb/node-api', binaryScope: '@duckdb', load: () => import('@duckdb/node-api') },
] as const;

async function prepare(log: (line: string) => void): Promise<Availability> {
  for (const { name, load } of packages) {
    try {
      await load();
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n', 1);
      return {
        status: 'unavailable',
        reason: `the package ${name} does not load on ${process.platform}-${process.arch}: ${reason}`,
        remedy:
          'Install again without --no-optional; if the package has no binaries for this platform, leave npm-native out.',
      };
    }
  }
  const artefacts = await loadedBinaries(packages.map(({ binaryScope }) => binaryScope));
  log(`sharp and DuckDB load, ${artefacts.length} native files`);
  return { status: 'ready', artefacts };
}
