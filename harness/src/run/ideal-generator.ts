/** A wait of the generator, in milliseconds since the window began. */
export interface Wait {
  /** When the next call is due. */
  readonly due: number;
  readonly before: number;
  readonly after: number;
  /** Milliseconds of it that the generator itself worked. */
  readonly ownMs: number;
  /** How long it takes at most where nobody else runs. */
  readonly expectedMs: number;
}

/**
 * An ideal generator, which costs nothing and shares its thread with the implementation. It starts call i at max(due, free), where `free` is
 * when the thread was free of the implementation: of the calls before (Lindley, *The Theory of Queues with a Single Server*, 1952) and
 * of what ran in turns of the event loop. What the actual generator starts a call later than that is its lag.
 */
export class IdealGenerator {
  /** Milliseconds since the window began. */
  #free = 0;

  /** When it would start the next call. */
  startOf(due: number): number {
    return Math.max(due, this.#free);
  }

  /** That call kept the thread for so long. */
  called(due: number, busyMs: number): void {
    this.#free = this.startOf(due) + busyMs;
  }

  /** The thread was given away; what a wait takes beyond the expected is the work of others. */
  waited({ due, before, after, ownMs, expectedMs }: Wait): void {
    const others = after - before - ownMs;
    if (others <= expectedMs) return;
    // A call was waiting: the others' work put the ideal generator off as well. Else it was free when they had ended.
    this.#free = due <= before ? this.#free + others : Math.max(this.#free, after - ownMs);
  }

  /** No generator would have more calls in flight: the backlog until now is the implementation's. */
  wasFull(now: number): void {
    this.#free = Math.max(this.#free, now);
  }
}
