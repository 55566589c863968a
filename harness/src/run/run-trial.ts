import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { trialTimeoutMs } from '../defaults.js';
import type { TrialReply, TrialRequest } from './trial-message.js';

const trialProgram = fileURLToPath(new URL('./trial.js', import.meta.url));

/** Lines of a dead trial's last words that are quoted. */
const quotedLines = 3;

/**
 * Runs one trial in a new Node process and waits until that process is gone. Never throws: a process that crashes, hangs
 * or is killed gives a `failed` reply that says so. On `signal` the process is killed and the reply is `failed`.
 */
export async function runTrial(request: TrialRequest, signal: AbortSignal): Promise<TrialReply> {
  const limit = request.isa === null ? {} : { CROSSOVER_ISA: request.isa };
  const child = spawn(process.execPath, [trialProgram], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...limit },
  });
  const kill = (): void => void child.kill('SIGKILL');
  const timer = setTimeout(kill, trialTimeoutMs);
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  try {
    return await replyOf(child, request);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

function replyOf(child: ChildProcess, request: TrialRequest): Promise<TrialReply> {
  return new Promise((resolve) => {
    let reply: TrialReply | null = null;
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-4096);
    });
    child.on('message', (message: TrialReply) => {
      reply = message;
    });
    child.on('error', (error) => resolve(failed(`its process did not start: ${error.message}`)));
    child.on('close', (code, signal) => {
      resolve(reply ?? failed(`its process ended ${describeEnd(code, signal)}${quote(lastWords)}`));
    });
    // A process that dies at once makes sending fail; `close` then tells the story.
    child.send(request, () => {});
  });
}

function failed(reason: string): TrialReply {
  return { status: 'failed', reason, remedy: 'run the cell alone with `crossover invoke --verbose`' };
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

function quote(text: string): string {
  const lines = text.trim().split('\n').filter(Boolean).slice(-quotedLines);
  return lines.length === 0 ? '' : `: ${lines.join(' / ')}`;
}
