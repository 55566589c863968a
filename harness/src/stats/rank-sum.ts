import { sorted } from './quantile.js';

/**
 * Wilcoxon's rank-sum test of two independent samples (Biometrics Bulletin 1, 1945; Mann & Whitney, Annals of Mathematical Statistics 18, 1947)
 * and the interval of a shift that inverts it (Moses; Hollander, Wolfe & Chicken, *Nonparametric Statistical Methods*, 3rd ed., 4.1 and 4.3).
 */

/** By how much the second sample lies above the first, with the bounds of the 95% interval, which are `null` where so few values have none. */
export interface Shift {
  readonly value: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

/** The Hodges-Lehmann estimate of the shift: the median of all differences between a value of `after` and one of `before`. Neither may be empty. */
export function shiftBetween(before: readonly number[], after: readonly number[]): Shift {
  const differences = sorted(after.flatMap((y) => before.map((x) => y - x)));
  const at = (index: number): number => differences[index] as number;
  const last = differences.length - 1;
  const k = rankSumCritical(before.length, after.length);
  const value = (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2;
  return k < 0 ? { value, lo: null, hi: null } : { value, lo: at(k), hi: at(last - k) };
}

/** From so many values in a sample on the normal approximation is as good as the exact count (R's `wilcox.test` has the same limit). */
const large = 50;

/**
 * How many of the smallest (and of the largest) differences of samples of `m` and `n` values lie outside the interval that leaves at most 2.5% on each
 * side: the largest k with P(U ≤ k) ≤ 0.025 under H₀; -1 where no k is small enough, as for three values each.
 */
export function rankSumCritical(m: number, n: number): number {
  const tail = 0.025;
  const z = 1.959963984540054;
  if (m >= large || n >= large)
    return Math.floor((m * n) / 2 - z * Math.sqrt((m * n * (m + n + 1)) / 12)) - 1;
  const ranks = Array.from({ length: m + n }, (_, i) => i + 1);
  const ways = waysToChoose(m, ranks);
  const all = ways.reduce((sum, way) => sum + way, 0);
  const least = (m * (m + 1)) / 2;
  let k = -1;
  let cumulative = 0;
  while (cumulative + (ways[least + k + 1] as number) <= tail * all) {
    k++;
    cumulative += ways[least + k] as number;
  }
  return k;
}

/**
 * The two-sided p-value, exact: the share of all ways to choose the ranks of `a` whose sum lies as far from its mean or farther. Equal values share
 * their mean rank, and the distribution is that of these very ranks. Meant for some dozens of values.
 */
export function rankSumPValue(a: readonly number[], b: readonly number[]): number {
  const doubledRanks = doubledMidranks([...a, ...b]);
  const observed = doubledRanks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const mean = a.length * (a.length + b.length + 1);
  const distance = Math.abs(observed - mean);
  const ways = waysToChoose(a.length, doubledRanks);
  let [extreme, all] = [0, 0];
  for (const [sum, way] of ways.entries()) {
    all += way;
    if (Math.abs(sum - mean) >= distance) extreme += way;
  }
  return extreme / all;
}

/** Twice the rank of each value, so that the mean rank of ties is whole. */
function doubledMidranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * below + equal + 1;
  });
}

/** For each sum, in how many ways `size` of the ranks give it. */
function waysToChoose(size: number, ranks: readonly number[]): Float64Array {
  const top = sorted(ranks)
    .slice(-size)
    .reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(top + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const rank of ranks) {
    for (let chosen = size; chosen > 0; chosen--) {
      const [from, to] = [ways[chosen - 1] as Float64Array, ways[chosen] as Float64Array];
      for (let sum = rank; sum <= top; sum++) to[sum] = (to[sum] as number) + (from[sum - rank] as number);
    }
  }
  return ways[size] as Float64Array;
}
