import type { CallTrace } from '@crossover/contract/call-trace';
import { WorkloadError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';

const nanosecondsPerMillisecond = 1e6;

/**
 * Runs `work` and measures it. For a `trace` that is all there is to the call from here on: what it takes beside the work counts as
 * crossing.
 * @throws {WorkloadError} that of `work`; whatever else it throws is a bug of this implementation's and becomes `internal`.
 */
export function compute(work: () => Uint8Array, trace?: CallTrace): Invocation {
  trace?.enter('cross');
  const invocation = guarded(() => {
    const startMs = performance.now();
    const output = work();
    return { output, computeNs: Math.round((performance.now() - startMs) * nanosecondsPerMillisecond) };
  });
  trace?.end();
  return invocation;
}

/**
 * Runs `work`, so that it fails in no other way than a workload may.
 * @throws {WorkloadError} as {@link compute}.
 */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof WorkloadError) {
      throw error;
    }
    throw new WorkloadError('internal', error instanceof Error ? error.message : String(error));
  }
}
