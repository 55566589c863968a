import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program to run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line of standard output as it comes. */
  readonly onOutput: (line: string) => void;
  /** Takes each line of standard error as it comes. */
  readonly onError: (line: string) => void;
}

/** How a program ended. */
export type Ended =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  /** It could not be started; `reason` is the system's word for it, e.g. `ENOENT`. */
  | { readonly kind: 'not-started'; readonly reason: string };

/**
 * Runs a program to its end and hands its lines on. Never rejects: a program that can't be started is an outcome too. Neither it
 * nor what it starts outlives this process: they are a process group of their own, for cargo runs rustc.
 */
export async function run(command: Command): Promise<Ended> {
  const child = spawn(command.program, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = (): void => endGroup(child.pid);
  process.once('exit', stop);
  child.once('close', () => process.off('exit', stop));
  createInterface({ input: child.stdout }).on('line', command.onOutput);
  createInterface({ input: child.stderr }).on('line', command.onError);
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: 'not-started', reason: error.code ?? error.message });
    });
    child.once('close', (code, signal) => {
      resolve(code === null ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'exited', code });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // All of it has ended.
  }
}
