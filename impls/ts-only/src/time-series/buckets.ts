/** The start of the bucket that `time` lies in; adding zero turns −0 into +0. */
export function bucketStart(time: number, bucketMs: number): number {
  return Math.floor(time / bucketMs) * bucketMs + 0;
}

/** Buckets that can be numbered from zero without gaps. */
export interface Numbering {
  /** ⌊time / bucketMs⌋ of the first. */
  readonly first: number;
  /** How many there are from the first to the last. */
  readonly count: number;
}

/**
 * Up to this quotient two different buckets never have the same start: their starts differ by the width, which is more
 * than the rounding of either.
 */
const maxQuotient = 2 ** 50;

/** Numbers the buckets that the times lie in; `undefined` where numbers would not stand for starts. */
export function numberBuckets(times: Float64Array, bucketMs: number): Numbering | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    least = Math.min(least, times[row] as number);
    greatest = Math.max(greatest, times[row] as number);
  }
  const first = Math.floor(least / bucketMs);
  const last = Math.floor(greatest / bucketMs);
  const fits = first >= -maxQuotient && last <= maxQuotient && first <= last;
  return fits ? { first, count: last - first + 1 } : undefined;
}
