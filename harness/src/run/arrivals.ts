import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { longestOpenWindowMs, samplesPerTrial } from '../defaults.js';
import { generatorFor } from '../stats/seed.js';
import type { Extent } from './load-generator.js';

/** When the calls of an open load are due. */
export interface Arrivals {
  /** Milliseconds from the beginning of the window, ascending. */
  readonly dueMs: Float64Array;
  /** Length of the window in which they are due. */
  readonly windowMs: number;
}

/**
 * A Poisson process: independent exponential gaps, −ln(1−u) / rate, as calls come from many users who don't know of each
 * other. The same seed and purpose give the same arrivals. The window is longer than `extent.ms` where so few arrivals are
 * due in it, up to {@link longestOpenWindowMs}, and shorter where more are due than a trial keeps.
 */
export function poissonArrivals(
  callsPerSecond: number,
  extent: Extent,
  seed: number,
  purpose: string,
): Arrivals {
  const generator = generatorFor(seed, `arrivals ${purpose}`);
  const dueMs: number[] = [];
  let windowMs = extent.ms;
  for (let due = 0; ; ) {
    due -= (Math.log(1 - uniformFloat64(generator)) * 1000) / callsPerSecond;
    const missing = dueMs.length < extent.operations && due <= longestOpenWindowMs;
    if (due > windowMs && !missing) break;
    dueMs.push(due);
    windowMs = Math.max(windowMs, due);
    if (dueMs.length < samplesPerTrial) continue;
    windowMs = due;
    break;
  }
  return { dueMs: Float64Array.from(dueMs), windowMs };
}
