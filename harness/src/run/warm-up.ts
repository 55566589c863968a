import type { Extent, Phase } from './load-generator.js';
import { fewestCallsToJudge, hasSettled } from './steady-state.js';

/** What a warm-up came to. */
export interface WarmUp {
  readonly operations: number;
  /** `false`: the cap came first. `null`: too few calls fit into the cap to tell. */
  readonly settled: boolean | null;
}

/** Where a warm-up ends although the calls have not settled. */
export interface WarmUpCap {
  /** Milliseconds of calls in all. */
  readonly ms: number;
  readonly operations: number;
}

/**
 * Calls at least for `least`, then on until they have settled or `cap` is reached, by a quarter more at a time. Where the calls so
 * far tell that too few will fit into the cap to judge them, none are added.
 */
export async function warmUp(
  drive: (extent: Extent) => Promise<Pick<Phase, 'latenciesNs' | 'elapsedMs'>>,
  least: Extent,
  cap: WarmUpCap,
): Promise<WarmUp> {
  const first = await drive(least);
  const latencies = [...first.latenciesNs];
  let elapsedMs = first.elapsedMs;
  let settled = hasSettled(latencies);
  while (settled !== true && elapsedMs < cap.ms && latencies.length < cap.operations) {
    if ((latencies.length * cap.ms) / elapsedMs < fewestCallsToJudge) break;
    const more = await drive({ ms: Math.min(elapsedMs / 4, cap.ms - elapsedMs), operations: 1 });
    for (const latency of more.latenciesNs) latencies.push(latency);
    elapsedMs += more.elapsedMs;
    settled = hasSettled(latencies);
  }
  return { operations: latencies.length, settled };
}
