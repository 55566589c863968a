/** A slope with the bounds of its 95% interval, in units of y a unit of x. */
export interface Slope {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** What was seen of y at x. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The 97.5th percentile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The slope of a line through points: the median of the slopes of all pairs, which single outliers do not move, with
 * the interval of Kendall's distribution (P. Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63,
 * 1968). Equal values of y are not corrected for: that makes the interval wider, not narrower. At least 2 points, whose x differ; the interval means
 * something from 10 on.
 */
export function theilSen(points: readonly Point[]): Slope {
  const slopes = points
    .flatMap((later, j) => points.slice(0, j).map((earlier) => (later.y - earlier.y) / (later.x - earlier.x)))
    .sort((a, b) => a - b);
  const n = points.length;
  const half = z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank: number): number => slopes[Math.max(0, Math.min(slopes.length - 1, rank))] ?? Number.NaN;
  const middle = slopes.length / 2;
  return {
    value: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2,
    lo: at(Math.round((slopes.length - half) / 2) - 1),
    hi: at(Math.round((slopes.length + half) / 2)),
  };
}
