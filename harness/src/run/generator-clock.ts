import { setImmediate as eventLoopTurn, setTimeout as sleep } from 'node:timers/promises';

/** The clock and the waits of a generator; tests have their own. */
export interface Timing {
  /** Milliseconds. */
  now(): number;
  /** One turn of the event loop. */
  turn(): Promise<unknown>;
  /** At least so long, up to {@link timerResolutionMs} longer where nothing else runs. */
  sleep(ms: number): Promise<unknown>;
}

export const processTiming: Timing = { now: () => performance.now(), turn: () => eventLoopTurn(), sleep };

/** A timer of Node fires up to this much late; the rest of a wait is spent in turns of the event loop. */
export const timerResolutionMs = 2;

/** A turn with nothing in it takes a few microseconds; what a longer one did was not the generator's work. */
export const emptyTurnMs = 0.02;

/** Milliseconds since the window began, without those for which the clock stood. */
export class WindowClock {
  readonly #begin: number;
  #stoodMs = 0;
  #workedMs = 0;

  constructor(private readonly timing: Timing) {
    this.#begin = timing.now();
  }

  now(): number {
    return this.timing.now() - this.#begin - this.#stoodMs;
  }

  /** Does what no caller waits for: the clock stands. */
  standsDuring(work: () => void): void {
    const before = this.timing.now();
    work();
    this.#stoodMs += this.timing.now() - before;
  }

  /** Does what calls that are due meanwhile wait for, and keeps account of it. */
  worksDuring(work: () => void): void {
    const before = this.timing.now();
    work();
    this.#workedMs += this.timing.now() - before;
  }

  /** Milliseconds of work so far while the clock went on. */
  get workedMs(): number {
    return this.#workedMs;
  }
}
