import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { eventLoopDelayResolutionMs } from '../defaults.js';
import type { Measured } from '../results/schema.js';
import { Heartbeat } from './heartbeat.js';
import { MemorySeries } from './memory-probe.js';
import type { OutputWatch } from './output-watch.js';
import { cpuMs } from './process-probe.js';

/** What is seen beside the calls. */
export type Seen = Pick<
  Measured,
  'cpuMs' | 'memoryLooks' | 'eventLoopUtilisation' | 'heartbeatLatenessMs' | 'eventLoopDelayMs'
>;

/** Everything that looks at the processes and at the event loop while the window goes on; starts when it is made. */
export class WindowProbes {
  readonly #pids: readonly number[];
  readonly #watch: OutputWatch;
  readonly #memory: MemorySeries;
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: eventLoopDelayResolutionMs });
  readonly #cpuBeforeMs: number;
  readonly #loopBefore: ReturnType<typeof performance.eventLoopUtilization>;
  readonly #heartbeat: Heartbeat;

  /** `pids`: of all processes that work for the trial. */
  constructor(pids: readonly number[], watch: OutputWatch) {
    this.#pids = pids;
    this.#watch = watch;
    this.#memory = new MemorySeries(pids);
    this.#cpuBeforeMs = totalCpuMs(pids);
    this.#delay.enable();
    this.#loopBefore = performance.eventLoopUtilization();
    this.#heartbeat = new Heartbeat();
  }

  /** To be told each output, before its buffer is used again. */
  see(output: Uint8Array): void {
    this.#watch.see(output);
    this.#memory.callEnded();
  }

  /** Milliseconds of the window that went into looking, in no sample: they are taken off its length and the processor time. */
  get spentMs(): number {
    return this.#watch.spentMs + this.#memory.spentMs;
  }

  /** Ends all of them, `elapsedMs` after they began. */
  stop(elapsedMs: number): Seen {
    const heartbeatLatenessMs = this.#heartbeat.stop();
    const { utilization } = performance.eventLoopUtilization(this.#loopBefore);
    this.#delay.disable();
    this.#memory.stop();
    const spentCpuMs = totalCpuMs(this.#pids) - this.#cpuBeforeMs;
    const { calls, bytes } = this.#memory;
    const fired = this.#delay.count > 0;
    return {
      cpuMs: Math.max(0, spentCpuMs - this.spentMs),
      memoryLooks: { calls, bytes },
      eventLoopUtilisation: utilization,
      heartbeatLatenessMs: heartbeatLatenessMs.map((ms) => Math.round(ms * 1000) / 1000),
      eventLoopDelayMs: {
        p50: delayMs(fired ? this.#delay.percentile(50) : null, elapsedMs),
        p99: delayMs(fired ? this.#delay.percentile(99) : null, elapsedMs),
        max: delayMs(fired ? this.#delay.max : null, elapsedMs),
      },
    };
  }
}

function totalCpuMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (cpuMs(pid) ?? 0), 0);
}

/**
 * The probe's timer fires every resolution when nothing is in the way; what goes beyond is delay. A timer that never
 * fired was delayed for the whole window.
 */
function delayMs(intervalNs: number | null, windowMs: number): number {
  return intervalNs === null ? windowMs : Math.max(0, intervalNs / 1e6 - eventLoopDelayResolutionMs);
}
