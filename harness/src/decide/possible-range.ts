import { parseLoad } from '../plan/load.js';
import type { Cell } from '../results/schema.js';

/** Bounds of a figure that is not negative; `hi` may be infinite. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** Of what nothing is known. */
export const anything: Range = { lo: 0, hi: Number.POSITIVE_INFINITY };

/** Share of calls that lie above a percentile, or at it. */
const shareAbove = { p50: 0.5, p99: 0.01 } as const;

/**
 * Between which milliseconds a percentile of latency lies that has too few samples: those that the run tells, or what the other figures of the cell
 * allow. It is not below a lower percentile, and not above the mean over the share of calls that lie above it (Markov's inequality), which
 * holds in every trial and so of the medians over trials; the mean is the number of calls in flight over the throughput (Little, Operations
 * Research 9(3), 1961). Bounds are those of 95% intervals where there are such.
 */
export function latencyMsRange({ metrics, load }: Cell, percentile: 'p50' | 'p99'): Range {
  if (metrics === null) return anything;
  const { latencyMs, throughputPerSecond } = metrics;
  const figure = latencyMs[percentile];
  if (figure.value === null && figure.between) return figure.between;
  const lower = percentile === 'p99' ? [latencyMs.p90, latencyMs.p50] : [];
  const lo = Math.max(0, ...lower.map((figure) => (figure.value === null ? 0 : (figure.lo ?? figure.value))));
  const asked = parseLoad(load);
  const perSecond =
    throughputPerSecond.value === null ? 0 : (throughputPerSecond.lo ?? throughputPerSecond.value);
  const hi =
    asked.kind === 'closed' && perSecond > 0
      ? (1000 * asked.callsInFlight) / perSecond / shareAbove[percentile]
      : Number.POSITIVE_INFINITY;
  return { lo, hi: Math.max(lo, hi) };
}
