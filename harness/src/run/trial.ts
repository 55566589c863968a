/**
 * The process of one trial: opens an implementation, warms up, measures, traces, answers, ends. This file is the protocol of a
 * trial from top to bottom.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImplementationError } from '@crossover/contract/error';
import type { Implementation, Session } from '@crossover/contract/implementation';
import { idleMs, openWarmUpCallsInFlight, samplesPerTrial } from '../defaults.js';
import { importExport } from '../plan/subjects.js';
import { answerOnce } from './answer.js';
import { hasWorkerHeaps } from './collect-garbage.js';
import { type Call, closedLoop } from './load-generator.js';
import { measuredPhase } from './measured-phase.js';
import { memoryInUse } from './memory-probe.js';
import { OutputWatch } from './output-watch.js';
import { cpuMs, peakRssMiB } from './process-probe.js';
import { SampleRoom } from './sample-room.js';
import { tracedPhase } from './traced-phase.js';
import { failureOf } from './trial-failure.js';
import type { TrialReply, TrialRequest } from './trial-message.js';
import { warmUp } from './warm-up.js';
import { WindowProbes } from './window-probes.js';

answerOnce<TrialRequest, TrialReply>(measure, failureOf);

async function measure(request: TrialRequest): Promise<TrialReply> {
  const implementation = await importExport<Implementation>(request.module, 'implementation');
  const input = readFileSync(request.inputFile);
  const watch = new OutputWatch();

  const opening = performance.now();
  const session = await implementation.open(request.variant);
  try {
    if (request.isa !== null && session.isa !== request.isa) {
      throw new ImplementationError(
        `the level ${request.isa} is not available: the core uses ${session.isa ?? 'none'}`,
        'choose scalar, avx2 or neon, whatever this processor has',
      );
    }
    const call = await callOf(session, request, input);
    const openMs = performance.now() - opening;
    const servers = session.processes().map(({ pid }) => pid);
    const pids = [process.pid, ...servers];
    const idle = memoryInUse(servers);
    const idleCpuShare = await idleShare(pids);

    const firstCall = performance.now();
    const first = await call();
    const firstCallMs = performance.now() - firstCall;
    watch.see(first.output);

    const { load } = request;
    const room = new SampleRoom();
    const lanes = load.kind === 'closed' ? load.callsInFlight : openWarmUpCallsInFlight;
    const warmed = await warmUp(
      (extent) => closedLoop(call, lanes, extent, watch, room),
      { ms: request.warmUpMs, operations: request.warmUpOperations },
      { ms: request.warmUpCapMs, operations: samplesPerTrial },
    );

    // At the warm-up's pace, with as much again for calls that get faster.
    room.touch((2 * warmed.operations * request.measureMs) / request.warmUpMs);
    const warm = memoryInUse(servers);
    watch.restart();
    const probes = new WindowProbes(pids, watch);
    const { elapsedMs, ...phase } = await measuredPhase(call, request, probes, room);
    const seen = probes.stop(elapsedMs);
    const end = memoryInUse(servers);
    const peak = peakMemory(session);
    const traced = await tracedPhase(call, load, watch, room);

    const measured = {
      isa: session.isa ?? null,
      coldStartMs: openMs + firstCallMs,
      openMs,
      firstCallMs,
      warmUpOperations: warmed.operations,
      settled: warmed.settled,
      ...phase,
      ...seen,
      traced,
      peakRssMiB: peak,
      pssMiB: idle === null || warm === null || end === null ? null : { idle, warm, end },
      idleCpuShare,
      workerHeaps: hasWorkerHeaps(),
      outputBytes: watch.first.length,
      outputSha256: createHash('sha256').update(watch.first).digest('hex'),
    };
    return { status: 'measured', measured, outputFiles: watch.writeInto(request.outputDirectory) };
  } finally {
    await session.close();
  }
}

/** The one call that is measured: on data that was loaded before, or with the input travelling each time. */
async function callOf(
  session: Session,
  { workload, options, resident }: TrialRequest,
  input: Uint8Array,
): Promise<Call> {
  if (!resident) {
    return (trace) => {
      trace?.begin();
      return session.invoke(workload, options, input, trace);
    };
  }
  const data = await session.load(workload, input);
  return (trace) => {
    trace?.begin();
    return data.invoke(options, trace);
  };
}

/** Processor time of all processes while nothing is asked of them, as a share of one processor; `null` where the system does not tell. */
async function idleShare(pids: readonly number[]): Promise<number | null> {
  const before = pids.map(cpuMs);
  const start = performance.now();
  await sleep(idleMs);
  const elapsedMs = performance.now() - start;
  const spent = pids.map(cpuMs).map((after, i) => {
    const earlier = before[i] ?? null;
    return after === null || earlier === null ? null : Math.max(0, after - earlier);
  });
  return spent.includes(null) ? null : spent.reduce<number>((sum, ms) => sum + (ms ?? 0), 0) / elapsedMs;
}

function peakMemory(session: Session): { host: number; server: number } | null {
  const host = peakRssMiB(process.pid);
  const servers = session.processes().map(({ pid }) => peakRssMiB(pid));
  if (host === null || servers.includes(null)) return null;
  return { host, server: servers.reduce<number>((sum, peak) => sum + (peak ?? 0), 0) };
}
