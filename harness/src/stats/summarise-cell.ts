import type {
  Cell,
  CellKey,
  Figure,
  Measured,
  Metrics,
  OpenMetrics,
  Percentiles,
  Ratios,
  Trial,
  Warning,
} from '../results/schema.js';
import { type BlockResamples, estimateMedian } from './interval.js';
import { openLoadWarnings } from './open-load-warnings.js';
import { estimatePooledQuantile } from './pooled-quantile.js';
import { median, quantileOfSorted, samplesNeeded, sorted } from './quantile.js';
import { estimateRatio } from './ratio.js';
import { settledWarning } from './settled-warning.js';
import { leakWarnings, summariseProcesses } from './summarise-processes.js';
import { estimateWhereTold } from './where-told.js';

const nanosecondsPerMs = 1e6;

/** A trial that ended well, with its block. */
export interface MeasuredTrial {
  readonly block: number;
  readonly measured: Measured;
}

/** Calls per second in a trial: completions in the window over the window. */
export function throughputPerSecond(trial: Measured): number {
  return trial.latenciesNs.length / (trial.windowMs / 1000);
}

/** The trials that ended well, in the order of their blocks. */
export function measuredTrials(trials: readonly Trial[]): MeasuredTrial[] {
  return trials
    .flatMap(({ block, outcome }) => (outcome.status === 'ok' ? [{ block, measured: outcome }] : []))
    .sort((a, b) => a.block - b.block);
}

/** What the trials of a cell amount to: status and figures, without the comparison with the baseline. */
export function summariseCell(
  key: CellKey,
  trials: readonly Trial[],
  resamplesOf: (blocks: number) => BlockResamples,
): Cell {
  const measured = measuredTrials(trials);
  const failedTrials = trials.length - measured.length;
  const isa = measured[0]?.measured.isa ?? null;
  const base = { ...key, trials: measured.length, failedTrials, isa, versusBaseline: null, warnings: [] };
  for (const { outcome } of trials) {
    if (outcome.status === 'invalid') {
      return { ...base, status: 'invalid', reason: outcome.reason, check: null, metrics: null };
    }
  }
  if (measured.length === 0) {
    const failure = trials.find(({ outcome }) => outcome.status === 'failed')?.outcome;
    return failure?.status === 'failed'
      ? {
          ...base,
          status: 'failed',
          reason: `${failure.reason} – ${failure.remedy}`,
          check: null,
          metrics: null,
        }
      : {
          ...base,
          status: 'pending',
          reason: 'not measured before the run ended',
          check: null,
          metrics: null,
        };
  }
  const outcomes = measured.map((trial) => trial.measured);
  const metrics = summariseMetrics(outcomes, resamplesOf(outcomes.length));
  return {
    ...base,
    status: 'ok',
    check: outcomes[0]?.check ?? null,
    metrics,
    warnings: [
      ...warningsOfOpen(metrics.open, outcomes),
      ...leakWarnings(metrics.processes, outcomes),
      ...failedWarning(failedTrials, trials.length),
      ...settledWarning(outcomes),
    ],
  };
}

function failedWarning(failed: number, trials: number): Warning[] {
  if (failed === 0) return [];
  return [
    {
      code: 'failed-trials',
      message: `${failed} of ${trials} trials failed and are not in the figures`,
      remedy: 'read the reasons in trials.jsonl',
    },
  ];
}

/** A cell against the baseline's trials, block by block. */
export function compareWithBaseline(
  trials: readonly MeasuredTrial[],
  baseline: readonly MeasuredTrial[],
): Ratios | null {
  const baselineOfBlock = new Map(baseline.map(({ block, measured }) => [block, measured]));
  const pairs = trials.flatMap(({ block, measured }) => {
    const other = baselineOfBlock.get(block);
    return other === undefined ? [] : [{ a: measured, b: other }];
  });
  if (pairs.length === 0) return null;
  const ratio = (figure: (trial: Measured) => number | null): Figure => {
    const figures = pairs.flatMap(({ a, b }) => {
      const [x, y] = [figure(a), figure(b)];
      return x === null || y === null || x <= 0 || y <= 0 ? [] : [{ a: x, b: y }];
    });
    return figures.length === 0
      ? { value: null, reason: 'not measured on this system' }
      : estimateRatio(figures);
  };
  return {
    throughput: ratio(throughputPerSecond),
    latencyP50: ratio(({ latenciesNs }) => median(latenciesNs)),
    peakRss: ratio(({ peakRssMiB }) => (peakRssMiB === null ? null : peakRssMiB.host + peakRssMiB.server)),
  };
}

