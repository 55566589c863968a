import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Availability } from '@crossover/contract/implementation';
import { measured } from './artefact.js';
import { diagnose } from './diagnosis.js';
import { run } from './run.js';
import { findTarget } from './target.js';

/** What to build. */
export interface CargoBuild {
  /** Name of the crate, e.g. `crossover-plugin`. */
  readonly package: string;
  /** Takes single lines of progress: cargo's own (`Compiling …`, `Finished …`). */
  readonly log: (line: string) => void;
  /** Folder of the cargo workspace; this repository's unless told otherwise. */
  readonly workspace?: string;
  /** Environment of cargo (`PATH`, `CARGO_TARGET_DIR`, …); this process's unless told otherwise. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The folder of this repository's cargo workspace. */
export const workspaceFolder = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Runs `cargo build --release`, for the architecture of this process, and says which files it made of one crate: its
 * executables and C-ABI libraries, wherever cargo's target folder is. Quick when nothing changed, for cargo decides.
 *
 * All crates are built together. Built alone, each would get its dependencies with other features, and the core would be
 * compiled again for each.
 *
 * Never rejects for a missing or failing cargo: that is `unavailable`, with the compiler's first error as the reason.
 */
export async function cargoBuild(build: CargoBuild): Promise<Availability> {
  const { workspace = workspaceFolder, env = process.env } = build;
  const target = await findTarget(workspace, env);
  if (target.status === 'unavailable') return target;
  const paths: string[] = [];
  const errorLines: string[] = [];
  const args = ['build', '--release', '--workspace', '--target', target.triple];
  const ended = await run({
    program: 'cargo',
    args: [...args, '--message-format', 'json-render-diagnostics'],
    cwd: workspace,
    env,
    onOutput: (line) => paths.push(...artefactPaths(line, build.package)),
    onError: (line) => {
      errorLines.push(line);
      if (isProgress(line)) build.log(line.trim());
    },
  });
  if (ended.kind !== 'exited' || ended.code !== 0) {
    const command = `cd ${workspace} && cargo ${args.join(' ')}`;
    return diagnose(ended, errorLines, command);
  }
  return { status: 'ready', artefacts: await Promise.all(paths.map(measured)) };
}

/** Is this line of cargo's standard error one of its status lines (and not a part of a diagnostic)? */
export function isProgress(line: string): boolean {
  return /^ *(Compiling|Downloaded|Downloading|Finished|Updating|Locking|Blocking) /.test(line);
}

/** The members of cargo's `compiler-artifact` message that matter here. */
interface CompilerArtefact {
  readonly reason: string;
  readonly target: {
    readonly name: string;
    readonly kind: readonly string[];
    readonly crate_types: readonly string[];
  };
  readonly filenames: readonly string[];
  readonly executable: string | null;
}

const libraryExtensions: ReadonlySet<string> = new Set(['.so', '.dylib', '.dll']);

/** Files of the crate `name` that one line of cargo's JSON messages tells of. */
function artefactPaths(line: string, name: string): readonly string[] {
  if (!line.startsWith('{')) return [];
  const message = JSON.parse(line) as CompilerArtefact;
  if (message.reason !== 'compiler-artifact') return [];
  // A library's name has underscores where its crate's may have hyphens.
  if (message.target.name.replaceAll('_', '-') !== name.replaceAll('_', '-')) return [];
  if (message.target.kind.includes('bin') && message.executable !== null) return [message.executable];
  if (!message.target.crate_types.includes('cdylib')) return [];
  return message.filenames.filter((name) => libraryExtensions.has(extname(name)));
}
