import { z } from 'zod';

/** What `crossover.config.ts` says of the gate. */

/** What a gate compares; each is a cost: more is worse. */
export const gateMetrics = ['cpu', 'latency', 'throughput', 'boundary', 'memory', 'size', 'count'] as const;

/** Those that need no statistics, for they are counted, once in each arm. */
export type CountedMetric = 'size' | 'count';
export const gateMetricSchema = z.enum(gateMetrics);

const share = z.number().min(0).max(10);

/** A cell by its name, `workload/input/impl/variant/load`; a part may be `*`, and parts at the end may be left out. */
const cellPattern = z
  .string()
  .regex(/^[^/\s]+(\/[^/\s]+){0,4}$/, 'is no cell: workload/input/impl/variant/load');

/** One cell answers at least so many times as fast as another. */
const speedRelationSchema = z.strictObject({
  faster: cellPattern,
  than: cellPattern,
  times: z.number().positive(),
});

const name = z.string().regex(/^[^/\s*]+$/, 'is no name of a workload or an input');
const wayPattern = z
  .string()
  .regex(/^[^/\s*]+\/[^/\s*]+$/, 'is no implementation and variant such as rust-ffi/sync');

/**
 * The break-even payload lies below `belowBytes`: from there on `sooner` answers sooner than `than`. `inputs` are data of one kind in two sizes or more, one
 * at most so large and one at least; all of them in both ways must be among the cells of the gate.
 */
const breakEvenRelationSchema = z.strictObject({
  workload: name,
  inputs: z.array(name).min(2),
  sooner: wayPattern,
  than: wayPattern,
  belowBytes: z.int().positive(),
});

export const gatePolicySchema = z.strictObject({
  /** The cells that a gate compares. */
  cells: z.array(cellPattern).default([]),
  /** Shell commands that build an arm in its folder, before implementations build themselves. */
  build: z.array(z.string()).default([]),
  /**
   * Build caches: folders that a new arm gets copies of, from the newest arm or the project, so that what did not change is not built again.
   * Nothing that runs may be loaded from them.
   */
  reuse: z.array(z.string().regex(/^(?!\/)(?!.*\.\.)/, 'must lie in the project')).default([]),
  /**
   * Shell commands that count something in an arm's folder, after it was built, such as instructions. Each prints a line `NAME COUNT` for everything that it counts,
   * names without spaces; the file that `CROSSOVER_INPUTS` names tells it the inputs of the cells, as a JSON array of `{ workload, input, options, resident, sha256, file }`.
   * One that can't count on this machine prints nothing to the standard output and why to the other, and ends with 0.
   */
  counts: z
    .array(
      z.strictObject({
        /** What is counted, such as `instructions`. */
        name: z.string().regex(/^[^/\s*]+$/, 'is no name such as instructions'),
        command: z.string(),
      }),
    )
    .default([]),
  /** By which share a metric may get worse: a row whose bound lies below is `ok`. 0.05 where none is given; of a count, 0.01. */
  margins: z.partialRecord(gateMetricSchema, share).default({}),
  /** What a decision rests on. */
  mustHold: z.array(z.union([speedRelationSchema, breakEvenRelationSchema])).default([]),
  /** Regressions that are known and wanted: up to this share, until this day. */
  accepted: z
    .array(
      z.strictObject({
        cell: cellPattern,
        metric: gateMetricSchema,
        upTo: share,
        reason: z.string().min(1),
        until: z.iso.date(),
      }),
    )
    .default([]),
});

export type GateMetric = z.infer<typeof gateMetricSchema>;
export type MeasuredMetric = Exclude<GateMetric, CountedMetric>;
export type SpeedRelation = z.infer<typeof speedRelationSchema>;
export type BreakEvenRelation = z.infer<typeof breakEvenRelationSchema>;
export type GatePolicy = z.infer<typeof gatePolicySchema>;

/** Whether a metric is counted. */
export function isCounted(metric: GateMetric): metric is CountedMetric {
  return metric === 'size' || metric === 'count';
}

/** Whether a cell's name, `workload/input/impl/variant/load`, fits a pattern. */
export function fits(cell: string, pattern: string): boolean {
  const parts = cell.split('/');
  return pattern.split('/').every((part, i) => part === '*' || part === parts[i]);
}
