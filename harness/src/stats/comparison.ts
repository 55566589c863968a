import { z } from 'zod';
import { indistinguishableShare } from '../defaults.js';
import type { Figure, Run } from '../results/schema.js';

/** How a ratio to the baseline reads. */
export const comparisonSchema = z.enum(['more', 'less', 'not distinguishable']);

export type Comparison = z.infer<typeof comparisonSchema>;

/**
 * The smallest difference, as a share, that a run can tell: {@link indistinguishableShare}, or what two names for one cell
 * seemed to differ by where that is more.
 */
export function smallestDifference({ noiseFloor }: Pick<Run, 'noiseFloor'>): number {
  return Math.max(indistinguishableShare, noiseFloor?.share ?? 0);
}

/**
 * Reads a ratio: a difference counts only if its 95% interval excludes 1 and it is larger than the share `smallest`.
 * Without an interval (a single trial) nothing can be told apart.
 */
export function compare(ratio: Figure, smallest: number): Comparison {
  if (ratio.value === null || ratio.lo === null || ratio.hi === null) return 'not distinguishable';
  if (ratio.lo > 1 && ratio.value > 1 + smallest) return 'more';
  if (ratio.hi < 1 && ratio.value < 1 / (1 + smallest)) return 'less';
  return 'not distinguishable';
}
