import { disagreementFactor, wideShare } from '../defaults.js';
import type { Estimate } from '../results/schema.js';

/** Bounds of a 95% interval. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

/** Below this many trials no interval between order statistics reaches 95%: the whole range of five values holds the median with 93.8%. */
export const fewestTrialsForOrderStatistics = 6;

/**
 * A figure of `n` trials with its interval, where there is one, and with what its reader must know: see `estimateWarningCodes`.
 * `crossCheck` is an interval of another kind for the same figure.
 */
export function estimateOf(
  value: number,
  bounds: Bounds | null,
  n: number,
  { pooled = false, crossCheck = null }: { pooled?: boolean; crossCheck?: Bounds | null } = {},
): Estimate {
  const warnings: Estimate['warnings'] = [];
  if (n < fewestTrialsForOrderStatistics) warnings.push('few-trials');
  if (bounds !== null && isWide(value, bounds)) warnings.push('wide');
  if (pooled) warnings.push('pooled');
  if (bounds !== null && crossCheck !== null && disagree(bounds, crossCheck))
    warnings.push('intervals-disagree');
  return { value, lo: bounds?.lo ?? null, hi: bounds?.hi ?? null, n, warnings };
}

/** Whether the farther bound lies more than {@link wideShare} of the figure away from it. */
function isWide(value: number, { lo, hi }: Bounds): boolean {
  return Math.max(value - lo, hi - value) > wideShare * Math.abs(value);
}

/** Whether one interval is longer than the other by more than {@link disagreementFactor}, or they have nothing in common. */
function disagree(a: Bounds, b: Bounds): boolean {
  if (a.hi < b.lo || b.hi < a.lo) return true;
  const [shorter = 0, longer = 0] = [a.hi - a.lo, b.hi - b.lo].sort((x, y) => x - y);
  return longer > disagreementFactor * shorter;
}
