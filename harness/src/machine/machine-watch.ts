import type { TrialDisturbance } from '../results/disturbance-schema.js';
import { type Counters, readCounters } from './counters.js';

/** Looks at the machine's counters between trials: what else it did since the last look. */
export class MachineWatch {
  #last: Counters | null;

  constructor(private readonly read: () => Counters | null = readCounters) {
    this.#last = read();
  }

  /**
   * What happened since the last look. To be called when the children of the meantime have ended: only then is their time known to be
   * ours. `null` where the system does not tell.
   */
  look(): TrialDisturbance | null {
    const before = this.#last;
    const now = this.read();
    this.#last = now;
    if (before === null || now === null) return null;
    const since = (figure: (counters: Counters) => number | null): number | null => {
      const [earlier, later] = [figure(before), figure(now)];
      return earlier === null || later === null ? null : Math.max(0, later - earlier);
    };
    return {
      processorMs: Math.max(0, now.processorMs - before.processorMs),
      stolenMs: Math.max(0, now.stolenMs - before.stolenMs),
      othersMs: since(({ programsMs, ownMs }) => (ownMs === null ? null : programsMs - ownMs)),
      throttleEvents: since(({ throttleEvents }) => throttleEvents),
      frequencyMHz: now.frequencyMHz,
    };
  }
}
