/**
 * The exact 95% interval of a rate that was seen `successes` times of `trials` (Clopper & Pearson, Biometrika 26, 1934): the rates under
 * which so many or more, and so many or fewer, are no rarer than 2.5%. `trials` is at least 1.
 */
export function clopperPearson(successes: number, trials: number): { lo: number; hi: number } {
  const tail = 0.025;
  const lo = successes === 0 ? 0 : crossing((rate) => 1 - atMost(successes - 1, trials, rate) < tail);
  const hi = successes === trials ? 1 : crossing((rate) => atMost(successes, trials, rate) >= tail);
  return { lo, hi };
}

/** Where `below` turns from true to false in [0, 1], by bisection to the precision of a double. */
function crossing(below: (rate: number) => boolean): number {
  let [left, right] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (left + right) / 2;
    if (below(middle)) left = middle;
    else right = middle;
  }
  return left;
}

/** P(X ≤ k) of a binomial X. */
function atMost(k: number, n: number, rate: number): number {
  if (rate === 0) return 1;
  if (rate === 1) return k >= n ? 1 : 0;
  let sum = 0;
  let logTerm = n * Math.log1p(-rate);
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(rate) - Math.log1p(-rate);
  }
  return sum;
}
