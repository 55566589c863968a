import type { MeasuredMetric } from '../plan/gate-policy.js';
import type { PlannedInput } from '../plan/inputs.js';
import type { CellKey } from '../results/schema.js';
import { hodgesLehmann } from '../stats/signed-rank.js';
import type { ArmTrial, Batch } from './arm-message.js';

/** The arms of a duel: `b` is the one that is judged. */
export type Side = 'a' | 'b';

/** One cell in two arms: base against head, or base against its copy. */
export interface Duel {
  readonly key: CellKey;
  /** Both arms are the same code. */
  readonly null: boolean;
  /** `file:` URLs of the implementation's module in each arm. */
  readonly a: string;
  readonly b: string;
  /** What the implementation ships in each arm, in the arm's own folder. */
  readonly artefacts: Readonly<Record<Side, readonly string[]>>;
  readonly input: PlannedInput;
  readonly calls: Calls;
}

/** How many calls each arm makes before its batches, and in one. */
export interface Calls {
  readonly warmUpCalls: number;
  readonly callsPerBatch: number;
}

/** Both arms of a duel in turns: the unit of every comparison. */
export interface DuelBlock {
  readonly block: number;
  /** Which arm made the first batch. */
  readonly first: Side;
  readonly a: ArmTrial;
  readonly b: ArmTrial;
  /** Milliseconds that all of the block took. */
  readonly tookMs: number;
}

/** A cost that a block compares: of each batch, or of the whole trial. */
export type Figure = (trial: ArmTrial) => readonly (number | null)[];

const ofBatches =
  (figure: (batch: Batch) => number): Figure =>
  ({ batches }) =>
    batches.map(figure);

/** The metrics that are measured in trials, each with the figures that it is of; more is worse. */
export const measuredMetrics: Readonly<Record<MeasuredMetric, Figure>> = {
  cpu: ofBatches(({ cpuMs }) => cpuMs),
  latency: ofBatches(({ latencyMs }) => latencyMs),
  throughput: ofBatches(({ perCallMs }) => perCallMs),
  boundary: ofBatches(({ boundaryMs }) => boundaryMs),
  memory: ({ peakRssMiB }) => [peakRssMiB],
};

/**
 * What a block says of a figure: the Hodges-Lehmann estimate over {@link logRatiosOf}, which a few disturbed batches don't
 * move. `null` where a figure is not positive or not told.
 */
export function effectOf(block: DuelBlock, figure: Figure): number | null {
  const logRatios = logRatiosOf(block, figure);
  return logRatios === null ? null : hodgesLehmann(logRatios);
}

/** ln(b / a) of each pair of neighbouring batches; `null` where a figure is not positive or not told. */
function logRatiosOf({ a, b }: DuelBlock, figure: Figure): number[] | null {
  const costs = figure(a);
  const logRatios = figure(b).map((cost, i) => {
    const before = costs[i] ?? null;
    return cost !== null && before !== null && cost > 0 && before > 0 ? Math.log(cost / before) : null;
  });
  return logRatios.every((ratio) => ratio !== null) ? logRatios : null;
}
