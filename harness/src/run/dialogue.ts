import { type ChildProcess, spawn } from 'node:child_process';
import { trialTimeoutMs } from '../defaults.js';

/** What became of something that a process was asked. */
export type Ending<Reply> =
  | { readonly status: 'answered'; readonly reply: Reply }
  /** How it ended instead, in a few words, with its last ones. */
  | { readonly status: 'died'; readonly reason: string };

/** What a process begins with besides its program. */
export interface Beginning {
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of Node's own. */
  readonly nodeOptions?: readonly string[];
}

/** Lines of a dead process's last words that are quoted. */
const quotedLines = 3;

/**
 * A new process that runs the Node program `file` and is asked one thing after another. Nothing here throws: a process that crashes, is killed, or
 * hangs for longer than a trial may take, is `died`, and stays it. On `signal` it is killed.
 */
export class Dialogue<Request extends object, Reply> {
  readonly #child: ChildProcess;
  readonly #gone: Promise<string>;
  readonly #timer: NodeJS.Timeout;
  readonly #kill = (): void => void this.#child.kill('SIGKILL');
  #onReply: (reply: Reply) => void = () => {};

  constructor(
    file: string,
    { environment = {}, nodeOptions = [] }: Beginning,
    private readonly signal: AbortSignal,
  ) {
    this.#child = spawn(process.execPath, [...nodeOptions, file], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...environment },
    });
    this.#timer = setTimeout(this.#kill, trialTimeoutMs);
    signal.addEventListener('abort', this.#kill);
    if (signal.aborted) this.#kill();
    this.#gone = this.#end();
    this.#child.on('message', (reply) => this.#onReply(reply as Reply));
  }

  /** Of the process; `null` where it did not start. */
  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /** Asks one thing and waits for its reply, or for the end of the process. One at a time. */
  ask(request: Request): Promise<Ending<Reply>> {
    this.#timer.refresh();
    return new Promise((resolve) => {
      this.#onReply = (reply) => resolve({ status: 'answered', reply });
      void this.#gone.then((reason) => resolve({ status: 'died', reason }));
      // To a process that died at once nothing can be sent; its end then tells the story.
      this.#child.send(request, () => {});
    });
  }

  /** Waits until the process is gone, which ends by itself when it has answered all. */
  async ended(): Promise<void> {
    await this.#gone;
  }

  /** Ends the process if it still runs, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#kill();
    await this.#gone;
  }

  async #end(): Promise<string> {
    let lastWords = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-4096);
    });
    const reason = await new Promise<string>((resolve) => {
      this.#child.on('error', (error) => resolve(`its process did not start: ${error.message}`));
      this.#child.on('close', (code, signal) =>
        resolve(`its process ended ${describeEnd(code, signal)}${quote(lastWords)}`),
      );
    });
    clearTimeout(this.#timer);
    this.signal.removeEventListener('abort', this.#kill);
    return reason;
  }
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

function quote(text: string): string {
  const lines = text.trim().split('\n').filter(Boolean).slice(-quotedLines);
  return lines.length === 0 ? '' : `: ${lines.join(' / ')}`;
}
