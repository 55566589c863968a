import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { platform } from '@crossover/cargo/target';
import { ImplementationError } from '@crossover/contract/error';
import type { Limits } from './limits.js';

/** Where prepare() puts the server. */
export const serverPath = fileURLToPath(new URL(`crossover-server-${platform}`, import.meta.url));

/** How many lines of the server's standard error are kept for messages. */
const keptErrorLines = 8;

const restart = 'open the session again; if it happens again, report it with the input and the options';

/** How to start the server. */
export interface ServerSettings {
  /** Its argument `--listen`: `tcp`, `tcp:PORT` or `unix`. */
  readonly listen: string;
  readonly limits: Limits;
  /** The executable; {@link serverPath} unless told otherwise. */
  readonly path?: string;
}

/**
 * The server as a child of this process. Its standard input is a pipe from here: it ends when the pipe does, so that it
 * goes with this process even if that is killed.
 */
export class ServerProcess {
  readonly pid: number;
  /** Its address in gRPC's name syntax. */
  readonly target: string;
  /** The level of vector instructions that its core uses. */
  readonly isa: string;
  readonly #child: Child;
  readonly #stopGraceMs: number;

  private constructor(child: Child, pid: number, { target, isa }: Announcement, stopGraceMs: number) {
    this.#child = child;
    this.pid = pid;
    this.target = target;
    this.isa = isa;
    this.#stopGraceMs = stopGraceMs;
  }

  /**
   * Starts the server and waits for its address.
   * @throws {ImplementationError} it can't be started, ends, or says nothing in time.
   */
  static async start({ listen, limits, path = serverPath }: ServerSettings): Promise<ServerProcess> {
    const child = new Child(path, [
      '--listen',
      listen,
      '--max-message-bytes',
      String(limits.maxMessageBytes),
    ]);
    const late = new AbortController();
    const line = await Promise.race([
      child.firstLine,
      child.ended.then(() => undefined),
      sleep(limits.startDeadlineMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    const { pid } = child.process;
    if (line !== undefined && pid !== undefined) {
      return new ServerProcess(child, pid, JSON.parse(line) as Announcement, limits.stopGraceMs);
    }
    child.process.kill('SIGKILL');
    const reason = child.ending ?? `said nothing for ${limits.startDeadlineMs / 1000} s`;
    throw new ImplementationError(
      `the gRPC server ${reason} before it was ready${child.lastWords()}`,
      'see the reason above; "pnpm crossover doctor" says whether something is missing',
    );
  }

  /** Waits until the server has ended, `ms` at the most; says whether it has. */
  async endedWithin(ms: number): Promise<boolean> {
    const timer = new AbortController();
    await Promise.race([
      this.#child.ended,
      sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    return this.hasEnded;
  }

  /** Has the server ended? */
  get hasEnded(): boolean {
    return this.#child.ending !== undefined;
  }

  /** What a caller is told when the server is gone. `when` ends the sentence, e.g. `during a call`. */
  death(when: string): ImplementationError {
    return new ImplementationError(
      `the gRPC server ${this.#child.ending ?? 'went away'} ${when}${this.#child.lastWords()}`,
      restart,
    );
  }

  /** Asks the server to end, kills it if it doesn't, and removes what it could not remove itself. */
  async stop(): Promise<void> {
    this.#child.process.stdin?.end();
    if (!(await this.endedWithin(this.#stopGraceMs))) {
      this.#child.process.kill('SIGKILL');
      await this.#child.ended;
    }
    if (this.target.startsWith('unix:')) {
      await rm(dirname(this.target.slice('unix:'.length)), { recursive: true, force: true });
    }
  }
}

/** A running executable: its first line, its last words and its end. */
class Child {
  readonly process: ChildProcess;
  /** Resolves with the first line of standard output; never, if there is none. */
  readonly firstLine: Promise<string>;
  /** Resolves when the process has ended and its output is read. */
  readonly ended: Promise<void>;
  /** How it ended, in words that follow "the server". */
  ending: string | undefined;
  readonly #errorLines: string[] = [];

  constructor(path: string, args: readonly string[]) {
    // A process group of its own: Ctrl-C in the terminal is for this process, which then closes its sessions.
    this.process = spawn(path, args, { env: minimalEnvironment(), detached: true, stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.process;
    // The pipe breaks when the server dies; its end is noticed below.
    stdin?.on('error', () => undefined);
    this.firstLine = new Promise((resolve) => {
      if (stdout !== null) createInterface({ input: stdout }).once('line', resolve);
    });
    if (stderr !== null) createInterface({ input: stderr }).on('line', (line) => this.#keep(line));
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => {
        this.ending ??= `can't be started: ${error.message}`;
        resolve();
      });
      this.process.once('close', (code, signal) => {
        this.ending ??= signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`;
        resolve();
      });
    });
  }

  /** What it wrote to standard error last, ready to be put behind a sentence. */
  lastWords(): string {
    return this.#errorLines.length === 0 ? '' : `; its last words: ${this.#errorLines.join(' / ')}`;
  }

  #keep(line: string): void {
    this.#errorLines.push(line);
    if (this.#errorLines.length > keptErrorLines) this.#errorLines.shift();
  }
}

/** The line that the server writes when it is ready. */
interface Announcement {
  readonly target: string;
  readonly isa: string;
}

/** What the server gets of this process's environment: no secrets, and runs are alike. */
const inherited = ['TMPDIR', 'CROSSOVER_ISA'];

function minimalEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.includes(name)));
}
