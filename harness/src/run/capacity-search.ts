import {
  capacityLackShare,
  capacityRiseShare,
  doublingsWithoutRise,
  doublingsWithoutRiseBlocking,
  pilotMostCallsInFlight,
} from '../defaults.js';
import type { Capacity } from '../results/schema.js';

/** What was found for one number of calls in flight: calls a second, or why there is none. */
export type Probe =
  | { readonly status: 'ok'; readonly callsPerSecond: number }
  | { readonly status: 'failed' | 'invalid'; readonly reason: string };

/** A search's result, without the name of what was searched. */
export type Found = Omit<Capacity, 'workload' | 'input' | 'impl' | 'variant'>;

/**
 * Searches how many calls in flight give the highest throughput: 1, 2, 4, … are probed until doublings bring no rise, or a cap. A wrong output
 * leaves no capacity; a failure leaves that of the probes before it, if there are any.
 */
export async function searchCapacity(
  probe: (callsInFlight: number) => Promise<Probe>,
  blocksEventLoop: boolean,
): Promise<Found> {
  const patience = blocksEventLoop ? doublingsWithoutRiseBlocking : doublingsWithoutRise;
  const points: Capacity['points'] = [];
  let best = 0;
  let withoutRise = 0;
  for (let callsInFlight = 1; callsInFlight <= pilotMostCallsInFlight; callsInFlight *= 2) {
    const found = await probe(callsInFlight);
    if (found.status !== 'ok') {
      const kept = found.status === 'invalid' ? [] : points;
      const reason = `with ${callsInFlight} in flight: ${found.reason}`;
      return { ...capacityOf(kept), ended: found.status, reason, points };
    }
    const { callsPerSecond } = found;
    points.push({ callsInFlight, callsPerSecond });
    withoutRise = callsPerSecond > best * (1 + capacityRiseShare) ? 0 : withoutRise + 1;
    best = Math.max(best, callsPerSecond);
    if (withoutRise === patience) return { ...capacityOf(points), ended: 'no-rise', reason: null, points };
  }
  return { ...capacityOf(points), ended: 'cap', reason: null, points };
}

/** The first point that lacks little of the best. */
function capacityOf(points: Capacity['points']): Pick<Capacity, 'callsInFlight' | 'callsPerSecond'> {
  const best = Math.max(0, ...points.map(({ callsPerSecond }) => callsPerSecond));
  const first = points.find(({ callsPerSecond }) => callsPerSecond >= best * (1 - capacityLackShare));
  return {
    callsInFlight: first?.callsInFlight ?? null,
    callsPerSecond: first?.callsPerSecond ?? null,
  };
}
