/**
 * The process of one trial of a gate: opens an arm's implementation, warms up, makes batches of a fixed number of calls, answers, ends.
 */
import { readFileSync } from 'node:fs';
import type { Implementation, Session } from '@crossover/contract/implementation';
import { samplesPerTrial } from '../defaults.js';
import { importExport } from '../plan/subjects.js';
import { answerOnce } from '../run/answer-once.js';
import { GarbageWatch } from '../run/garbage-watch.js';
import { type Call, closedLoop } from '../run/load-generator.js';
import { OutputWatch } from '../run/output-watch.js';
import { cpuMs, peakRssMiB } from '../run/process-probe.js';
import { failureOf } from '../run/trial-failure.js';
import { median } from '../stats/quantile.js';
import type { ArmTrial, ArmTrialReply, ArmTrialRequest } from './arm-trial-message.js';

answerOnce<ArmTrialRequest, ArmTrialReply>(measure, failureOf);

async function measure(request: ArmTrialRequest): Promise<ArmTrialReply> {
  const implementation = await importExport<Implementation>(request.module, 'implementation');
  const input = readFileSync(request.inputFile);
  const session = await implementation.open(request.variant);
  try {
    const { workload, options, resident } = request;
    const data = resident ? await session.load(workload, input) : null;
    const call: Call =
      data === null ? () => session.invoke(workload, options, input) : () => data.invoke(options);
    const watch = new OutputWatch();
    const { trial, callsPerBatch } = await trialOf(call, session, request, watch);
    return {
      status: 'measured',
      trial,
      callsPerBatch,
      outputFiles: watch.writeInto(request.outputDirectory),
    };
  } finally {
    await session.close();
  }
}

/** Milliseconds of calls by which their number in a batch is found: enough for what is compiled late. */
const calibrationMs = 300;

async function trialOf(
  call: Call,
  session: Session,
  { callsInFlight, work }: ArmTrialRequest,
  watch: OutputWatch,
): Promise<{ trial: ArmTrial; callsPerBatch: number }> {
  if (work.kind === 'calibrate') {
    await closedLoop(call, callsInFlight, { ms: calibrationMs, operations: 3 }, watch);
    const perCallMs = (phase: { latenciesNs: number[] }): number =>
      median(phase.latenciesNs) / 1e6 / callsInFlight;
    const ms = perCallMs(await closedLoop(call, callsInFlight, { ms: work.batchMs, operations: 3 }, watch));
    const callsPerBatch = Math.min(samplesPerTrial, Math.max(1, Math.ceil(work.batchMs / ms)));
    const trial = await inBatches(call, session, callsInFlight, { batches: 1, callsPerBatch });
    return { trial, callsPerBatch };
  }
  await closedLoop(call, callsInFlight, { ms: 0, operations: work.warmUpCalls }, watch);
  const trial = await inBatches(call, session, callsInFlight, work);
  // What the batches gave is looked at once more, after them.
  await closedLoop(call, callsInFlight, { ms: 0, operations: 1 }, watch);
  return { trial, callsPerBatch: work.callsPerBatch };
}

/** Outputs are not compared while processor time is counted, for both arms would pay for it alike, and their ratio would shrink. */
const unwatched = { see: () => {} };

async function inBatches(
  call: Call,
  session: Session,
  callsInFlight: number,
  { batches, callsPerBatch }: { readonly batches: number; readonly callsPerBatch: number },
): Promise<ArmTrial> {
  const pids = [process.pid, ...session.processes().map(({ pid }) => pid)];
  const latenciesNs: number[] = [];
  const computesNs: number[] = [];
  let leastCpuMs = Number.POSITIVE_INFINITY;
  let elapsedMs = 0;
  const garbage = new GarbageWatch();
  for (let batch = 0; batch < batches; batch++) {
    const before = totalCpuMs(pids);
    const phase = await closedLoop(call, callsInFlight, { ms: 0, operations: callsPerBatch }, unwatched);
    leastCpuMs = Math.min(leastCpuMs, (totalCpuMs(pids) - before) / callsPerBatch);
    elapsedMs += phase.elapsedMs;
    for (const ns of phase.latenciesNs) latenciesNs.push(ns);
    for (const ns of phase.computesNs) computesNs.push(ns);
  }
  const gcMs = await garbage.stop();
  const peaks = pids.map(peakRssMiB);
  return {
    cpuMs: leastCpuMs,
    latencyMs: median(latenciesNs) / 1e6,
    perCallMs: elapsedMs / (batches * callsPerBatch),
    boundaryMs: median(latenciesNs.map((ns, i) => ns - (computesNs[i] ?? ns))) / 1e6,
    computeMs: median(computesNs) / 1e6,
    gcMs: gcMs / (batches * callsPerBatch),
    peakRssMiB: peaks.includes(null) ? null : peaks.reduce<number>((sum, peak) => sum + (peak ?? 0), 0),
  };
}

function totalCpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (cpuMs(pid) ?? 0), 0);
}
