/**
 * The process of one arm in one block: opens the arm's implementation, warms up, makes batches of a fixed number of calls when it is its turn, ends.
 */
import { readFileSync } from 'node:fs';
import type { Implementation, Session } from '@crossover/contract/implementation';
import { samplesPerTrial } from '../defaults.js';
import { importExport } from '../plan/subjects.js';
import { answerEach } from '../run/answer.js';
import { GarbageWatch } from '../run/garbage-watch.js';
import { type Call, closedLoop } from '../run/load-generator.js';
import { OutputWatch } from '../run/output-watch.js';
import { cpuMs, peakRssMiB } from '../run/process-probe.js';
import { failureOf } from '../run/trial-failure.js';
import { median } from '../stats/quantile.js';
import type { ArmFailure, ArmReplies, ArmRequest, Batch } from './arm-message.js';

/** An implementation that is open on its input. */
interface Opened {
  readonly session: Session;
  readonly call: Call;
  readonly callsInFlight: number;
}

let opened: Opened | null = null;
const watch = new OutputWatch();

answerEach<ArmRequest, ArmReplies[keyof ArmReplies] | ArmFailure>(
  (request) => answer(request).catch(closeAndThrow),
  failureOf,
  ({ kind }) => kind === 'close',
);

async function answer(request: ArmRequest): Promise<ArmReplies[keyof ArmReplies]> {
  switch (request.kind) {
    case 'open':
      opened = await open(request);
      return { status: 'done', helpers: helpers() };
    case 'calibrate':
      return { status: 'done', ...(await callsThatTake(request.batchMs)) };
    case 'warm-up':
      await calls(request.calls, watch);
      return { status: 'done' };
    case 'batch':
      return { status: 'done', batch: await measure(request.calls) };
    case 'close': {
      const peak = peakOf(pids());
      // What the batches gave is looked at once more, after them.
      await calls(1, watch);
      await inUse().session.close();
      return { status: 'done', peakRssMiB: peak, outputFiles: watch.writeInto(request.outputDirectory) };
    }
  }
}

async function closeAndThrow(error: unknown): Promise<never> {
  await opened?.session.close().catch(() => {});
  throw error;
}

async function open(request: Extract<ArmRequest, { kind: 'open' }>): Promise<Opened> {
  const { workload, options, resident, callsInFlight } = request;
  const implementation = await importExport<Implementation>(request.module, 'implementation');
  const input = readFileSync(request.inputFile);
  const session = await implementation.open(request.variant);
  const data = resident ? await session.load(workload, input) : null;
  const call: Call =
    data === null ? () => session.invoke(workload, options, input) : () => data.invoke(options);
  return { session, call, callsInFlight };
}

/** Milliseconds of calls before their number in a batch is found: enough for what is compiled late. */
const compileMs = 300;

/** Batches from whose calls their number in one is found: enough for what happens once in some calls. */
const calibrationBatches = 5;

/** How many calls take `batchMs` as they are made in a batch, and how long these really take: by the clock, which sees what stands between them, too. */
async function callsThatTake(batchMs: number): Promise<Omit<ArmReplies['calibrate'], 'status'>> {
  const { call, callsInFlight } = inUse();
  await closedLoop(call, callsInFlight, { ms: compileMs, operations: 3 }, watch);
  const extent = { ms: calibrationBatches * batchMs, operations: 3 };
  const { latenciesNs, elapsedMs } = await closedLoop(call, callsInFlight, extent, unwatched);
  const perCallMs = elapsedMs / latenciesNs.length;
  const callsPerBatch = Math.min(samplesPerTrial, Math.max(1, Math.ceil(batchMs / perCallMs)));
  return { callsPerBatch, batchMs: callsPerBatch * perCallMs };
}

/** Outputs are not compared while processor time is counted, for both arms would pay for it alike, and their ratio would shrink. */
const unwatched = { see: () => {} };

async function measure(operations: number): Promise<Batch> {
  const of = pids();
  const garbage = new GarbageWatch();
  const before = totalCpuMs(of);
  const { latenciesNs, computesNs, elapsedMs } = await calls(operations, unwatched);
  const cpu = totalCpuMs(of) - before;
  const gcMs = await garbage.stop();
  return {
    cpuMs: cpu / operations,
    latencyMs: median(latenciesNs) / 1e6,
    perCallMs: elapsedMs / operations,
    boundaryMs: median(latenciesNs.map((ns, i) => ns - (computesNs[i] ?? ns))) / 1e6,
    computeMs: median(computesNs) / 1e6,
    gcMs: gcMs / operations,
  };
}

function calls(operations: number, seenBy: Pick<OutputWatch, 'see'>): ReturnType<typeof closedLoop> {
  const { call, callsInFlight } = inUse();
  return closedLoop(call, callsInFlight, { ms: 0, operations }, seenBy);
}

function inUse(): Opened {
  if (opened === null) throw new Error('the arm is not open');
  return opened;
}

function pids(): number[] {
  return [process.pid, ...helpers()];
}

function helpers(): number[] {
  return inUse()
    .session.processes()
    .map(({ pid }) => pid);
}

function totalCpuMs(of: readonly number[]): number {
  return of.reduce((sum, pid) => sum + (cpuMs(pid) ?? 0), 0);
}

function peakOf(of: readonly number[]): number | null {
  const peaks = of.map(peakRssMiB);
  return peaks.includes(null) ? null : peaks.reduce<number>((sum, peak) => sum + (peak ?? 0), 0);
}
