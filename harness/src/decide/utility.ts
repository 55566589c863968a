/**
 * What a figure is worth on absolute anchors, between 0 (at the limit or worse) and 1 (at the goal or better). The scale
 * is logarithmic: halving a latency earns the same anywhere between the anchors. Figures are never divided by the best
 * or the worst of the options, because then adding an option could reverse the order of two others (Belton & Gear, "On a
 * Short-Coming of Saaty's Method of Analytic Hierarchies", Omega 11(3), 1983).
 */

/** Two figures from the profile: `limit` earns nothing, `goal` everything. */
export interface Anchors {
  readonly limit: number;
  readonly goal: number;
}

/** The worth of a figure of which less is better, in any positive unit. */
export function lowerIsBetter(value: number, { limit, goal }: Anchors): number {
  return clamp(Math.log(limit / value) / Math.log(limit / goal));
}

/** The worth of a figure of which more is better, in any positive unit. */
export function higherIsBetter(value: number, { limit, goal }: Anchors): number {
  return clamp(Math.log(value / limit) / Math.log(goal / limit));
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Weights as shares that sum to 1; all zero gives equal shares. */
export function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 1 / weights.length : weight / sum));
}

/** The additive value: utilities weighted by shares that sum to 1. */
export function weightedSum(utilities: readonly number[], shares: readonly number[]): number {
  return utilities.reduce((total, utility, index) => total + utility * (shares[index] ?? 0), 0);
}
