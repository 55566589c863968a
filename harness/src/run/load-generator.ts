import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import { callsPerEventLoopTurn, longCallMs, samplesPerTrial } from '../defaults.js';
import type { OutputWatch } from './output-watch.js';
import { SampleRoom } from './sample-room.js';

/** Makes the call that is measured; with a `trace`, the call tells it where its time goes. */
export type Call = (trace?: CallTrace) => Invocation | Promise<Invocation>;

/** When a phase ends: after this much time and at least so many calls. */
export interface Extent {
  readonly ms: number;
  readonly operations: number;
  /** Calls after which it ends in any case; {@link samplesPerTrial} where it isn't said. */
  readonly most?: number;
}

/** What one phase of calls gave. */
export interface Phase {
  /** One sample a call, in the order in which the calls ended. */
  readonly latenciesNs: number[];
  readonly computesNs: number[];
  /** From the first call's start to the last call's end. */
  readonly elapsedMs: number;
}

/**
 * A closed loop: keeps `callsInFlight` calls going, each lane starting its next call when its last has ended and its
 * output was looked at. A synchronous call blocks all lanes, as it would in a service; the loop gives the event loop a turn after each
 * long call and after every few short ones, for finalizers of native buffers need one.
 *
 * `traces` gets a trace of each call, in the order of the samples; without it no call is traced.
 */
export async function closedLoop(
  call: Call,
  callsInFlight: number,
  extent: Extent,
  watch: Pick<OutputWatch, 'see'>,
  room = new SampleRoom(),
  traces?: CallTrace[],
): Promise<Phase> {
  const begin = performance.now();
  let lastEnd = begin;
  let started = 0;

  const more = (): boolean =>
    started < (extent.most ?? samplesPerTrial) &&
    (started < extent.operations || performance.now() - begin < extent.ms);

  const lane = async (): Promise<void> => {
    let sinceTurn = 0;
    while (more()) {
      started++;
      const trace = traces === undefined ? undefined : new CallTrace();
      const start = performance.now();
      const answer = call(trace);
      const asynchronous = answer instanceof Promise;
      const { output, computeNs } = asynchronous ? await answer : answer;
      const end = performance.now();
      room.add(Math.round((end - start) * 1e6), Math.round(computeNs));
      if (trace !== undefined) traces?.push(trace);
      lastEnd = end;
      watch.see(output);
      sinceTurn++;
      if (!asynchronous && (end - start >= longCallMs || sinceTurn >= callsPerEventLoopTurn)) {
        sinceTurn = 0;
        await eventLoopTurn();
      }
    }
  };
  await Promise.all(Array.from({ length: callsInFlight }, lane));
  return { ...room.take(), elapsedMs: lastEnd - begin };
}
