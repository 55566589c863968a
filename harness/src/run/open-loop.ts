import { setImmediate as eventLoopTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '@crossover/contract/implementation';
import { callsPerEventLoopTurn, longCallMs, openCallsInFlight, openGraceMs } from '../defaults.js';
import type { Arrivals } from './arrivals.js';
import type { Phase } from './load-generator.js';
import type { OutputWatch } from './output-watch.js';

/** What an open loop gave beside its samples; the lists have one entry a sample, in the same order. */
export interface OpenPhase extends Phase {
  /** From the intended start: `latenciesNs`. From the actual start: */
  readonly startedLatenciesNs: number[];
  /** How much later than an ideal generator could have this one started the call. */
  readonly lagsNs: number[];
  /** Calls that were due. */
  readonly arrivals: number;
  /** Calls that were due and had not ended when the window ended. */
  readonly backlog: number;
  /** Of these, calls that had not ended when the trial stopped waiting either. */
  readonly unanswered: number;
}

/** The clock and the waits of a generator; tests have their own. */
export interface Timing {
  /** Milliseconds. */
  now(): number;
  /** One turn of the event loop. */
  turn(): Promise<unknown>;
  /** At least so long, up to {@link timerResolutionMs} longer where nothing else runs. */
  sleep(ms: number): Promise<unknown>;
}

const processTiming: Timing = { now: () => performance.now(), turn: () => eventLoopTurn(), sleep };

/** A timer of Node fires up to this much late; the rest of a wait is spent in turns of the event loop. */
const timerResolutionMs = 2;

/** A turn with nothing in it takes a few microseconds; what a longer one did was not the generator's work. */
const emptyTurnMs = 0.02;

/**
 * An open loop: starts each call when it is due, whether or not those before have ended. A synchronous call blocks the
 * process, and those that become due meanwhile queue up, as they would in a service. Latency is from the intended start, so that a
 * stall is seen by all whom it delays (coordinated omission: Tene, *How NOT to Measure Latency*, 2013), and beside it from
 * the actual start.
 *
 * The generator keeps account of itself. An ideal one, which costs nothing, starts call i at max(due, free), where `free` is when the
 * thread was free again of the implementation: of the calls before (Lindley's recursion, 1952) and of what ran in a turn of the
 * event loop. What an actual start is later than that is the generator's lag.
 */
export async function openLoop(
  call: () => Invocation | Promise<Invocation>,
  { dueMs, windowMs }: Arrivals,
  watch: Pick<OutputWatch, 'see'>,
  timing: Timing = processTiming,
): Promise<OpenPhase> {
  const latenciesNs: number[] = [];
  const startedLatenciesNs: number[] = [];
  const lagsNs: number[] = [];
  const computesNs: number[] = [];
  const begin = timing.now();
  const deadline = windowMs + Math.max(windowMs, openGraceMs);
  /** The clock stands while the output of a synchronous call is looked at: no caller waits for that. */
  let stoppedMs = 0;
  const elapsed = (): number => timing.now() - begin - stoppedMs;
  let free = 0;
  let watchedMs = 0;
  let inFlight = 0;
  let onTime = 0;
  let lastEnd = 0;
  let stopped = false;
  let failure: { readonly error: unknown } | null = null;

  const ended = (i: number, start: number, lag: number, { output, computeNs }: Invocation): void => {
    const end = elapsed();
    latenciesNs.push(toNs(end - (dueMs[i] as number)));
    startedLatenciesNs.push(toNs(end - start));
    lagsNs.push(toNs(lag));
    computesNs.push(Math.round(computeNs));
    lastEnd = end;
    if (end <= windowMs) onTime++;
    const looking = timing.now();
    watch.see(output);
    watchedMs += timing.now() - looking;
  };

  const start = (i: number): boolean => {
    const at = elapsed();
    const ideal = Math.max(dueMs[i] as number, free);
    const answer = call();
    if (!(answer instanceof Promise)) {
      const busy = elapsed() - at;
      const before = watchedMs;
      ended(i, at, Math.max(0, at - ideal), answer);
      stoppedMs += watchedMs - before;
      free = ideal + busy;
      return busy >= longCallMs;
    }
    free = ideal + elapsed() - at;
    inFlight++;
    answer
      .then((invocation) => {
        if (!stopped) ended(i, at, Math.max(0, at - ideal), invocation);
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => inFlight--);
    return false;
  };

  /** Gives the thread away until `due`; what others do with it beyond that is not the generator's lag. */
  const wait = async (due: number): Promise<void> => {
    const before = elapsed();
    const watchedBefore = watchedMs;
    const stoppedBefore = stoppedMs;
    const sleepMs = Math.floor(due - before - timerResolutionMs);
    await (sleepMs > 0 ? timing.sleep(sleepMs) : timing.turn());
    const after = elapsed();
    const own = watchedMs - watchedBefore - (stoppedMs - stoppedBefore);
    const expected = sleepMs > 0 ? sleepMs + timerResolutionMs : emptyTurnMs;
    if (after - before - own <= expected) return;
    // A call was waiting: the others' work put the ideal generator off as well. Else it was free when they had ended.
    free = due <= before ? free + after - before - own : Math.max(free, after - own);
  };

  let next = 0;
  let sinceTurn = 0;
  while ((next < dueMs.length || inFlight > 0) && failure === null) {
    const now = elapsed();
    if (now > deadline) break;
    const due = next < dueMs.length ? (dueMs[next] as number) : now;
    if (
      next < dueMs.length &&
      due <= now &&
      inFlight < openCallsInFlight &&
      sinceTurn < callsPerEventLoopTurn
    ) {
      sinceTurn = start(next++) ? callsPerEventLoopTurn : sinceTurn + 1;
      continue;
    }
    const full = inFlight >= openCallsInFlight;
    sinceTurn = 0;
    await wait(due);
    // No generator would have more calls in flight: the backlog is the implementation's.
    if (full) free = Math.max(free, elapsed());
  }
  stopped = true;
  if (failure !== null) throw (failure as { error: unknown }).error;
  return {
    latenciesNs,
    startedLatenciesNs,
    lagsNs,
    computesNs,
    elapsedMs: Math.max(lastEnd, windowMs),
    arrivals: dueMs.length,
    backlog: dueMs.length - onTime,
    unanswered: dueMs.length - latenciesNs.length,
  };
}

function toNs(ms: number): number {
  return Math.max(0, Math.round(ms * 1e6));
}
