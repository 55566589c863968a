import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { platform } from '@crossover/cargo/target';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';

/** Where prepare() puts the addon. */
export const addonPath = fileURLToPath(new URL(`../build/crossover-ffi.${platform}.node`, import.meta.url));

/** An error as it crosses the boundary. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** The error that a failure stands for. */
export function workloadError(failure: Failure): WorkloadError {
  return WorkloadError.fromWire(failure.code, failure.message);
}

/** Loaded data. Freed by `release` or with the object; a call in flight keeps the data until it ends. */
export interface Dataset {
  release(): void;
}

/**
 * What a call reports: `[length of the result in bytes, nanoseconds that the work took]`. With room for a third number, the nanoseconds
 * for which the call waited for a thread, 0 on the caller's own.
 */
export type Report = Float64Array;

/** The columns of a series: time, v0, v1, d0, d1, d2. */
export type ColumnArguments = readonly [
  Float64Array,
  Float64Array,
  Float64Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];

/** What every call is given last: where the result goes if it fits, and the report. */
export type ResultArguments = readonly [output: Uint8Array, report: Report];

/**
 * The native half of a session, one call at a time. Its arrays are lent without a copy. A result that is larger than
 * `output` stays with the session, and `takeOutput` fetches it; the report tells its length either way.
 *
 * Until the promise of an asynchronous call settles, its inputs must not be changed and its outputs must not be used.
 */
export interface NativeSession {
  call(workload: number, options: Uint8Array, input: Uint8Array, ...result: ResultArguments): Failure | null;
  callSeries(
    options: Uint8Array,
    ...columnsAndResult: [...ColumnArguments, ...ResultArguments]
  ): Failure | null;
  callResident(dataset: Dataset, options: Uint8Array, ...result: ResultArguments): Failure | null;
  callAsync(
    workload: number,
    options: Uint8Array,
    input: Uint8Array,
    ...result: ResultArguments
  ): Promise<Failure | null>;
  callSeriesAsync(
    options: Uint8Array,
    ...columnsAndResult: [...ColumnArguments, ...ResultArguments]
  ): Promise<Failure | null>;
  callResidentAsync(
    dataset: Dataset,
    options: Uint8Array,
    ...result: ResultArguments
  ): Promise<Failure | null>;
  takeOutput(output: Uint8Array): void;
}

/**
 * Calls that cross to libuv's pool together. A call has a slot, a number that no other call has at the same time. Until a report
 * tells of its end, its input must not be changed and its output must not be used.
 */
export interface NativeCallQueue {
  add(slot: number, workload: number, options: Uint8Array, input: Uint8Array, output: Uint8Array): void;
  addResident(slot: number, dataset: Dataset, options: Uint8Array, output: Uint8Array): void;
  /** From now on the queue notes how long each call waits; before, it says 0. */
  timeWaiting(): void;
  /** Lets tasks take the calls that were added; gives the number of all that wait for one. */
  open(): number;
  /**
   * Works off calls in memory of the session's, which must not be called meanwhile. Then `report` has a line of four
   * numbers for each call that ended: slot, length of the output (−1: it failed), nanoseconds of the work, nanoseconds in
   * the queue; a slot of −1 ends it early. The failures come in the order of their lines.
   */
  work(session: NativeSession, report: Float64Array): Promise<Failure[]>;
  /** Copies an output that was larger than the call's, and forgets it. */
  takeOutput(slot: number, output: Uint8Array): void;
}

/** The addon's exports; `native/src` has the other half. */
export interface Addon {
  readonly NativeSession: new () => NativeSession;
  readonly CallQueue: new () => NativeCallQueue;
  readonly Dataset: abstract new () => Dataset;
  /** A workload's number is its index here. */
  workloads(): string[];
  /** The level of vector instructions that the core uses. */
  isa(): string;
  load(workload: number, data: Uint8Array): Promise<Dataset | Failure>;
  /** Does nothing, for measuring what a crossing costs. */
  noop(): void;
}

/**
 * Loads the addon into this process, where it stays.
 * @throws {ImplementationError} it has not been built, or Node refuses it.
 */
export function loadAddon(path = addonPath): Addon {
  if (!existsSync(path)) {
    throw new ImplementationError(`there is no addon ${path}`, 'build it with: pnpm bench --quick');
  }
  try {
    return createRequire(import.meta.url)(path) as Addon;
  } catch (error) {
    throw new ImplementationError(
      `the addon ${path} can't be loaded: ${(error as Error).message}`,
      'remove the file and build it again',
      { cause: error },
    );
  }
}
