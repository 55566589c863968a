import type { CallTrace } from './call-trace.js';

/**
 * One way to reach the work: a pattern's code under `impls/`. The harness finds it through `crossover.config.ts`,
 * imports its module and uses the export named `implementation`.
 */
export interface Implementation {
  /** The pattern's name in all results, e.g. `rust-ffi`. */
  readonly id: string;
  /** One sentence for people: what a caller gets with this pattern. */
  readonly summary: string;
  /** Does this pattern run the Rust core, and does a crash of native code take the caller's process down with it? */
  readonly traits: Traits;
  readonly variants: readonly Variant[];
  /** Why a workload has no cell here, for the workloads that no variant supports; shown in the tables. */
  readonly absent?: Readonly<Record<string, string>>;
  /**
   * Builds or finds what the implementation needs (compiler output, native packages). Runs once before measuring, never
   * inside a trial, and is quick when nothing changed. `log` takes single lines of progress.
   */
  prepare(log: (line: string) => void): Promise<Availability>;
  /**
   * Opens a session: starts servers, loads libraries, spawns workers.
   * @throws {ImplementationError} when that can't be done.
   */
  open(variant: string): Promise<Session>;
}

/** Facts about a pattern that no measurement shows, used by `decide` as hard constraints. */
export interface Traits {
  /** Languages and tools that a team needs to build it, e.g. `["rust"]`. */
  readonly toolchains: readonly string[];
  /** The caller survives a crash (abort, segmentation fault) of the code that does the work. */
  readonly survivesNativeCrash: boolean;
  /** The work can be scaled out on machines of its own. */
  readonly scalesIndependently: boolean;
  /** New code can be put in without restarting the Node process. */
  readonly replaceableWithoutRestart: boolean;
  /** It ships inside the service's own artefact; no second process is deployed. */
  readonly singleArtefact: boolean;
  /**
   * It runs the Rust core, whose vector instructions the environment variable `CROSSOVER_ISA` limits; its sessions tell
   * the level in force ({@link Session.isa}).
   */
  readonly runsCore: boolean;
}

/** One way to drive an implementation. */
export interface Variant {
  readonly id: string;
  readonly summary: string;
  /** Names of the workloads that this variant does. */
  readonly workloads: readonly string[];
  /** The call runs on the event loop's thread, so nothing else of the process runs meanwhile. */
  readonly blocksEventLoop: boolean;
}

/** Whether an implementation can run here. */
export type Availability =
  | { readonly status: 'ready'; readonly artefacts: readonly Artefact[] }
  /** `reason` and `remedy` are one sentence each: what is missing, and how to get it. */
  | { readonly status: 'unavailable'; readonly reason: string; readonly remedy: string };

/** A file that the implementation ships, with its size. */
export interface Artefact {
  readonly path: string;
  readonly bytes: number;
}

/** An open implementation, inside one trial's process. */
export interface Session {
  /**
   * Does the work once. A synchronous variant returns the result itself, an asynchronous one a promise: the caller must
   * not pay for a promise that the variant doesn't need.
   *
   * `output` may be a view on memory that the session reuses: it is valid until the next call on this session.
   * `input` must not be changed by the callee and is not kept after the call ends.
   *
   * A call with a `trace` tells it where its time goes. An implementation may leave that out; it then never ends the trace.
   *
   * @throws {WorkloadError} the input or the options are bad (thrown or rejected, never both).
   * @throws {ImplementationError} the implementation failed.
   */
  invoke(
    workload: string,
    options: object,
    input: Uint8Array,
    trace?: CallTrace,
  ): Invocation | Promise<Invocation>;
  /**
   * Loads data that stays with the callee, so that later calls carry only options. Only workloads with resident inputs
   * are asked for it.
   * The caller may use its memory again as soon as this has ended.
   * @throws {WorkloadError} the data is bad (before any options are seen), or the workload has no resident form (`unknown-workload`).
   */
  load(workload: string, data: Uint8Array): Promise<Resident>;
  /** The level of vector instructions that the core uses (`scalar`, `avx2`, `neon`), if the core does the work. */
  readonly isa?: string;
  /** Every process besides this one that works for the session; their CPU time and memory are counted. */
  processes(): readonly OwnedProcess[];
  /**
   * Releases everything; no process, socket, thread or temporary file is left. Calls in flight end one way or the other, later
   * ones fail with an {@link ImplementationError}. Idempotent.
   */
  close(): Promise<void>;
}

/** Data held by the callee. */
export interface Resident {
  /** Like {@link Session.invoke}, on the loaded data. */
  invoke(options: object, trace?: CallTrace): Invocation | Promise<Invocation>;
  /** Frees the data. Idempotent. */
  release(): Promise<void>;
}

/** The result of one call. */
export interface Invocation {
  readonly output: Uint8Array;
  /**
   * Nanoseconds that the work itself took, measured where it was done: by the core for the Rust patterns, around the
   * computation for the others. What the caller waited beyond it is the boundary cost.
   */
  readonly computeNs: number;
}

/** A process that an implementation owns. */
export interface OwnedProcess {
  readonly pid: number;
  readonly role: 'server';
}
