/** A slope with the bounds of its 95% interval, per step. */
export interface Slope {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** The 97.5th percentile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The slope of a series taken at equal steps: the median of the slopes of all pairs, which single outliers do not move, with
 * the interval of Kendall's distribution (P. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63,
 * 1968). Equal values are not corrected for: that makes the interval wider, not narrower. `series` has at least 10 values.
 */
export function theilSen(series: readonly number[]): Slope {
  const slopes = series
    .flatMap((later, j) => series.slice(0, j).map((earlier, i) => (later - earlier) / (j - i)))
    .sort((a, b) => a - b);
  const n = series.length;
  const half = z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank: number): number => slopes[Math.max(0, Math.min(slopes.length - 1, rank))] ?? Number.NaN;
  const middle = slopes.length / 2;
  return {
    value: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2,
    lo: at(Math.round((slopes.length - half) / 2) - 1),
    hi: at(Math.round((slopes.length + half) / 2)),
  };
}
