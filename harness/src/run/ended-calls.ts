/** The calls of an open load that have ended, in that order; its memory is taken before the window and does not grow in it. */
export class EndedCalls {
  #count = 0;
  #lastEnd = 0;
  #onTime = 0;
  /** Milliseconds, but for the nanoseconds of computing. */
  readonly #due: Float64Array;
  readonly #latency: Float64Array;
  readonly #startedLatency: Float64Array;
  readonly #lag: Float64Array;
  readonly #computeNs: Float64Array;

  /** `most`: calls that can end. `windowMs`: those that end within are on time. */
  constructor(
    most: number,
    private readonly windowMs: number,
  ) {
    this.#due = new Float64Array(most);
    this.#latency = new Float64Array(most);
    this.#startedLatency = new Float64Array(most);
    this.#lag = new Float64Array(most);
    this.#computeNs = new Float64Array(most);
  }

  /** A call that was due, started and ended then, in milliseconds since the window began, `lag` of it late by the generator. */
  add(due: number, at: number, lag: number, end: number, computeNs: number): void {
    const i = this.#count++;
    this.#due[i] = due;
    this.#latency[i] = end - due;
    this.#startedLatency[i] = end - at;
    this.#lag[i] = lag;
    this.#computeNs[i] = computeNs;
    this.#lastEnd = end;
    if (end <= this.windowMs) this.#onTime++;
  }

  get count(): number {
    return this.#count;
  }

  /** Those that ended within the window. */
  get onTime(): number {
    return this.#onTime;
  }

  /** Milliseconds since the window began; 0 while none has ended. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** One entry a call in each list, whole microseconds and nanoseconds. */
  samples(): {
    dueUs: number[];
    latenciesNs: number[];
    startedLatenciesNs: number[];
    lagsNs: number[];
    computesNs: number[];
  } {
    const inNs = (ms: number): number => ms * 1e6;
    return {
      dueUs: this.#whole(this.#due, (ms) => ms * 1000),
      latenciesNs: this.#whole(this.#latency, inNs),
      startedLatenciesNs: this.#whole(this.#startedLatency, inNs),
      lagsNs: this.#whole(this.#lag, inNs),
      computesNs: this.#whole(this.#computeNs, (ns) => ns),
    };
  }

  #whole(values: Float64Array, scaled: (value: number) => number): number[] {
    return Array.from(values.subarray(0, this.#count), (value) => Math.max(0, Math.round(scaled(value))));
  }
}
