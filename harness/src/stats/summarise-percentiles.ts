import { confidence } from '../defaults.js';
import type { Figure, Missing, Percentiles } from '../results/schema.js';
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
 * enough samples (given ascending), else the percentile of all samples together, else none, with the reason and with what is
 * known of it nevertheless.
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
        ...extremes(trials, q),
      };
}

/**
 * The least and the largest sample, where the quantile lies between them with 95%. Samples of one trial may be all alike, so that only trials count: all
 * k lie above it with a probability of at most (1 − q)ᵏ, and below with qᵏ. Six trials hold the median so; no usual number holds a tail.
 */
function extremes(trials: readonly Float64Array[], q: number): Pick<Missing, 'between'> {
  const filled = trials.filter(({ length }) => length > 0);
  const outside = q ** filled.length + (1 - q) ** filled.length;
  if (outside > 1 - confidence) return {};
  const lo = Math.min(...filled.map((samples) => samples[0] as number));
  const hi = Math.max(...filled.map((samples) => samples[samples.length - 1] as number));
  return { between: { lo, hi } };
}
