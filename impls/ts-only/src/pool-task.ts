/**
 * What the calling thread and a worker say to each other. Errors travel as plain values, because the structured clone
 * of an `Error` loses its class and its code.
 */
export type PoolTask = ReadyTask | CallTask | LoadTask | QueryTask;

/** Answered as soon as the worker has loaded its modules. */
export interface ReadyTask {
  readonly kind: 'ready';
}

/** Do the work once on `input`, which lies in shared memory. */
export interface CallTask {
  readonly kind: 'call';
  readonly workload: string;
  readonly optionsJson: string;
  readonly input: Uint8Array;
}

/** Check `data`, which lie in shared memory, and answer with views on them. */
export interface LoadTask {
  readonly kind: 'load';
  readonly workload: string;
  readonly data: Uint8Array;
}

/** Do the work once on loaded data. They are views on shared memory, so only their description travels. */
export interface QueryTask {
  readonly kind: 'query';
  readonly workload: string;
  readonly optionsJson: string;
  readonly loaded: unknown;
}

/** What comes back. */
export type PoolReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };
