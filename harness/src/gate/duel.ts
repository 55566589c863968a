import type { GateMetric } from '../plan/gate-policy.js';
import type { PlannedInput } from '../plan/inputs.js';
import type { CellKey } from '../results/schema.js';
import type { ArmTrial } from './arm-trial-message.js';

/** One cell in two arms: base against head, or base against its copy. */
export interface Duel {
  readonly key: CellKey;
  /** Both arms are the same code. */
  readonly null: boolean;
  /** `file:` URLs of the implementation's module in each arm; `b` is the one that is judged. */
  readonly a: string;
  readonly b: string;
  readonly input: PlannedInput;
  readonly calls: Calls;
}

/** How many calls each trial of a duel makes. */
export interface Calls {
  readonly warmUpCalls: number;
  readonly batches: number;
  readonly callsPerBatch: number;
}

/** Four trials of a duel, two of each arm: the unit of every comparison. */
export interface DuelBlock {
  readonly block: number;
  readonly order: 'abba' | 'baab';
  readonly a: readonly [ArmTrial, ArmTrial];
  readonly b: readonly [ArmTrial, ArmTrial];
}

/** The metrics that are measured in trials, each with the figure that it is of; more is worse. */
export const measuredMetrics: Readonly<
  Record<Exclude<GateMetric, 'size'>, (trial: ArmTrial) => number | null>
> = {
  cpu: ({ cpuMs }) => cpuMs,
  latency: ({ latencyMs }) => latencyMs,
  throughput: ({ perCallMs }) => perCallMs,
  boundary: ({ boundaryMs }) => boundaryMs,
  memory: ({ peakRssMiB }) => peakRssMiB,
};

/**
 * What a block says of a figure: ½ln(b₁b₂) − ½ln(a₁a₂), in which drift that is linear over the four trials cancels; `null` where the figure is not
 * positive or not told.
 */
export function effectOf(block: DuelBlock, figure: (trial: ArmTrial) => number | null): number | null {
  const logs = [...block.a, ...block.b].map((trial) => {
    const value = figure(trial);
    return value !== null && value > 0 ? Math.log(value) : null;
  });
  const [a1, a2, b1, b2] = logs;
  if (a1 == null || a2 == null || b1 == null || b2 == null) return null;
  return (b1 + b2) / 2 - (a1 + a2) / 2;
}
