import { samplesPerTrial } from '../defaults.js';

/**
 * Room for the samples of one phase of calls, made once a process. Lists that grow with the calls would be taken for memory that the
 * implementation keeps: growing by halves, with what they leave to the collector, two of them took some 90 bytes a call.
 */
export class SampleRoom {
  readonly #latenciesNs = new Float64Array(samplesPerTrial);
  readonly #computesNs = new Float64Array(samplesPerTrial);
  #calls = 0;

  /** Makes the room of so many calls resident, so that the first to use it does not. */
  touch(calls: number): void {
    this.#latenciesNs.fill(1, 0, calls);
    this.#computesNs.fill(1, 0, calls);
  }

  /** Keeps one call, of at most {@link samplesPerTrial}. */
  add(latencyNs: number, computeNs: number): void {
    this.#latenciesNs[this.#calls] = latencyNs;
    this.#computesNs[this.#calls] = computeNs;
    this.#calls++;
  }

  /** The calls so far, in the order in which they were added; the room is then empty. */
  take(): { readonly latenciesNs: number[]; readonly computesNs: number[] } {
    const calls = this.#calls;
    this.#calls = 0;
    return {
      latenciesNs: Array.from(this.#latenciesNs.subarray(0, calls)),
      computesNs: Array.from(this.#computesNs.subarray(0, calls)),
    };
  }
}
