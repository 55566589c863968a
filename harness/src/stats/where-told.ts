import type { Figure, Measured } from '../results/schema.js';
import { estimateMedian } from './interval.js';

/** The median over trials of a figure that some trials may lack; none, with the `reason`, when one does. */
export function estimateWhereTold(
  trials: readonly Measured[],
  figure: (trial: Measured) => number | null,
  reason: string,
): Figure {
  const values = trials.map(figure).filter((value) => value !== null);
  return values.length < trials.length ? { value: null, reason } : estimateMedian(values);
}
