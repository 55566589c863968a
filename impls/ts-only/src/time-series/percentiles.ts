import type { Percentiles } from '@crossover/workload-time-series/result-table';

/**
 * Puts the nearest-rank percentiles 50, 95 and 99 of `values` from `start` to `end`, at least one, into entry `group`
 * of the columns. The values are put into another order. Each percentile is looked for only above the one before it.
 */
export function selectPercentiles(
  values: Float64Array,
  start: number,
  end: number,
  into: Percentiles,
  group: number,
): void {
  const p50 = start + nearestRank(end - start, 50);
  const p95 = start + nearestRank(end - start, 95);
  const p99 = start + nearestRank(end - start, 99);
  into.p50[group] = select(values, start, end - 1, p50);
  into.p95[group] = select(values, p50, end - 1, p95);
  into.p99[group] = select(values, p95, end - 1, p99);
}

/** ⌈count · percent / 100⌉ − 1; the quotient of two integers this small is never rounded across an integer. */
function nearestRank(count: number, percent: number): number {
  return Math.ceil((count * percent) / 100) - 1;
}

/** A stretch this short is sorted by insertion. */
const short = 12;

/**
 * Moves values from `left` to `right`, both included, until the one at `rank` is where it would be if they were sorted,
 * with none greater before it and none less after it; gives that value. Hoare's quickselect with the median of three as the pivot; from a
 * stretch that does not shrink as it should, V8's own sort takes over, so that no input makes it quadratic.
 */
function select(values: Float64Array, left: number, right: number, rank: number): number {
  let rounds = 2 * (32 - Math.clz32(right - left));
  while (right - left > short) {
    if (rounds-- === 0) {
      values.subarray(left, right + 1).sort();
      return values[rank] as number;
    }
    const pivot = medianOfThree(
      values[left] as number,
      values[(left + right) >>> 1] as number,
      values[right] as number,
    );
    let low = left;
    let high = right;
    while (low <= high) {
      while ((values[low] as number) < pivot) low++;
      while ((values[high] as number) > pivot) high--;
      if (low <= high) {
        const held = values[low] as number;
        values[low] = values[high] as number;
        values[high] = held;
        low++;
        high--;
      }
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else return pivot;
  }
  sortByInsertion(values, left, right);
  return values[rank] as number;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function sortByInsertion(values: Float64Array, left: number, right: number): void {
  for (let at = left + 1; at <= right; at++) {
    const value = values[at] as number;
    let to = at;
    while (to > left && (values[to - 1] as number) > value) {
      values[to] = values[to - 1] as number;
      to--;
    }
    values[to] = value;
  }
}
