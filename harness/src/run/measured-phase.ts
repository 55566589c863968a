import { ImplementationError } from '@crossover/contract/error';
import { openWindowFactor } from '../defaults.js';
import type { Measured } from '../results/schema.js';
import { poissonArrivals } from './arrivals.js';
import { type Call, closedLoop, type Phase } from './load-generator.js';
import { openLoop } from './open-loop.js';
import type { OutputWatch } from './output-watch.js';
import type { SampleRoom } from './sample-room.js';
import type { TrialRequest } from './trial-message.js';

/** The calls of the window that is measured, under the load of the cell. */
export interface MeasuredPhase extends Phase {
  /** Length of the window without the time in which outputs were compared. */
  readonly windowMs: number;
  /** What only an open load has. */
  readonly open: Measured['open'];
}

/**
 * Makes the calls of the window.
 * @throws {ImplementationError} when not one call of an open load ended in time.
 */
export async function measuredPhase(
  call: Call,
  { load, arrivals, measureMs, measureOperations }: TrialRequest,
  watch: Pick<OutputWatch, 'see' | 'spentMs'>,
  room: SampleRoom,
): Promise<MeasuredPhase> {
  const extent = { ms: measureMs, operations: measureOperations };
  if (load.kind === 'closed') {
    // What follows the end of the last call is in no part of the window.
    let spentMs = 0;
    const see = (output: Uint8Array): void => {
      spentMs = watch.spentMs;
      watch.see(output);
    };
    const phase = await closedLoop(call, load.callsInFlight, extent, { see }, room);
    return { ...phase, windowMs: phase.elapsedMs - spentMs, open: null };
  }
  const longer = { ...extent, ms: extent.ms * openWindowFactor };
  const schedule = poissonArrivals(load.callsPerSecond, longer, arrivals.seed, arrivals.purpose);
  const { latenciesNs, computesNs, elapsedMs, ...open } = await openLoop(call, schedule, watch);
  if (latenciesNs.length === 0) {
    throw new ImplementationError(
      `none of ${open.arrivals} calls ended within ${Math.round(elapsedMs)} ms or as long again`,
      'choose a lower rate',
    );
  }
  return { latenciesNs, computesNs, elapsedMs, windowMs: elapsedMs, open };
}
