import type { Figure, Percentiles } from '../results/schema.js';
import { estimateMedian } from './interval.js';
import { estimatePooledQuantile } from './pooled-quantile.js';
import { quantileOfSorted, samplesNeeded, sorted } from './quantile.js';

const nanosecondsPerMs = 1e6;

/** The percentiles, in milliseconds, of samples in nanoseconds, one list a trial. */
export function summarisePercentiles(samplesNs: readonly (readonly number[])[]): Percentiles {
  const samplesMs = samplesNs.map((samples) => sorted(samples.map((ns) => ns / nanosecondsPerMs)));
  const percentile = (q: number): Figure => summarisePercentile(samplesMs, q);
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
export function summarisePercentile(trials: readonly Float64Array[], q: number): Figure {
  const needed = samplesNeeded(q);
  if (trials.every((samples) => samples.length >= needed)) {
    return estimateMedian(trials.map((samples) => quantileOfSorted(samples, q)));
  }
  const total = trials.reduce((sum, samples) => sum + samples.length, 0);
  return total >= needed
    ? estimatePooledQuantile(trials, q)
    : {
        value: null,
        reason: `needs ${needed.toLocaleString('en')} samples, has ${total.toLocaleString('en')}`,
      };
}
