import { probit, sampleVariance } from 'simple-statistics';
import { gate as defaults } from '../defaults.js';
import type { Effect } from '../results/gate-schema.js';
import { type Screened, tolerated } from './evidence.js';

/**
 * Fewest fresh blocks that can confirm a regression when so many metrics look like one: the smallest p-value of *n* blocks, 2⁻ⁿ, must be one that
 * the first step of Holm's procedure rejects.
 */
export function fewestBlocksFor(tests: number): number {
  const enough = Math.ceil(Math.log2(Math.max(1, tests) / defaults.confirmLevel));
  return Math.max(defaults.fewestConfirmBlocks, enough);
}

/** How many blocks are wanted, and the fewest that say something. */
export interface BlockWish {
  readonly wanted: number;
  readonly fewest: number;
}

/**
 * The fresh blocks of a metric that was held back, when so many look like a regression, if they scatter as those of the screening. A suspect wants as many as find
 * what it is worth to find ({@link defaults.foundShare}); what is undecided as many as, together with those of the screening, make it `ok` where it is equal
 * ({@link defaults.okPower}). For normal effects whose mean has the standard error σ √(π/3) / √n, π/3 being what the signed-rank test costs against the t-test (Pitman
 * efficiency 3/π; Hollander, Wolfe & Chicken, 3.11).
 */
export function freshBlocks({ effects, outcome, margin, decides }: Screened, tests: number): BlockWish {
  const suspect = outcome === 'suspect';
  const worth = decides ? Math.min(margin, defaults.foundShare) : margin;
  const error = suspect
    ? (Math.log1p(worth) - tolerated) / (confirmingQuantile(tests) + probit(defaults.foundPower))
    : Math.log1p(margin) / (probit(defaults.okConfidence) + probit(defaults.okPower));
  const variance = rankVariance(effects) * scatterDoubt(effects.length);
  const blocks = error > 0 ? Math.ceil(variance / error ** 2) : Number.POSITIVE_INFINITY;
  const fewest = suspect ? fewestBlocksFor(tests) : defaults.fewestFurtherBlocks;
  const lacking = suspect ? blocks : blocks - effects.length;
  return { wanted: Math.max(fewest, Math.min(defaults.mostConfirmBlocks, lacking)), fewest };
}

/** Of the normal distribution, beyond which either end of a 95% interval lies. */
const intervalQuantile = probit(0.975);

/**
 * The fresh blocks with which the interval of a ratio that may lie on either side of 1 leaves it on one ({@link defaults.okPower}), where the ratio is what it seems: intervals shrink
 * with √n.
 */
export function furtherBlocks({ value, lo, hi, n }: Effect): BlockWish {
  const distance = Math.abs(Math.log(value));
  const halfWidth = lo === null || hi === null ? Number.POSITIVE_INFINITY : Math.log(hi / lo) / 2;
  const error = (intervalQuantile * distance) / (intervalQuantile + probit(defaults.okPower));
  const blocks = error > 0 ? Math.ceil(n * (halfWidth / error) ** 2) : Number.POSITIVE_INFINITY;
  const fewest = defaults.fewestFurtherBlocks;
  return { wanted: Math.max(fewest, Math.min(defaults.mostConfirmBlocks, blocks - n)), fewest };
}

/** What satisfies two wishes. */
export function larger(one: BlockWish, other: BlockWish = one): BlockWish {
  return {
    wanted: Math.max(one.wanted, other.wanted),
    fewest: Math.max(one.fewest, other.fewest),
  };
}

/** The power that {@link detectableShare} is told for. */
const power = 0.8;

/**
 * The smallest effect, as a share, that so many fresh blocks of what looks like a regression would call one about four times in five, if they scatter as those that
 * were `seen`: δ = ln 1.01 + (z₁₋ₐ + z₀.₈)·σ·√(π/3)/√n, as for {@link freshBlocks}.
 */
export function detectableShare(seen: readonly number[], tests: number, blocks: number): number {
  const z = confirmingQuantile(tests) + probit(power);
  return Math.expm1(tolerated + z * Math.sqrt(rankVariance(seen) / blocks));
}

/** Of the normal distribution, beyond which the first step of Holm's procedure over so many tests rejects. */
function confirmingQuantile(tests: number): number {
  return probit(1 - defaults.confirmLevel / Math.max(1, tests));
}

/**
 * By which factor the variance of normal values may be larger than that of `n` of them, with a confidence of {@link defaults.scatterConfidence}: n − 1 over the quantile of χ²
 * (Wilson & Hilferty, PNAS 17, 1931). Who took it as it was seen would want too few blocks half of the time, which costs more than too many do.
 */
function scatterDoubt(n: number): number {
  const part = 2 / (9 * Math.max(1, n - 1));
  return (1 - part + probit(1 - defaults.scatterConfidence) * Math.sqrt(part)) ** -3;
}

/** The variance of effects, times what the signed-rank test costs. */
function rankVariance(effects: readonly number[]): number {
  return effects.length < 2 ? 0 : (sampleVariance([...effects]) * Math.PI) / 3;
}
