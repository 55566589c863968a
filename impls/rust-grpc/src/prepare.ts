import { install } from '@crossover/cargo/artefact';
import { cargoBuild } from '@crossover/cargo/build';
import type { Availability } from '@crossover/contract/implementation';
import { serverPath } from './server-process.js';

/** Builds the server and puts it where `open` finds it. */
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
  return { status: 'ready', artefacts: [await install(executable.path, serverPath)] };
}
