/**
 * What is computed. Every workload takes bytes and gives bytes; what they mean is its own affair and is specified in
 * `workloads/<name>/README.md`. The harness imports the module that `crossover.config.ts` names and uses the export
 * named `workload`.
 */
export interface Workload {
  /** The name in all results, e.g. `json`. */
  readonly name: string;
  /** One sentence for people. */
  readonly summary: string;
  readonly role: WorkloadRole;
  /** The inputs that come with the workload. */
  readonly inputs: readonly NamedInput[];
  /**
   * Checks options from a user (an object of which any member may be missing) and fills in the defaults. This is the
   * only validator of options on the TypeScript side; the Rust core has the same rules and the same messages.
   * @throws {WorkloadError} `invalid-options`
   */
  parseOptions(raw: unknown): object;
  /**
   * Turns a file of the user's into input bytes, e.g. CSV into columns. `fileName` is for its extension and for messages.
   * @throws {WorkloadError} when the file can't be read as this workload's input.
   */
  readFile(content: Uint8Array, fileName: string): Uint8Array;
  /**
   * The specification as slow and obvious code: what {@link check} compares an output with. The form of the returned
   * bytes is private to the workload; the harness may keep them on disk.
   * @throws {WorkloadError} when the input or the options are bad, exactly as every implementation must.
   */
  reference(options: object, input: Uint8Array): Uint8Array;
  /** Compares an output with a reference made from the same options and input. */
  check(output: Uint8Array, reference: Uint8Array, options: object): CheckResult;
}

/**
 * What a workload is for. `work`: something a service does, about which `decide` decides. `probe`: it shows a property of
 * the patterns themselves, such as what a call costs when nothing is computed; it is measured and shown like all others, and nothing is
 * decided about it.
 */
export type WorkloadRole = 'work' | 'probe';

/** One named input of a workload. */
export interface NamedInput {
  /** Unique in the workload: letters, digits, `-`. */
  readonly name: string;
  readonly summary: string;
  /** Where the bytes come from: made by a seeded generator here, or taken from an installed package. */
  readonly origin: 'generated' | 'package';
  /** SPDX identifier or a short statement of the rights in the data. */
  readonly licence: string;
  /** Hash of what {@link bytes} gives, in hexadecimal: the same everywhere, or the input is refused. */
  readonly sha256: string;
  /** The options this input is measured with, complete. */
  readonly options: object;
  /** The data is loaded once, and each call carries only the options. */
  readonly resident: boolean;
  /** Makes or finds the input. May take seconds; the harness keeps the result on disk. */
  bytes(): Promise<Uint8Array>;
}

/** The outcome of comparing an output with its reference. */
export type CheckResult =
  | { readonly verdict: 'equal' }
  /** Not identical, but as close as the workload's specification asks; `how` gives the figure, e.g. `SSIM 0.9941`. */
  | { readonly verdict: 'within-tolerance'; readonly how: string }
  /** `where` says in one sentence where the output differs and by how much. */
  | { readonly verdict: 'differs'; readonly where: string };

/**
 * One case of the conformance suite, exported by each workload as `conformanceCases`. It is run against every
 * implementation and variant over the real boundary, shipped and, where the workload has resident inputs, resident.
 */
export interface ConformanceCase {
  /** Names a behaviour: "integer-like keys come first in ascending order". */
  readonly name: string;
  /** Raw options, possibly bad. */
  readonly options: object;
  readonly input: () => Uint8Array | Promise<Uint8Array>;
  /** The output must pass the workload's check against its reference, or the call must fail in exactly this way. */
  readonly expect: 'reference' | { readonly code: string; readonly message: string };
}
