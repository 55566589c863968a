import { type ChildProcess, spawn } from 'node:child_process';
import { trialTimeoutMs } from '../defaults.js';

/** What became of a process that was asked one thing. */
export type Ending<Reply> =
  | { readonly status: 'answered'; readonly reply: Reply }
  /** How it ended instead, in a few words, with its last ones. */
  | { readonly status: 'died'; readonly reason: string };

/** Lines of a dead process's last words that are quoted. */
const quotedLines = 3;

/**
 * Runs the Node program `file` in a new process, sends it `request`, and waits for its one reply and until it is gone. Never throws: a
 * process that crashes, hangs or is killed is `died`. On `signal` the process is killed.
 */
export async function askFreshProcess<Reply>(
  file: string,
  environment: Readonly<Record<string, string>>,
  request: object,
  signal: AbortSignal,
): Promise<Ending<Reply>> {
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, trialTimeoutMs);
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  try {
    return await endingOf<Reply>(child, request);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

function endingOf<Reply>(child: ChildProcess, request: object): Promise<Ending<Reply>> {
  return new Promise((resolve) => {
    let answer: Ending<Reply> | null = null;
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-4096);
    });
    child.on('message', (reply) => {
      answer = { status: 'answered', reply: reply as Reply };
    });
    child.on('error', (error) =>
      resolve({ status: 'died', reason: `its process did not start: ${error.message}` }),
    );
    child.on('close', (code, signal) => {
      const reason = `its process ended ${describeEnd(code, signal)}${quote(lastWords)}`;
      resolve(answer ?? { status: 'died', reason });
    });
    // A process that dies at once makes sending fail; `close` then tells the story.
    child.send(request, () => {});
  });
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

function quote(text: string): string {
  const lines = text.trim().split('\n').filter(Boolean).slice(-quotedLines);
  return lines.length === 0 ? '' : `: ${lines.join(' / ')}`;
}
