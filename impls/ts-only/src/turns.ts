import type { CallTrace } from '@crossover/contract/call-trace';

/**
 * A call's turn on the pool, with memory that the calling thread and the workers share: the call's input is copied into
 * it, and the worker reads it in place.
 *
 * Why not `transferList`: to transfer, the input must first be copied too (the caller keeps its own), into memory that is
 * new for each call and that the worker's garbage collector frees at some later time. Measured against that with piscina
 * on a busy two-core x86-64 machine: equal at 1 KiB and 1 MiB, 0.8 against 1.1 ms for 5 MiB, and some 80 MiB less in use.
 */
export class Turn {
  #memory = new SharedArrayBuffer(0);

  /** A copy of `input` in shared memory, good until the turn's next copy; `input` itself if it is there already. */
  share(input: Uint8Array): Uint8Array {
    if (input.buffer instanceof SharedArrayBuffer) {
      return input;
    }
    if (this.#memory.byteLength < input.byteLength) {
      this.#memory = new SharedArrayBuffer(roundUp(input.byteLength));
    }
    const shared = new Uint8Array(this.#memory, 0, input.byteLength);
    shared.set(input);
    return shared;
  }

  /** Bytes of shared memory that the turn holds: as much as its largest input needed. */
  get bytes(): number {
    return this.#memory.byteLength;
  }
}

/**
 * As many turns as there are workers, given out first come, first served. A call that waits for its turn holds no copy of
 * its input, so that the memory in use does not grow with the number of calls in flight.
 */
export class Turns {
  readonly #idle: Turn[];
  readonly #waiting: ((turn: Turn) => void)[] = [];

  constructor(count: number) {
    this.#idle = Array.from({ length: count }, () => new Turn());
  }

  /** Runs `call` when a turn is free, and then gives the turn to the next. To a `trace`, waiting for the turn is the queue. */
  async take<T>(call: (turn: Turn) => Promise<T>, trace?: CallTrace): Promise<T> {
    trace?.enter('queue');
    // The turn that was used last comes first, for its memory is warm.
    const turn = this.#idle.pop() ?? (await new Promise<Turn>((resolve) => this.#waiting.push(resolve)));
    trace?.enter('encode');
    try {
      return await call(turn);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#idle.push(turn);
      } else {
        next(turn);
      }
    }
  }
}

/** Inputs that differ by little use the same memory. */
const granularityBytes = 64 * 1024;

function roundUp(bytes: number): number {
  return Math.ceil(bytes / granularityBytes) * granularityBytes;
}
