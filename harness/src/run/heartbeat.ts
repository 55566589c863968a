import { heartbeatMs } from '../defaults.js';

/**
 * A task that shares the event loop with the calls, as the other requests of a service do: it wants to run every
 * {@link heartbeatMs}, and notes how much later it ran. A beat that was skipped because the loop was blocked is counted as the
 * requests would have felt it: a block of 50 ms makes late the beat that was due at its start by 50 ms, the next by 30, and so on.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #dueMs = performance.now() + heartbeatMs;
  readonly #latenessMs: number[] = [];

  constructor() {
    this.#timer = setInterval(() => this.#beat(performance.now()), heartbeatMs);
  }

  #beat(nowMs: number): void {
    this.#latenessMs.push(...latenessOfBeats(this.#dueMs, nowMs));
    this.#dueMs = nowMs + heartbeatMs;
  }

  /** Ends the task; how late each beat ran, in milliseconds, in time order. A loop that is still blocked has beaten late, too. */
  stop(): number[] {
    clearInterval(this.#timer);
    const nowMs = performance.now();
    if (nowMs > this.#dueMs) this.#beat(nowMs);
    return this.#latenessMs;
  }
}

/** How late the beats were that were due from `dueMs` on, when none ran before `nowMs`; at least one, 0 when it was not late. */
export function latenessOfBeats(dueMs: number, nowMs: number): number[] {
  const late = Math.max(0, nowMs - dueMs);
  return Array.from({ length: 1 + Math.floor(late / heartbeatMs) }, (_, beat) => late - beat * heartbeatMs);
}
