import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProgress, measured } from '@crossover/cargo/build';
import { diagnose } from '@crossover/cargo/diagnosis';
import { type Ended, run } from '@crossover/cargo/run';
import type { Availability } from '@crossover/contract/implementation';
import { addonFolder, addonPath } from './addon.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the addon for this machine with `napi build`, which runs cargo and puts the library under the name that Node
 * wants. Quick when nothing changed.
 */
export async function buildAddon(log: (line: string) => void): Promise<Availability> {
  const errorLines: string[] = [];
  const start = (program: string, args: readonly string[]): Promise<Ended> =>
    run({
      program,
      args,
      cwd: packageFolder,
      env: process.env,
      onOutput: () => {},
      onError: (line) => {
        errorLines.push(line);
        if (isProgress(line)) log(line.trim());
      },
    });
  // Asked first, because without cargo `napi build` says something that nobody understands.
  const cargo = await start('cargo', ['--version']);
  if (cargo.kind !== 'exited' || cargo.code !== 0) return diagnose(cargo, errorLines, 'cargo --version');
  const built = await start(process.execPath, [napiCli(), ...buildArguments]);
  const path = addonPath();
  if (built.kind !== 'exited' || built.code !== 0 || path === undefined) {
    return diagnose(built, errorLines, `cd ${packageFolder} && npx napi ${buildArguments.join(' ')}`);
  }
  return { status: 'ready', artefacts: [await measured(path)] };
}

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
