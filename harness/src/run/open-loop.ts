import type { Invocation } from '@crossover/contract/implementation';
import { callsPerEventLoopTurn, longCallMs, openCallsInFlight, openGraceMs } from '../defaults.js';
import type { Arrivals } from './arrivals.js';
import { EndedCalls } from './ended-calls.js';
import {
  emptyTurnMs,
  processTiming,
  type Timing,
  timerResolutionMs,
  WindowClock,
} from './generator-clock.js';
import { IdealGenerator } from './ideal-generator.js';
import type { Phase } from './load-generator.js';
import type { OutputWatch } from './output-watch.js';

/** What an open loop gave beside its samples; the lists have one entry a sample, in the same order. */
export interface OpenPhase extends Phase {
  /** When the call was due, in microseconds since the window began. */
  readonly dueUs: number[];
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

/**
 * An open loop: starts each call when it is due, whether or not those before have ended. A synchronous call blocks the
 * process, and those that become due meanwhile queue up, as they would in a service. Latency is from the intended start, so that a
 * stall is seen by all whom it delays (coordinated omission: Tene, *How NOT to Measure Latency*, 2013), and beside it from
 * the actual start. How late the generator itself was is told by an {@link IdealGenerator} beside it.
 */
export async function openLoop(
  call: () => Invocation | Promise<Invocation>,
  arrivals: Arrivals,
  watch: Pick<OutputWatch, 'see'>,
  timing: Timing = processTiming,
): Promise<OpenPhase> {
  const loop = new OpenLoop(call, arrivals, watch, timing);
  await loop.run();
  return loop.phase();
}

class OpenLoop {
  readonly #clock: WindowClock;
  readonly #ideal = new IdealGenerator();
  readonly #ended: EndedCalls;
  #inFlight = 0;
  #stopped = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly call: () => Invocation | Promise<Invocation>,
    private readonly arrivals: Arrivals,
    private readonly watch: Pick<OutputWatch, 'see'>,
    private readonly timing: Timing,
  ) {
    this.#ended = new EndedCalls(arrivals.dueMs.length, arrivals.windowMs);
    this.#clock = new WindowClock(timing);
  }

  /** Starts all calls and waits for their ends, or until a call fails or the time after the window has passed. */
  async run(): Promise<void> {
    const { dueMs, windowMs } = this.arrivals;
    const deadline = windowMs + Math.max(windowMs, openGraceMs);
    let next = 0;
    let sinceTurn = 0;
    while ((next < dueMs.length || this.#inFlight > 0) && this.#failure === null) {
      const now = this.#clock.now();
      if (now > deadline) break;
      const due = dueMs[next];
      const full = this.#inFlight >= openCallsInFlight;
      if (due !== undefined && due <= now && !full && sinceTurn < callsPerEventLoopTurn) {
        const wasLong = this.#start(due);
        sinceTurn = wasLong ? callsPerEventLoopTurn : sinceTurn + 1;
        next++;
        continue;
      }
      sinceTurn = 0;
      await this.#wait(due ?? now);
      if (full) this.#ideal.wasFull(this.#clock.now());
    }
    this.#stopped = true;
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Starts the call that is due; whether it was synchronous and so long that the event loop must have a turn after it. */
  #start(due: number): boolean {
    const at = this.#clock.now();
    const lag = Math.max(0, at - this.#ideal.startOf(due));
    const answer = this.call();
    const end = this.#clock.now();
    this.#ideal.called(due, end - at);
    if (!(answer instanceof Promise)) {
      this.#ended.add(due, at, lag, end, answer.computeNs);
      this.#clock.standsDuring(() => this.watch.see(answer.output));
      return end - at >= longCallMs;
    }
    this.#inFlight++;
    answer
      .then(({ output, computeNs }) => {
        if (this.#stopped) return;
        this.#ended.add(due, at, lag, this.#clock.now(), computeNs);
        this.#clock.worksDuring(() => this.watch.see(output));
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#inFlight--);
    return false;
  }

  /** Gives the thread away until `due`, or for one turn of the event loop. */
  async #wait(due: number): Promise<void> {
    const before = this.#clock.now();
    const workedBefore = this.#clock.workedMs;
    const sleepMs = Math.floor(due - before - timerResolutionMs);
    await (sleepMs > 0 ? this.timing.sleep(sleepMs) : this.timing.turn());
    this.#ideal.waited({
      due,
      before,
      after: this.#clock.now(),
      ownMs: this.#clock.workedMs - workedBefore,
      expectedMs: sleepMs > 0 ? sleepMs + timerResolutionMs : emptyTurnMs,
    });
  }

  /** What came of it. */
  phase(): OpenPhase {
    const { dueMs, windowMs } = this.arrivals;
    return {
      ...this.#ended.samples(),
      elapsedMs: Math.max(this.#ended.lastEnd, windowMs),
      arrivals: dueMs.length,
      backlog: dueMs.length - this.#ended.onTime,
      unanswered: dueMs.length - this.#ended.count,
    };
  }
}
