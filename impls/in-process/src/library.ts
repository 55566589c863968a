import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';

/** A native library in this process. `Dataset` is its handle to loaded data. */
export interface Library<Dataset> {
  /** The workloads that it does. */
  readonly workloads: readonly string[];
  /** The level of vector instructions that it uses. */
  readonly isa: string;
  newCaller(): Caller<Dataset>;
  /** Frees loaded data that no call uses. */
  release(dataset: Dataset): void;
}

/**
 * One way into the library, with the buffers that its calls write to. It serves one call at a time: while an asynchronous
 * call runs, no other may begin. An output is valid until the next call. Options are JSON bytes, as
 * `@crossover/wire/options` writes them. A trace is told when the call crosses into the library and when it is back.
 */
export interface Caller<Dataset> {
  /** Does the work on this thread. */
  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Invocation;
  /** Does the work on a thread of libuv's pool. */
  callAsync(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Promise<Invocation>;
  /** Like {@link call}, on loaded data. */
  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Invocation;
  /** Like {@link callAsync}, on loaded data. */
  callResidentAsync(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation>;
  /** Copies data into the library, on a thread of libuv's pool. */
  load(workload: string, data: Uint8Array): Promise<Dataset>;
  /** Frees what the caller holds. No call may be running or follow. */
  free(): void;
}

/** A library whose calls can also cross to the pool's threads together. */
export interface QueueingLibrary<Dataset> extends Library<Dataset> {
  newQueue(): CallQueue<Dataset>;
}

/**
 * Calls that wait for a thread. Each has an output of its own, which stays as it is at least until {@link CallQueue.open}
 * is called the next time.
 */
export interface CallQueue<Dataset> {
  /** Gathers a call; it settles in a {@link CallQueue.work} after the next {@link CallQueue.open}. */
  add(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Promise<Invocation>;
  /** Like {@link add}, on loaded data. */
  addResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation>;
  /** Lets threads take the calls gathered so far; gives the number of all that wait for one. */
  open(): number;
  /**
   * Works off calls on a thread of libuv's pool, until none waits or some time has passed, and settles them. Several threads may be at
   * work at once.
   */
  work(): Promise<void>;
}
