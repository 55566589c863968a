import { z } from 'zod';

/** What `crossover.config.ts` says of the gate. */

/** What a gate compares; each is a cost: more is worse. */
export const gateMetrics = ['cpu', 'latency', 'throughput', 'boundary', 'memory', 'size'] as const;
export const gateMetricSchema = z.enum(gateMetrics);

const share = z.number().min(0).max(10);

/** A cell by its name, `workload/input/impl/variant/load`; a part may be `*`, and parts at the end may be left out. */
const cellPattern = z
  .string()
  .regex(/^[^/\s]+(\/[^/\s]+){0,4}$/, 'is no cell: workload/input/impl/variant/load');

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
  /** By which share a metric may get worse: a row whose bound lies below is `ok`. 0.05 where none is given. */
  margins: z.partialRecord(gateMetricSchema, share).default({}),
  /** What a decision rests on: `faster` answers at least so many times as fast as `than`. */
  mustHold: z
    .array(z.strictObject({ faster: cellPattern, than: cellPattern, times: z.number().positive() }))
    .default([]),
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
export type GatePolicy = z.infer<typeof gatePolicySchema>;

/** Whether a cell's name, `workload/input/impl/variant/load`, fits a pattern. */
export function fits(cell: string, pattern: string): boolean {
  const parts = cell.split('/');
  return pattern.split('/').every((part, i) => part === '*' || part === parts[i]);
}
