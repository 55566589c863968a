/**
 * Probability that the median of a continuous distribution lies between the `rank`-th smallest and the `rank`-th largest
 * of `n` independent values: P(rank ≤ B ≤ n − rank), B binomial with n and ½. Exact, whatever the distribution.
 */
export function orderStatisticCoverage(n: number, rank: number): number {
  let probability = 2 ** -n;
  let covered = 0;
  for (let k = 0; k <= n - rank; k++) {
    if (k >= rank) covered += probability;
    probability *= (n - k) / (k + 1);
  }
  return covered;
}

/** The innermost rank whose interval still covers at least `confidence`; 0 where even the extremes don't. */
export function orderStatisticRank(n: number, confidence: number): number {
  let rank = 0;
  while (2 * (rank + 1) <= n && orderStatisticCoverage(n, rank + 1) >= confidence) rank++;
  return rank;
}

/**
 * The interval of a median from ascending values. Ranks are whole numbers, so the exact interval covers more than it should:
 * with ten values 97.9%, and the next one in 89.1%. This one lies between the two, interpolated so that it covers
 * `confidence` almost whatever the distribution (Hettmansperger & Sheather, *Confidence intervals based on interpolated
 * order statistics*, Statistics & Probability Letters 4, 1986; Nyblom, same journal 14, 1992). `null` where the extremes
 * don't reach the confidence: below six values for 95%.
 */
export function medianBounds(
  ascending: ArrayLike<number>,
  confidence: number,
): { lo: number; hi: number } | null {
  const n = ascending.length;
  const rank = orderStatisticRank(n, confidence);
  if (rank === 0) return null;
  const outer = orderStatisticCoverage(n, rank);
  const inner = orderStatisticCoverage(n, rank + 1);
  const share = (outer - confidence) / (outer - inner);
  const weight = ((n - rank) * share) / (rank + (n - 2 * rank) * share);
  const between = (from: number, to: number): number =>
    (1 - weight) * (ascending[from] as number) + weight * (ascending[to] as number);
  return { lo: between(rank - 1, rank), hi: between(n - rank, n - rank - 1) };
}
