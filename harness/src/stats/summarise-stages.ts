import { missingStagesShare, smallestMissingMs, trimmedCallsShare } from '../defaults.js';
import type { Figure, Measured, StageFigures, Warning } from '../results/schema.js';
import { estimateWhereTold } from './where-told.js';

type Traced = NonNullable<Measured['traced']>;

const nanosecondsPerMs = 1e6;

/**
 * Where the time of a call goes. Of a trial: the mean over its traced calls but the slowest and the fastest tenth, since means of parts
 * over the same calls add up to the mean of the whole, and medians don't; of the cell: the median over trials.
 */
export function summariseStages(trials: readonly Measured[]): StageFigures {
  const mean = (of: (traced: Traced) => number): Figure =>
    estimateWhereTold(
      trials,
      ({ traced }) => (traced === null ? null : of(trimmed(traced)) / nanosecondsPerMs),
      reasonOfNone(trials),
    );
  const untold = trials.flatMap(({ traced }) => traced?.queueUntold ?? [])[0];
  return {
    wholeMs: mean(({ latenciesNs }) => meanOf(latenciesNs)),
    encodeMs: mean(({ encodesNs }) => meanOf(encodesNs)),
    queueMs:
      untold === undefined ? mean(({ queuesNs }) => meanOf(queuesNs)) : { value: null, reason: untold },
    crossMs: mean(({ crossesNs }) => meanOf(crossesNs)),
    computeMs: mean(({ computesNs }) => meanOf(computesNs)),
    decodeMs: mean(({ decodesNs }) => meanOf(decodesNs)),
    missingMs: mean(missingNs),
  };
}

function reasonOfNone(trials: readonly Measured[]): string {
  return trials.some(({ open }) => open !== null)
    ? 'under an open load calls wait for each other, too; closed:N has it'
    : 'the implementation does not tell';
}

/** Without the calls, whole with all their stages, that took longest and shortest: during one the system may have done something else. */
function trimmed(traced: Traced): Traced {
  const { latenciesNs } = traced;
  const off = Math.floor(latenciesNs.length * trimmedCallsShare);
  const kept = latenciesNs
    .map((_, i) => i)
    .sort((a, b) => (latenciesNs[a] ?? 0) - (latenciesNs[b] ?? 0))
    .slice(off, latenciesNs.length - off);
  const of = (ns: readonly number[]): number[] => kept.map((i) => ns[i] ?? 0);
  return {
    latenciesNs: of(latenciesNs),
    encodesNs: of(traced.encodesNs),
    queuesNs: of(traced.queuesNs),
    crossesNs: of(traced.crossesNs),
    computesNs: of(traced.computesNs),
    decodesNs: of(traced.decodesNs),
    queueUntold: traced.queueUntold,
  };
}

/** What of the mean latency is in no stage. */
function missingNs({ latenciesNs, encodesNs, queuesNs, crossesNs, computesNs, decodesNs }: Traced): number {
  const stages = [encodesNs, queuesNs, crossesNs, computesNs, decodesNs];
  return meanOf(latenciesNs) - stages.reduce((sum, ns) => sum + meanOf(ns), 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Says how much of a call's time is in none of its stages, if that is more than a little. */
export function missingStagesWarning({ wholeMs, missingMs }: StageFigures): Warning[] {
  if (wholeMs.value === null || missingMs.value === null) return [];
  const missing = Math.abs(missingMs.value);
  if (missing <= missingStagesShare * wholeMs.value || missing <= smallestMissingMs) return [];
  const share = `${Math.round((missing / wholeMs.value) * 100)}%`;
  const microseconds = Number((missing * 1000).toPrecision(2)).toLocaleString('en');
  return [
    missingMs.value > 0
      ? {
          code: 'stages-missing',
          message: `${microseconds} µs of a call (${share}) are in none of its stages: its answer was there, and waited until promises and the event loop gave it to the caller`,
          remedy:
            'compare with closed:1: where calls are in flight together, each waits while the event loop serves the others',
        }
      : {
          code: 'stages-missing',
          message: `the stages of a call are ${microseconds} µs (${share}) longer than the call: the implementation counts something twice`,
          remedy: 'report this as a bug of the implementation',
        },
  ];
}
