import { quantileOfSorted, sorted } from './quantile.js';

/**
 * Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945) and the Hodges-Lehmann estimate that inverts it (Hollander, Wolfe & Chicken,
 * *Nonparametric Statistical Methods*, 3rd ed., 3.1 and 3.4), exact: by counting the subsets of the ranks.
 */

/** The means of all pairs (each value with itself too), ascending. */
export function walshAverages(values: readonly number[]): Float64Array {
  return sorted(values.flatMap((x, i) => values.slice(i).map((y) => (x + y) / 2)));
}

/** The Hodges-Lehmann estimate: the median of all pairwise means. `values` must not be empty. */
export function hodgesLehmann(values: readonly number[]): number {
  return quantileOfSorted(walshAverages(values), 0.5);
}

/**
 * How many of the smallest (and of the largest) pairwise means of `n` values lie outside the interval that leaves at most `tail` on each
 * side: the largest k with P(W ≤ k) ≤ `tail` under H₀; -1 where no k is small enough, as for fewer than six values and 0.025.
 */
export function signedRankCritical(n: number, tail = 0.025): number {
  const ways = waysToSum(Array.from({ length: n }, (_, i) => i + 1));
  let cumulative = 0;
  let k = -1;
  while (cumulative + (ways[k + 1] as number) <= tail * 2 ** n) {
    k++;
    cumulative += ways[k] as number;
  }
  return k;
}

/**
 * The value that the centre of symmetry lies below with confidence 1 − `tail`: the one-sided bound of the test. Infinite where so few
 * values have none.
 */
export function upperBound(values: readonly number[], tail: number): number {
  const k = signedRankCritical(values.length, tail);
  return k < 0
    ? Number.POSITIVE_INFINITY
    : (walshAverages(values)[triangle(values.length) - 1 - k] as number);
}

/**
 * P(W ≥ w) if the centre of symmetry is `centre` (at most): small when the values lie above it. Values at the centre are left out
 * (Wilcoxon's way), equal distances share their mean rank, and the distribution is that of these very ranks. 1 where nothing is left.
 */
export function signedRankPValue(values: readonly number[], centre: number): number {
  const differences = values.map((value) => value - centre).filter((difference) => difference !== 0);
  if (differences.length === 0) return 1;
  const doubledRanks = doubledMidranks(differences.map(Math.abs));
  const ways = waysToSum(doubledRanks);
  const observed = doubledRanks.reduce(
    (sum, rank, i) => ((differences[i] as number) > 0 ? sum + rank : sum),
    0,
  );
  let extreme = 0;
  for (let sum = observed; sum < ways.length; sum++) extreme += ways[sum] as number;
  return extreme / 2 ** differences.length;
}

/** Twice the rank of each value, so that the mean rank of ties is whole. */
function doubledMidranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** For each sum, in how many ways a subset of `ranks` gives it. */
function waysToSum(ranks: readonly number[]): Float64Array {
  const top = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = new Float64Array(top + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    for (let sum = top; sum >= rank; sum--) ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number);
  }
  return ways;
}

/** 1 + 2 + … + n. */
function triangle(n: number): number {
  return (n * (n + 1)) / 2;
}
