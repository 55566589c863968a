import type { ValueStatistics } from '@crossover/workload-time-series/result-table';

/** So many values are added plainly before what rounding lost is accounted for. */
const block = 256;

/**
 * Puts the statistics of `values` from `start` to `end`, at least one, into entry `group` of the columns. Two passes:
 * the squares are those of the distances from the mean, so that a large mean does not cancel the digits of a small
 * deviation. Four accumulators each, so that an addition need not wait for the one before it.
 */
export function summarise(
  values: Float64Array,
  start: number,
  end: number,
  into: ValueStatistics,
  group: number,
): void {
  // Compensated summation after A. Neumaier (ZAMM 54, 1974) over the sums of blocks.
  let sum = 0;
  let lost = 0;
  let min = values[start] as number;
  let max = min;
  for (let from = start; from < end; from += block) {
    const to = Math.min(from + block, end);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let min1 = min;
    let max1 = max;
    let at = from;
    for (; at + 3 < to; at += 4) {
      const a = values[at] as number;
      const b = values[at + 1] as number;
      const c = values[at + 2] as number;
      const d = values[at + 3] as number;
      s0 += a;
      s1 += b;
      s2 += c;
      s3 += d;
      min = Math.min(min, Math.min(a, b));
      max = Math.max(max, Math.max(a, b));
      min1 = Math.min(min1, Math.min(c, d));
      max1 = Math.max(max1, Math.max(c, d));
    }
    for (; at < to; at++) {
      const a = values[at] as number;
      s0 += a;
      min = Math.min(min, a);
      max = Math.max(max, a);
    }
    min = Math.min(min, min1);
    max = Math.max(max, max1);
    const part = s0 + s2 + (s1 + s3);
    const next = sum + part;
    lost += Math.abs(sum) >= Math.abs(part) ? sum - next + part : part - next + sum;
    sum = next;
  }
  sum += lost;
  const mean = sum / (end - start);
  into.sum[group] = sum;
  into.min[group] = min;
  into.max[group] = max;
  into.mean[group] = mean;
  into.std[group] = Math.sqrt(sumOfSquares(values, start, end, mean) / (end - start));
}

/** Σ(x − mean)². */
function sumOfSquares(values: Float64Array, start: number, end: number, mean: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let at = start;
  for (; at + 3 < end; at += 4) {
    const a = (values[at] as number) - mean;
    const b = (values[at + 1] as number) - mean;
    const c = (values[at + 2] as number) - mean;
    const d = (values[at + 3] as number) - mean;
    s0 += a * a;
    s1 += b * b;
    s2 += c * c;
    s3 += d * d;
  }
  for (; at < end; at++) {
    const a = (values[at] as number) - mean;
    s0 += a * a;
  }
  return s0 + s2 + (s1 + s3);
}
