import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImplementationError } from '@crossover/contract/error';
import type { Implementation, Invocation, Session } from '@crossover/contract/implementation';

/** A server that does nothing and, like every server of ours, ends when its standard input does. */
const idleServer = 'process.stdin.resume(); process.stdin.on("end", () => process.exit())';

/** The variant `stalling` keeps the thread for so long … */
export const stallMs = 20;
/** … once so much time has passed since it last did. */
export const stallEveryMs = 80;

/** What the variant `stalling-seldom` keeps the thread for, as a long collection of garbage would … */
export const seldomStallMs = 200;
/** … once in so much time … */
export const seldomStallEveryMs = 5000;
/** … for the first time so long after its first call: when a warm-up of 150 ms and then 1250 ms of a window have not passed … */
const seldomStallFirstMs = 1300;
/** … and in each other call. */
export const seldomServiceMs = 0.2;

/** What a call of `two-ms` takes of the thread. */
export const twoMs = 2;

/** What a call of `fixed-asynchronous` takes without the thread. */
export const fixedMs = 10;

/** What a call of `slow` takes without the thread: long enough for a test to do something to its trial meanwhile. */
const slowCallMs = 50;

/** Keeps the thread for so many milliseconds. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** When the variant `stalling-seldom` stalls next: in a quick trial first within the window. */
let nextSeldomStall = Number.POSITIVE_INFINITY;
/** When the variant `stalling` last stalled. */
let lastStall = performance.now();
/** What the variant `instant` gives: made once, so that a call costs next to nothing. */
let instant: Invocation | null = null;

function double(input: Uint8Array): Invocation {
  return { output: input.map((byte) => 2 * byte), computeNs: 100 };
}

/** What a call of `leaking` keeps: in some hundred calls much more than the steps of 4 MiB in which V8's heap grows. */
export const leakedBytes = 524_288;
const kept: Buffer[] = [];

/** The file under the project that a call of `slow` writes from within its trial's window. */
export const inWindowFile = 'in-window.json';

/** What that file tells: the processes of the trial whose window it is. */
export interface InWindow {
  readonly variant: string;
  readonly trial: number;
}

/** In the quick suite, calls of 50 ms get warm in three at the most, and at least seven are measured: the sixth is in the window. */
const callInWindow = 6;

function tellWindow(variant: string, calls: number): void {
  if (calls !== callInWindow) return;
  const told: InWindow = { variant, trial: process.pid };
  writeFileSync(path.join(process.env.INIT_CWD ?? '.', inWindowFile), JSON.stringify(told));
}

/** What a call of `leaking-a-little` keeps. */
export const littleLeakBytes = 1024;
/** Memory of which nothing is resident yet: each call makes a little more of it so. */
let untouched = Buffer.alloc(0);

/** Keeps so many bytes for ever, to the byte: memory of their own would cost what the allocator and V8 keep about it, too. */
function leak(bytes: number): void {
  if (untouched.length < bytes) {
    untouched = Buffer.allocUnsafeSlow(2 ** 20);
    kept.push(untouched);
  }
  untouched.fill(1, 0, bytes);
  untouched = untouched.subarray(bytes);
}

/** What a call of each variant does; `calls` counts from 1. */
const scripts: Readonly<
  Record<string, (input: Uint8Array, calls: number) => Invocation | Promise<Invocation>>
> = {
  steady: double,
  asynchronous: async (input) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return double(input);
  },
  leaking: async (input) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    kept.push(Buffer.alloc(leakedBytes, 1));
    return double(input);
  },
  'leaking-a-little': (input) => {
    leak(littleLeakBytes);
    return double(input);
  },
  blocking: (input) => {
    block(30);
    return double(input);
  },
  wrong: (input) => ({ output: input, computeNs: 100 }),
  'late-wrong': (input, calls) => (calls < 20 ? double(input) : { output: input, computeNs: 100 }),
  changing: (_input, calls) => ({ output: Uint8Array.of(calls), computeNs: 100 }),
  crashing: (input, calls) => {
    if (calls < 3) return double(input);
    process.stderr.write('the last words\n');
    process.exit(7);
  },
  'losing-its-server': (input, calls) => {
    if (calls < 3) return double(input);
    throw new ImplementationError('the server was killed by SIGKILL during a call', 'look into its log');
  },
  'with-server': double,
  slow: async (input, calls) => {
    tellWindow('slow', calls);
    await sleep(slowCallMs);
    return double(input);
  },
  instant: (input) => {
    instant ??= double(input);
    return instant;
  },
  'two-ms': (input) => {
    block(twoMs);
    return double(input);
  },
  'fixed-asynchronous': async (input) => {
    const end = performance.now() + fixedMs;
    // A timer may fire some microseconds early.
    while (performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, end - performance.now()));
    return double(input);
  },
  'stalling-seldom': (input, calls) => {
    if (calls === 1) nextSeldomStall = performance.now() + seldomStallFirstMs;
    const due = performance.now() >= nextSeldomStall;
    block(due ? seldomStallMs : seldomServiceMs);
    if (due) nextSeldomStall += seldomStallEveryMs;
    return double(input);
  },
  stalling: (input) => {
    const due = performance.now() - lastStall >= stallEveryMs;
    if (due) block(stallMs);
    if (due) lastStall = performance.now();
    return double(input);
  },
};

/** For tests of the harness: behaves as its variant is named, once for good and all. */
export const implementation: Implementation = {
  id: 'scripted',
  summary: 'behaves as its variant is named',
  traits: {
    toolchains: [],
    survivesNativeCrash: true,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: true,
    runsCore: true,
  },
  variants: Object.keys(scripts).map((id) => ({
    id,
    summary: id,
    workloads: ['doubling'],
    blocksEventLoop: !id.includes('asynchronous'),
  })),
  prepare: async () => ({ status: 'ready', artefacts: [] }),
  open: async (variant) => openSession(variant),
};

function openSession(variant: string): Session {
  const script = scripts[variant];
  if (script === undefined) throw new ImplementationError(`no variant ${variant}`, 'name another');
  const server: ChildProcess | null =
    variant === 'with-server'
      ? spawn(process.execPath, ['-e', idleServer], { stdio: ['pipe', 'ignore', 'ignore'] })
      : null;
  let calls = 0;
  const invoke = (data: Uint8Array): Invocation | Promise<Invocation> => script(data, ++calls);
  return {
    isa: 'scalar',
    invoke: (_workload, _options, input) => invoke(input),
    load: async (_workload, data) => ({ invoke: () => invoke(data), release: async () => {} }),
    processes: () => (server?.pid === undefined ? [] : [{ pid: server.pid, role: 'server' }]),
    close: async () => {
      if (server === null || server.exitCode !== null || server.signalCode !== null) return;
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.stdin?.end();
      await gone;
    },
  };
}
