import type {
  Cell,
  CellKey,
  Figure,
  Measured,
  OpenMetrics,
  Ratios,
  Trial,
  Warning,
} from '../results/schema.js';
import { diagnoseNoise } from './diagnosis/diagnose-noise.js';
import { openLoadWarnings } from './open-load-warnings.js';
import { median } from './quantile.js';
import { estimateRatio } from './ratio.js';
import { settledWarning } from './settled-warning.js';
import { summariseMetrics, throughputPerSecond } from './summarise-metrics.js';
import { leakWarnings } from './summarise-processes.js';
import { missingStagesWarning } from './summarise-stages.js';

const nanosecondsPerMs = 1e6;

/** A trial that ended well, with its block. */
export interface MeasuredTrial {
  readonly block: number;
  readonly measured: Measured;
}

/** The trials that ended well, in the order of their blocks. */
export function measuredTrials(trials: readonly Trial[]): MeasuredTrial[] {
  return trials
    .flatMap(({ block, outcome }) => (outcome.status === 'ok' ? [{ block, measured: outcome }] : []))
    .sort((a, b) => a.block - b.block);
}

/** What the trials of a cell amount to: status and figures, without the comparison with the baseline. */
export function summariseCell(key: CellKey, trials: readonly Trial[]): Cell {
  const measured = measuredTrials(trials);
  const failedTrials = trials.length - measured.length;
  const isa = measured[0]?.measured.isa ?? null;
  const base = {
    ...key,
    resolvedLoad: null,
    trials: measured.length,
    failedTrials,
    isa,
    versusBaseline: null,
    warnings: [],
  };
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
  const metrics = summariseMetrics(outcomes);
  return {
    ...base,
    status: 'ok',
    check: outcomes[0]?.check ?? null,
    metrics,
    warnings: [
      ...warningsOfOpen(metrics.open, outcomes),
      ...leakWarnings(metrics.processes, outcomes),
      ...failedWarning(trials),
      ...settledWarning(outcomes),
      ...diagnoseNoise(measured),
      ...missingStagesWarning(metrics.stages),
    ],
  };
}

/** How many trials failed, and what the first of them said. */
function failedWarning(trials: readonly Trial[]): Warning[] {
  const reasons = trials.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.reason] : []));
  const [first] = reasons;
  if (first === undefined) return [];
  return [
    {
      code: 'failed-trials',
      message: `${reasons.length} of ${trials.length} trials failed and are not in the figures; the first: ${first}`,
      remedy: 'read the reasons in trials.jsonl',
    },
  ];
}

/** The trials of one cell beside those of another in the same block; blocks that lack one of them are left out. */
export function pairByBlock(
  trials: readonly MeasuredTrial[],
  others: readonly MeasuredTrial[],
): { readonly a: Measured; readonly b: Measured }[] {
  const otherOfBlock = new Map(others.map(({ block, measured }) => [block, measured]));
  return trials.flatMap(({ block, measured }) => {
    const other = otherOfBlock.get(block);
    return other === undefined ? [] : [{ a: measured, b: other }];
  });
}

/** A cell against the baseline's trials, block by block. */
export function compareWithBaseline(
  trials: readonly MeasuredTrial[],
  baseline: readonly MeasuredTrial[],
): Ratios | null {
  const pairs = pairByBlock(trials, baseline);
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

function warningsOfOpen(open: OpenMetrics | null, trials: readonly Measured[]): Warning[] {
  const inMs = (ns: number): number => ns / nanosecondsPerMs;
  return open === null
    ? []
    : openLoadWarnings(open, {
        latenciesMs: trials.flatMap(({ latenciesNs }) => latenciesNs.map(inMs)),
        lagsMs: trials.flatMap((trial) => trial.open?.lagsNs.map(inMs) ?? []),
      });
}
