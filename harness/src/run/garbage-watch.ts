import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Adds up how long collections of garbage stop this thread, from when it is made. What V8 collects beside the running program costs no caller
 * time and is not told; worker threads and other processes have heaps of their own, which are not seen.
 */
export class GarbageWatch {
  #ms = 0;
  readonly #observer = new PerformanceObserver((list) => this.#add(list.getEntries()));

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** Milliseconds of all collections since then. Node hands them over in a turn of the event loop, for which this waits. */
  async stop(): Promise<number> {
    await nextTurn();
    this.#add(this.#observer.takeRecords());
    this.#observer.disconnect();
    return this.#ms;
  }

  #add(collections: readonly PerformanceEntry[]): void {
    for (const { duration } of collections) this.#ms += duration;
  }
}
