import type { TrialReply } from '../run/trial-message.js';

/** What the process of a gate's trial is told. */
export interface ArmTrialRequest {
  /** `file:` URL of the implementation's module in the arm. */
  readonly module: string;
  readonly variant: string;
  readonly workload: string;
  readonly options: object;
  readonly inputFile: string;
  readonly resident: boolean;
  readonly callsInFlight: number;
  readonly work: ArmWork;
  /** Where the trial leaves the outputs that it saw. */
  readonly outputDirectory: string;
}

/** How many calls a trial makes: the same in both arms, or what happens once in a while would weigh differently. */
export type ArmWork =
  /** Finds out how many calls take so long. */
  | { readonly kind: 'calibrate'; readonly batchMs: number }
  | {
      readonly kind: 'measure';
      readonly warmUpCalls: number;
      readonly batches: number;
      readonly callsPerBatch: number;
    };

/** What one trial amounts to. */
export interface ArmTrial {
  /** Processor time of all processes for one call, in the batch in which it was least. */
  readonly cpuMs: number;
  /** Median of all calls. */
  readonly latencyMs: number;
  /** Length of all batches, over all calls. */
  readonly perCallMs: number;
  /** Median over calls of what the caller waited beyond the work itself, and of the work itself. */
  readonly boundaryMs: number;
  readonly computeMs: number;
  /** Of a call on average, for how long collections of garbage stopped the calling thread: it lies within the two above. */
  readonly gcMs: number;
  /** Highest resident memory of all processes; `null` where the system does not tell. */
  readonly peakRssMiB: number | null;
}

export type ArmTrialReply =
  | {
      readonly status: 'measured';
      readonly trial: ArmTrial;
      readonly callsPerBatch: number;
      readonly outputFiles: readonly string[];
    }
  | Exclude<TrialReply, { readonly status: 'measured' }>;
