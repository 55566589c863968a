/** Where a series divides best. */
export interface Split {
  /** The first place after the change. */
  readonly index: number;
  /** The scaled divergence of the two sides; greater is more unlike. */
  readonly divergence: number;
}

/**
 * The split of `values` with the greatest divergence by energy statistics with exponent 1 (Matteson & James, JASA 109(505), 2014, (5) to (7)):
 *
 *     Q(τ, κ) = mn/(m + n) · (2·mean|xᵢ − yⱼ| − mean|xᵢ − xₖ| − mean|yⱼ − yₖ|)
 *
 * of x, the m values before τ, and y, the n values from τ up to κ, means over pairs of different values. κ need not be the end, so that a change is seen although the
 * series changes back later. Both sides have at least `minSegment` values, which is 2 or more; `null` where there are too few.
 *
 * All distances between x and y are those within x and y together less those within each. Distances within any stretch follow from one a value
 * shorter, so n values take n² steps and memory for 2n numbers.
 */
export function bestSplit(values: ArrayLike<number>, minSegment: number): Split | null {
  const n = values.length;
  if (n < 2 * minSegment) return null;
  const fromStart = distancesFromStart(values);
  /** Distances within the values from τ up to κ, for the τ of the loop. */
  const fromSplit = new Float64Array(n + 1);
  let best: Split | null = null;
  for (let split = n - 1; split >= minSegment; split--) {
    const value = values[split] as number;
    let toLater = 0;
    for (let end = split + 2; end <= n; end++) {
      toLater += Math.abs(value - (values[end - 1] as number));
      fromSplit[end] = (fromSplit[end] as number) + toLater;
    }
    const within = fromStart[split] as number;
    for (let end = split + minSegment; end <= n; end++) {
      const after = end - split;
      const withinAfter = fromSplit[end] as number;
      const between = (fromStart[end] as number) - within - withinAfter;
      const divergence =
        (2 * (between / split / after) - within / pairs(split) - withinAfter / pairs(after)) *
        ((split * after) / end);
      if (best === null || divergence > best.divergence) best = { index: split, divergence };
    }
  }
  return best;
}

/** For each n, the distances between all pairs of the first n values together. */
function distancesFromStart(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let end = 1; end < values.length; end++) {
    let toEarlier = 0;
    for (let i = 0; i < end; i++) toEarlier += Math.abs((values[end] as number) - (values[i] as number));
    sums[end + 1] = (sums[end] as number) + toEarlier;
  }
  return sums;
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}
