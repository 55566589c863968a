import type { TrialReply } from '../run/trial-message.js';

/** What the process of one arm is asked, in this order: to open, to warm up or calibrate, for batches, to close. */
export type ArmRequest =
  | {
      readonly kind: 'open';
      /** `file:` URL of the implementation's module in the arm. */
      readonly module: string;
      readonly variant: string;
      readonly workload: string;
      readonly options: object;
      readonly inputFile: string;
      readonly resident: boolean;
      readonly callsInFlight: number;
    }
  /** Finds out how many calls take so long. */
  | { readonly kind: 'calibrate'; readonly batchMs: number }
  /** Makes so many calls whose outputs are looked at. */
  | { readonly kind: 'warm-up'; readonly calls: number }
  /** Makes so many calls that are measured: the same in both arms, or what happens once in a while would weigh differently. */
  | { readonly kind: 'batch'; readonly calls: number }
  /** Leaves the different outputs in a folder. */
  | { readonly kind: 'close'; readonly outputDirectory: string };

/** What one batch came to. */
export interface Batch {
  /** Processor time of all processes for one call. */
  readonly cpuMs: number;
  /** Median call. */
  readonly latencyMs: number;
  /** Length of the batch over its calls. */
  readonly perCallMs: number;
  /** Median over calls of what the caller waited beyond the work itself, and of the work itself. */
  readonly boundaryMs: number;
  readonly computeMs: number;
  /** Of a call on average, for how long collections of garbage stopped the calling thread: it lies within the two above. */
  readonly gcMs: number;
}

/** What one arm did in a block. */
export interface ArmTrial {
  readonly batches: readonly Batch[];
  /** Highest resident memory of all processes; `null` where the system does not tell. */
  readonly peakRssMiB: number | null;
}

/** Replies to each kind of request. */
export interface ArmReplies {
  readonly open: {
    readonly status: 'done';
    /** Identifiers of the processes that work for the caller, a server's say. */
    readonly helpers: readonly number[];
  };
  readonly calibrate: { readonly status: 'done'; readonly callsPerBatch: number; readonly batchMs: number };
  readonly 'warm-up': { readonly status: 'done' };
  readonly batch: { readonly status: 'done'; readonly batch: Batch };
  readonly close: {
    readonly status: 'done';
    readonly peakRssMiB: number | null;
    readonly outputFiles: readonly string[];
  };
}

export type ArmFailure = Exclude<TrialReply, { readonly status: 'measured' }>;
