import { steadyMadShare, steadyQuartileShare, steadyWindowCalls } from '../defaults.js';
import { median, quantileOfSorted, sorted } from '../stats/quantile.js';

/** Calls below which a warm-up can't be judged: two windows of the fewest calls, and as many before them. */
export const fewestCallsToJudge = 4 * steadyWindowCalls;

/**
 * Whether calls have settled, from all latencies so far in time order (any unit): the last two quarters of them are two consecutive
 * windows, which must agree as pyperf has it (`calibrate_warmups` in `pyperf/_worker.py`): both quartiles within
 * 5% and the median absolute deviation within 10%, as shares of the later window's. The windows grow with the warm-up, so that a
 * slow descent can't hide in windows too short to see it. `null` where there are fewer than {@link fewestCallsToJudge}.
 */
export function hasSettled(latencies: readonly number[]): boolean | null {
  if (latencies.length < fewestCallsToJudge) return null;
  const calls = Math.floor(latencies.length / 4);
  const earlier = spreadOf(latencies.slice(-2 * calls, -calls));
  const later = spreadOf(latencies.slice(-calls));
  return (
    agree(earlier.q1, later.q1, steadyQuartileShare) &&
    agree(earlier.q3, later.q3, steadyQuartileShare) &&
    agree(earlier.mad, later.mad, steadyMadShare)
  );
}

function spreadOf(latencies: readonly number[]): { q1: number; q3: number; mad: number } {
  const ascending = sorted(latencies);
  const middle = quantileOfSorted(ascending, 0.5);
  return {
    q1: quantileOfSorted(ascending, 0.25),
    q3: quantileOfSorted(ascending, 0.75),
    mad: median(ascending.map((latency) => Math.abs(latency - middle))),
  };
}

function agree(earlier: number, later: number, share: number): boolean {
  return Math.abs(earlier - later) <= share * later;
}
