/**
 * What can be wrong with the data or the options of one call. Every implementation reports the same code with the same
 * message for the same bad input; the codes and the exact messages are specified in each `workloads/<name>/README.md`.
 */
export type WorkloadErrorCode =
  | 'invalid-options'
  | 'input-too-large'
  // json
  | 'invalid-utf8'
  | 'invalid-json'
  // image
  | 'not-a-jpeg'
  | 'truncated-jpeg'
  | 'corrupt-jpeg'
  | 'unsupported-jpeg'
  | 'image-too-large'
  // time-series
  | 'invalid-series'
  | 'ragged-columns'
  | 'not-finite'
  // any: the request names a workload that the callee does not have
  | 'unknown-workload'
  // any: the callee panicked or broke a promise of its own; never the caller's fault
  | 'internal';

const codes: ReadonlySet<string> = new Set<WorkloadErrorCode>([
  'invalid-options',
  'input-too-large',
  'invalid-utf8',
  'invalid-json',
  'not-a-jpeg',
  'truncated-jpeg',
  'corrupt-jpeg',
  'unsupported-jpeg',
  'image-too-large',
  'invalid-series',
  'ragged-columns',
  'not-finite',
  'unknown-workload',
  'internal',
]);

/** The input or the options of a call are bad; the call had no effect and produced no output. */
export class WorkloadError extends Error {
  override readonly name = 'WorkloadError';

  constructor(
    readonly code: WorkloadErrorCode,
    message: string,
  ) {
    super(message);
  }

  /**
   * Rebuilds the error from what crossed a boundary. A code that this version does not know becomes `internal`, so that
   * a newer callee can't smuggle an unchecked string into typed code.
   */
  static fromWire(code: string, message: string): WorkloadError {
    return codes.has(code)
      ? new WorkloadError(code as WorkloadErrorCode, message)
      : new WorkloadError('internal', `${code}: ${message}`);
  }
}

/**
 * The implementation itself failed: its toolchain is missing, its server died, its library does not fit. Unlike a
 * {@link WorkloadError} it says nothing about the input. `remedy` is one sentence that tells the user what to do.
 */
export class ImplementationError extends Error {
  override readonly name = 'ImplementationError';

  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
