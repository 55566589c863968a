import { agreementShare, indistinguishableShare } from '../defaults.js';
import type { Estimate } from '../results/schema.js';
import { compare } from '../stats/comparison.js';

/**
 * What the ratio of two loops on one cell shows: that they differ, by more than 2% and the share `floor` by which our loop seemed to differ
 * from itself; or that they agree, which wants all of its 95% interval within {@link agreementShare} of 1, so that noise can't pass for
 * agreement (two one-sided tests: Schuirmann, 1987); or neither.
 */
export function agreement(ratio: Estimate, floor: number): string {
  const limit = Math.max(indistinguishableShare, floor);
  if (compare(ratio, limit) !== 'not distinguishable') return `differ by more than ${percent(limit)}`;
  const farthest = Math.max(apart(ratio.lo), apart(ratio.hi));
  return farthest <= agreementShare
    ? `agree within ${percent(farthest)}`
    : `not told: they may be ${percent(farthest)} apart; more blocks or a quieter machine would tell`;
}

/** How far a ratio is from 1, as a share, whichever side is the larger; infinite where there is none. */
export function apart(ratio: number | null): number {
  return ratio === null ? Number.POSITIVE_INFINITY : Math.max(ratio, 1 / ratio) - 1;
}

/** A share as percent with a decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
