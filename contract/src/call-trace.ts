/** Where a call is. Together the stages are the way from the caller and back. */
export type Stage = 'encode' | 'queue' | 'cross' | 'compute' | 'decode';

/** Nanoseconds that one call spent in each stage. */
export type StageTimes = Readonly<Record<Stage, number>>;

/**
 * Notes how long a call stays in each stage, where its caller wants to know: it is given to the call, and whoever has the call
 * in hand says into which stage it goes. All clocks are read on the caller's thread; from the callee come durations only, for
 * clocks of two processes can't be compared.
 *
 * - *encode*: the caller's side, until the request is handed over: options to bytes, messages, copies.
 * - *queue*: waiting for a thread, a worker or a place.
 * - *cross*: there and back: from handing over until the raw answer is there, without what the callee says of queue and compute.
 * - *compute*: `computeNs` of the invocation.
 * - *decode*: from the raw answer to the invocation.
 *
 * A call without one reads no clock for it.
 */
export class CallTrace {
  readonly #spentMs = { encode: 0, queue: 0, cross: 0, decode: 0 };
  #stage: Exclude<Stage, 'compute'> = 'encode';
  #sinceMs = 0;
  #calleeQueueNs = 0;
  #queueUntold: string | null = null;
  #ended = false;

  /** The call begins, with encoding. */
  begin(): void {
    this.#sinceMs = performance.now();
  }

  /**
   * The call leaves the stage in which it is and goes into another one, perhaps for the second time. `nowMs`: when that was, by
   * `performance.now()`, where it is known only later whose call it was.
   */
  enter(stage: Exclude<Stage, 'compute'>, nowMs = performance.now()): void {
    this.#spentMs[this.#stage] += nowMs - this.#sinceMs;
    this.#sinceMs = nowMs;
    this.#stage = stage;
  }

  /** The callee says how long the request waited there, in nanoseconds; the crossing has been so much shorter. */
  queuedAtCallee(ns: number): void {
    this.#calleeQueueNs += Math.round(ns);
  }

  /** Nobody can say how long the call waited; `reason` says why and in which stage the waiting is contained. */
  queueUntold(reason: string): void {
    this.#queueUntold = reason;
  }

  /** The invocation is made. */
  end(): void {
    this.enter(this.#stage);
    this.#ended = true;
  }

  /** Why no time in the queue is told, if none is. */
  get untold(): string | null {
    return this.#queueUntold;
  }

  /**
   * What each stage took, none less than nothing; `null` if the implementation has not said that the call ended. `computeNs`: what the
   * work took, as the invocation says.
   */
  times(computeNs: number): StageTimes | null {
    if (!this.#ended) return null;
    const { encode, queue, cross, decode } = this.#spentMs;
    return {
      encode: toNs(encode),
      queue: toNs(queue) + this.#calleeQueueNs,
      cross: Math.max(0, toNs(cross) - this.#calleeQueueNs - computeNs),
      compute: computeNs,
      decode: toNs(decode),
    };
  }
}

function toNs(ms: number): number {
  return Math.round(ms * 1e6);
}
