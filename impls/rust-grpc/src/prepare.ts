import { copyFile, rename } from 'node:fs/promises';
import { cargoBuild, measured } from '@crossover/cargo/build';
import type { Availability } from '@crossover/contract/implementation';
import { serverPath } from './server-process.js';

/**
 * Builds the server and puts a copy where `open` finds it, so that a later build can't change what a running
 * measurement starts.
 */
export async function prepare(log: (line: string) => void): Promise<Availability> {
  if (process.platform === 'win32') {
    return {
      status: 'unavailable',
      reason: 'the gRPC server needs the signals and sockets of Unix',
      remedy: 'run it on Linux or macOS, or in WSL',
    };
  }
  const built = await cargoBuild({ package: 'crossover-server', log });
  if (built.status === 'unavailable') return built;
  const executable = built.artefacts.find(({ path }) => path.endsWith('crossover-server'));
  if (executable === undefined) {
    return {
      status: 'unavailable',
      reason: 'cargo built no executable "crossover-server"',
      remedy: 'see what it does with: cargo build --release --package crossover-server',
    };
  }
  // In one step: a server that runs keeps its file, and nobody finds half a copy.
  const copy = `${serverPath}.${process.pid}`;
  await copyFile(executable.path, copy);
  await rename(copy, serverPath);
  return { status: 'ready', artefacts: [await measured(serverPath)] };
}