function summariseMetrics(trials: readonly Measured[], resamples: BlockResamples): Metrics {
  const each = (figure: (trial: Measured) => number): Figure => estimateMedian(trials.map(figure));
  const memory = (figure: (peak: { host: number; server: number }) => number): Figure => {
    const peaks = trials.flatMap(({ peakRssMiB }) => (peakRssMiB === null ? [] : [peakRssMiB]));
    return peaks.length < trials.length
      ? { value: null, reason: 'this system does not tell the peak memory of a process' }
      : estimateMedian(peaks.map(figure));
  };
  const open = summariseOpen(trials, resamples);
  const told = (figure: (trial: Measured) => number | null): Figure =>
    estimateWhereTold(trials, figure, 'not measured in every trial');
  const beats = trials.map(({ heartbeatLatenessMs }) => sorted(heartbeatLatenessMs));
  return {
    latencyMs: summarisePercentiles(
      trials.map(({ latenciesNs }) => latenciesNs),
      resamples,
    ),
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
    boundaryMs: each((trial) => {
      const waitedNs = trial.open?.startedLatenciesNs ?? trial.latenciesNs;
      return median(waitedNs.map((ns, i) => (ns - (trial.computesNs[i] ?? ns)) / nanosecondsPerMs));
    }),
    computeMs: each(({ computesNs }) => median(computesNs) / nanosecondsPerMs),
    processes: summariseProcesses(trials),
    eventLoop: {
      utilisation: told(({ eventLoopUtilisation }) => eventLoopUtilisation),
      heartbeatLatenessMs: {
        p50: summarisePercentile(beats, 0.5, resamples),
        p99: summarisePercentile(beats, 0.99, resamples),
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
function summariseOpen(trials: readonly Measured[], resamples: BlockResamples): OpenMetrics | null {
  const opens = trials.flatMap(({ open }) => (open === null ? [] : [open]));
  if (opens.length < trials.length) return null;
  const sum = (of: (open: NonNullable<Measured['open']>) => number): number =>
    opens.reduce((total, open) => total + of(open), 0);
  const started = opens.map(({ startedLatenciesNs }) => startedLatenciesNs);
  const { p50, p99 } = summarisePercentiles(
    opens.map(({ lagsNs }) => lagsNs),
    resamples,
  );
  return {
    startedLatencyMs: summarisePercentiles(started, resamples),
    generatorLagMs: { p50, p99 },
    arrivals: sum(({ arrivals }) => arrivals),
    backlog: sum(({ backlog }) => backlog),
    unanswered: sum(({ unanswered }) => unanswered),
  };
}

function warningsOfOpen(open: OpenMetrics | null, trials: readonly Measured[]): Warning[] {
  const inMs = (ns: number): number => ns / nanosecondsPerMs;
  return open === null
    ? []
    : openLoadWarnings(open, {
        latenciesMs: trials.flatMap(({ latenciesNs }) => latenciesNs.map(inMs)),
        lagsMs: trials.flatMap((trial) => trial.open?.lagsNs.map(inMs) ?? []),
      });
}

function summarisePercentiles(
  samplesNs: readonly (readonly number[])[],
  resamples: BlockResamples,
): Percentiles {
  const samplesMs = samplesNs.map((samples) => sorted(samples.map((ns) => ns / nanosecondsPerMs)));
  const percentile = (q: number): Figure => summarisePercentile(samplesMs, q, resamples);
  return {
    p50: percentile(0.5),
    p90: percentile(0.9),
    p99: percentile(0.99),
    p999: percentile(0.999),
    n: samplesMs.reduce((sum, samples) => sum + samples.length, 0),
  };
}

/**
 * A percentile where the samples carry it: the median over trials of each trial's own percentile when every trial has
 * enough samples (given ascending), else the percentile of all samples together, else none, with the reason.
 */
function summarisePercentile(trials: readonly Float64Array[], q: number, resamples: BlockResamples): Figure {
  const needed = samplesNeeded(q);
  if (trials.every((samples) => samples.length >= needed)) {
    return estimateMedian(trials.map((samples) => quantileOfSorted(samples, q)));
  }
  const total = trials.reduce((sum, samples) => sum + samples.length, 0);
  return total >= needed
    ? estimatePooledQuantile(
        trials.map((samples) => [...samples]),
        q,
        resamples,
      )
    : {
        value: null,
        reason: `needs ${needed.toLocaleString('en')} samples, has ${total.toLocaleString('en')}`,
      };
}
