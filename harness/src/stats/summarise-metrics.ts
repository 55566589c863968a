import type { Figure, Measured, Metrics, OpenMetrics } from '../results/schema.js';
import { estimateMedian } from './interval.js';
import { latencyGrowth } from './latency-growth.js';
import { median, sorted } from './quantile.js';
import { summarisePercentile, summarisePercentiles } from './summarise-percentiles.js';
import { summariseProcesses } from './summarise-processes.js';
import { summariseStages } from './summarise-stages.js';
import { estimateWhereTold } from './where-told.js';

const nanosecondsPerMs = 1e6;

/** Calls per second in a trial: completions in the window over the window. */
export function throughputPerSecond(trial: Measured): number {
  return trial.latenciesNs.length / (trial.windowMs / 1000);
}

/** What the caller waited beyond the computing, in milliseconds: the median over the calls of a trial, from their actual start. */
export function boundaryMsOf({ latenciesNs, computesNs, open }: Measured): number {
  const waitedNs = open?.startedLatenciesNs ?? latenciesNs;
  return median(waitedNs.map((ns, i) => (ns - (computesNs[i] ?? ns)) / nanosecondsPerMs));
}

/** The figures of a cell from its trials, of which there is at least one. */
export function summariseMetrics(trials: readonly Measured[]): Metrics {
  const each = (figure: (trial: Measured) => number): Figure => estimateMedian(trials.map(figure));
  const memory = (figure: (peak: { host: number; server: number }) => number): Figure =>
    estimateWhereTold(
      trials,
      ({ peakRssMiB }) => (peakRssMiB === null ? null : figure(peakRssMiB)),
      'this system does not tell the peak memory of a process',
    );
  const open = summariseOpen(trials);
  const told = (figure: (trial: Measured) => number | null): Figure =>
    estimateWhereTold(trials, figure, 'not measured in every trial');
  const beats = trials.map(({ heartbeatLatenessMs }) => sorted(heartbeatLatenessMs));
  return {
    latencyMs: summarisePercentiles(trials.map(({ latenciesNs }) => latenciesNs)),
    open,
    throughputPerSecond: each(throughputPerSecond),
    cpuMsPerOp: open === null ? each(({ cpuMs, latenciesNs }) => cpuMs / latenciesNs.length) : spinning,
    peakRssMiB: {
      host: memory(({ host }) => host),
      server: memory(({ server }) => server),
      total: memory(({ host, server }) => host + server),
    },
    eventLoopDelayMs: {
      p50: each(({ eventLoopDelayMs }) => eventLoopDelayMs.p50),
      p99: each(({ eventLoopDelayMs }) => eventLoopDelayMs.p99),
      max: each(({ eventLoopDelayMs }) => eventLoopDelayMs.max),
    },
    boundaryMs: each(boundaryMsOf),
    computeMs: each(({ computesNs }) => median(computesNs) / nanosecondsPerMs),
    stages: summariseStages(trials),
    processes: summariseProcesses(trials),
    eventLoop: {
      utilisation: told(({ eventLoopUtilisation }) => eventLoopUtilisation),
      heartbeatLatenessMs: {
        p50: summarisePercentile(beats, 0.5),
        p99: summarisePercentile(beats, 0.99),
        max: told(({ heartbeatLatenessMs }) =>
          heartbeatLatenessMs.length === 0 ? null : Math.max(...heartbeatLatenessMs),
        ),
      },
    },
    openMs: told(({ openMs }) => openMs),
    firstCallMs: told(({ firstCallMs }) => firstCallMs),
    coldStartMs: each(({ coldStartMs }) => coldStartMs),
    outputBytes: trials[0]?.outputBytes ?? 0,
  };
}

const spinning: Figure = {
  value: null,
  reason: 'under an open load the generator spins until a call is due; closed:N has it',
};

/** What an open load adds; `null` under a closed one. */
function summariseOpen(trials: readonly Measured[]): OpenMetrics | null {
  const opens = trials.flatMap(({ open }) => (open === null ? [] : [open]));
  if (opens.length < trials.length) return null;
  const sum = (of: (open: NonNullable<Measured['open']>) => number): number =>
    opens.reduce((total, open) => total + of(open), 0);
  const started = opens.map(({ startedLatenciesNs }) => startedLatenciesNs);
  const { p50, p99 } = summarisePercentiles(opens.map(({ lagsNs }) => lagsNs));
  return {
    startedLatencyMs: summarisePercentiles(started),
    generatorLagMs: { p50, p99 },
    latencyGrowth: latencyGrowth(trials),
    arrivals: sum(({ arrivals }) => arrivals),
    backlog: sum(({ backlog }) => backlog),
    unanswered: sum(({ unanswered }) => unanswered),
  };
}
