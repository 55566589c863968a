import { type ChildProcess, spawn } from 'node:child_process';

/** How a command ended. */
export interface ShellEnd {
  /** `null` when it did not start, or a signal ended it. */
  readonly code: number | null;
  /** What it wrote to the standard output. */
  readonly stdout: string;
  /** The last lines that it wrote anywhere, joined by slashes. */
  readonly lastWords: string;
}

/** Lines of a command's last words that are quoted. */
const quotedLines = 3;

/**
 * Runs a command of a project's config by the shell in `directory`, to its end. Never rejects. When this process ends, by a signal say, so do the command
 * and all processes that it started: they are a process group of their own, and a build is seldom one process.
 */
export function runShell(
  command: string,
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ShellEnd> {
  const child = spawn(command, {
    cwd: directory,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nobody can be asked.
    env: { ...process.env, CI: 'true', ...environment },
  });
  const kill = (): void => killGroup(child);
  process.once('exit', kill);
  return new Promise((resolve) => {
    let [stdout, tail] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        tail = (tail + text).slice(-4096);
      });
    }
    const end = (code: number | null, words: string): void => {
      process.off('exit', kill);
      const lines = words.trim().split('\n').filter(Boolean).slice(-quotedLines);
      resolve({ code, stdout, lastWords: lines.join(' / ') });
    };
    child.once('error', (error) => end(null, error.message));
    child.once('close', (code) => end(code, tail));
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
