import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProgress, measured } from '@crossover/cargo/build';
import { diagnose } from '@crossover/cargo/diagnosis';
import { run } from '@crossover/cargo/run';
import { findTarget } from '@crossover/cargo/target';
import type { Availability } from '@crossover/contract/implementation';
import { addonFolder, addonPath } from './addon.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the addon for this process with `napi build`, which runs cargo and puts the library under the name that Node
 * wants. Quick when nothing changed.
 */
export async function buildAddon(log: (line: string) => void): Promise<Availability> {
  // Asked first, also because without cargo `napi build` says something that nobody understands.
  const target = await findTarget(packageFolder, process.env);
  if (target.status === 'unavailable') return target;
  const args = [...buildArguments, '--target', target.triple];
  const errorLines: string[] = [];
  const built = await run({
    program: nodeForTools,
    args: [napiCli(), ...args],
    cwd: packageFolder,
    env: process.env,
    onOutput: () => {},
    onError: (line) => {
      errorLines.push(line);
      if (isProgress(line)) log(line.trim());
    },
  });
  const path = addonPath();
  if (built.kind !== 'exited' || built.code !== 0 || path === undefined) {
    return diagnose(built, errorLines, `cd ${packageFolder} && npx napi ${args.join(' ')}`);
  }
  return { status: 'ready', artefacts: [await measured(path)] };
}

/**
 * The Node that runs build tools: the package manager's, which is of the machine's own architecture even where this process
 * is emulated; there `napi build` would take five times as long, and its locks would not hold.
 */
const nodeForTools = process.env.npm_node_execpath ?? process.execPath;

const buildArguments = [
  'build',
  '--release',
  '--platform',
  '--no-js',
  '--manifest-path',
  join('native', 'Cargo.toml'),
  '--package-json-path',
  'package.json',
  '--output-dir',
  addonFolder,
];

function napiCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@napi-rs/cli')), 'cli.js');
}
