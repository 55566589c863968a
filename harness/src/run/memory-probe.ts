import { memoryLookMs } from '../defaults.js';
import { collectGarbage } from './collect-garbage.js';
import { pssMiB, rssBytes } from './process-probe.js';

/** Memory of the trial's own process and of those that the implementation owns. */
export interface MemoryOf {
  readonly host: number;
  readonly server: number;
}

/** What all processes hold after a collection of this one's garbage: PSS in MiB, or `null` where the system does not tell. */
export function memoryInUse(servers: readonly number[]): MemoryOf | null {
  collectGarbage();
  const host = pssMiB(process.pid);
  const others = servers.map(pssMiB);
  if (host === null || others.includes(null)) return null;
  return { host, server: others.reduce<number>((sum, mib) => sum + (mib ?? 0), 0) };
}

/**
 * Looks at resident memory now and then during the window. A timer only says that a look is due; the look itself is taken after the
 * next call has ended, so that with one call in flight it is in no sample.
 */
export class MemorySeries {
  readonly #pids: readonly number[];
  readonly #timer: NodeJS.Timeout;
  #due = true;
  #calls = 0;
  /** Calls that had ended at each look, and resident bytes of all processes. */
  readonly calls: number[] = [];
  readonly bytes: number[] = [];
  /** Milliseconds that the looks took. */
  spentMs = 0;

  constructor(pids: readonly number[]) {
    this.#pids = pids;
    this.#timer = setInterval(() => {
      this.#due = true;
    }, memoryLookMs);
  }

  /** To be told after each call. */
  callEnded(): void {
    this.#calls++;
    if (!this.#due) return;
    this.#due = false;
    const start = performance.now();
    const bytes = this.#pids.map(rssBytes);
    if (!bytes.includes(null)) {
      this.calls.push(this.#calls);
      this.bytes.push(bytes.reduce<number>((sum, one) => sum + (one ?? 0), 0));
    }
    this.spentMs += performance.now() - start;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
