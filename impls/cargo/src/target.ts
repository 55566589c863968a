import { diagnose, type Unavailable } from './diagnosis.js';
import { run } from './run.js';

/**
 * The platform of this process in Node's words, e.g. `linux-arm64`. What is built for it carries this in its path, so that an
 * emulated Node's builds and the machine's own lie side by side.
 */
export const platform = `${process.platform}-${process.arch}`;

/** What to build for, or why nothing can be built. */
export type BuildTarget = { readonly status: 'ready'; readonly triple: string } | Unavailable;

/** Asks cargo for its own target, and names the one that this process can load and run: see {@link targetOf}. */
export async function findTarget(cwd: string, env: NodeJS.ProcessEnv): Promise<BuildTarget> {
  const errorLines: string[] = [];
  let host: string | undefined;
  const ended = await run({
    program: 'cargo',
    args: ['--version', '--verbose'],
    cwd,
    env,
    onOutput: (line) => {
      host ??= /^host: (\S+)$/.exec(line)?.[1];
    },
    onError: (line) => errorLines.push(line),
  });
  if (host === undefined) return diagnose(ended, errorLines, 'cargo --version --verbose');
  return { status: 'ready', triple: targetOf(host, process.arch) };
}

/** Rust's names of the architectures that Node runs on and an emulator may stand between. */
const rustArchitectures: Readonly<Record<string, string>> = { arm64: 'aarch64', x64: 'x86_64' };

/**
 * The target for a process of the architecture `arch` (Node's name) beside a compiler that runs on `host`: the compiler's own
 * target, with the architecture of the process. They differ where Node is emulated and cargo isn't: an arm64 Node under
 * QEMU on an x86_64 machine, an x64 Node on a Mac with Apple silicon.
 */
export function targetOf(host: string, arch: string): string {
  const [hostArchitecture = '', ...rest] = host.split('-');
  const wanted = rustArchitectures[arch];
  const known = Object.values(rustArchitectures).includes(hostArchitecture);
  return wanted === undefined || !known ? host : [wanted, ...rest].join('-');
}
