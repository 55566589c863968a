import type { Load } from '../plan/load.js';
import type { Measured } from '../results/schema.js';

/** What the harness tells the process of a trial; the only message it sends. */
export interface TrialRequest {
  /** `file:` URL of the implementation's module. */
  readonly module: string;
  readonly variant: string;
  /** The level of vector instructions to use, `null` for the best. */
  readonly isa: string | null;
  readonly workload: string;
  readonly options: object;
  readonly inputFile: string;
  readonly resident: boolean;
  readonly load: Load;
  /** What the arrivals of an open load depend on: the run's seed, and the block and the cell. */
  readonly arrivals: { readonly seed: number; readonly purpose: string };
  readonly warmUpMs: number;
  readonly warmUpOperations: number;
  readonly warmUpCapMs: number;
  readonly measureMs: number;
  readonly measureOperations: number;
  /** Where the trial leaves the outputs that it saw, for the harness to check. */
  readonly outputDirectory: string;
}

/** The trial's only answer. */
export type TrialReply =
  | {
      readonly status: 'measured';
      readonly measured: Omit<Measured, 'status' | 'check'>;
      /** Every different output that was seen, one file each. */
      readonly outputFiles: readonly string[];
    }
  /** A call on a good input ended with an error about the input, or outputs kept changing. */
  | { readonly status: 'invalid'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string; readonly remedy: string };
