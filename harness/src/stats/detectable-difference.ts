import { indistinguishableShare } from '../defaults.js';

/** 97.5% and 80% quantiles of Student's t with n − 1 degrees of freedom (SciPy 1.17.1: `t.ppf([0.975, 0.8], n - 1)`), by the suites' blocks n. */
const student = {
  10: { confidence: 2.2621571628, power: 0.8834038597 },
  20: { confidence: 2.0930240544, power: 0.8609505503 },
} as const;

/** The numbers of blocks for which {@link detectableDifference} knows the quantiles: those of the default and the thorough suite. */
export type SuiteBlocks = keyof typeof student;

/** Variance of the mean over that of the Hodges-Lehmann estimate for normal noise: 3/π (Hodges & Lehmann 1963). */
const efficiency = 3 / Math.PI;

/**
 * The smallest difference, as a share, that so many blocks tell with 95% confidence in 80 of 100 runs, when the logarithms of a block's
 * ratios have the standard deviation `sd`. The estimate then has the standard error s = sd / √(n · 3/π). Its interval must leave out 1,
 * for which the difference must be (t₀.₉₇₅ + t₀.₈) · s (the usual sample size formula, e.g. Cohen, *Statistical Power Analysis*, 2nd ed.,
 * 2.4; with t for z, as n is small); and it must itself exceed the share that counts at all, for which it must lie t₀.₈ · s above.
 * The greater of both counts.
 */
export function detectableDifference(sd: number, blocks: SuiteBlocks): number {
  const { confidence, power } = student[blocks];
  const standardError = sd / Math.sqrt(blocks * efficiency);
  const logarithm = Math.max(
    (confidence + power) * standardError,
    Math.log1p(indistinguishableShare) + power * standardError,
  );
  return Math.expm1(logarithm);
}

/** The standard deviation of the logarithms of the ratios a/b, with n − 1; there must be two pairs. */
export function logRatioDeviation(pairs: readonly { readonly a: number; readonly b: number }[]): number {
  const logs = pairs.map(({ a, b }) => Math.log(a / b));
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  return Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (logs.length - 1));
}
