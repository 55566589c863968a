import type { CallTrace } from '@crossover/contract/call-trace';
import { tracedCalls, tracedMs, tracedOperations, tracedWarmUpMs } from '../defaults.js';
import type { Load } from '../plan/load.js';
import type { TracedCalls } from '../results/traced-calls-schema.js';
import { type Call, closedLoop } from './load-generator.js';
import type { OutputWatch } from './output-watch.js';
import type { SampleRoom } from './sample-room.js';

/**
 * Calls that tell where their time goes: some more after the window, under the same closed load, because reading the clock at each stage
 * would disturb the samples. `null` under an open load, and where the implementation does not tell.
 */
export async function tracedPhase(
  call: Call,
  load: Load,
  watch: Pick<OutputWatch, 'see'>,
  room: SampleRoom,
): Promise<TracedCalls | null> {
  if (load.kind !== 'closed') return null;
  // The first traced calls take branches that no call took before, and code that was optimised without them is made anew.
  await closedLoop(call, load.callsInFlight, { ms: tracedWarmUpMs, operations: 1 }, watch, room, []);
  const traces: CallTrace[] = [];
  const extent = { ms: tracedMs, operations: tracedOperations, most: tracedCalls };
  const { latenciesNs, computesNs } = await closedLoop(call, load.callsInFlight, extent, watch, room, traces);
  const times = traces.flatMap((trace, i) => trace.times(computesNs[i] ?? 0) ?? []);
  if (times.length < traces.length) return null;
  return {
    latenciesNs,
    encodesNs: times.map(({ encode }) => encode),
    queuesNs: times.map(({ queue }) => queue),
    crossesNs: times.map(({ cross }) => cross),
    computesNs: times.map(({ compute }) => compute),
    decodesNs: times.map(({ decode }) => decode),
    queueUntold: traces[0]?.untold ?? null,
  };
}
