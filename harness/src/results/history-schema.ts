import { z } from 'zod';
import { count, nonNegative } from './metrics-schema.js';
import { cellKeySchema, machineSchema, runSchema } from './schema.js';

/**
 * The form of a history record: what one run adds to the history of its project. It holds ratios to a pinned reference that was measured in the
 * same blocks, which can be compared over machines and years, as milliseconds can't.
 */

/** Raised when a change makes old records unreadable. */
export const historySchemaVersion = 1;

/** What a record says of a cell, each divided by the reference's: see {@link historyCellSchema}. */
export const historyMetrics = [
  'latencyP50',
  'latencyP99',
  'throughput',
  'cpu',
  'peakRss',
  'boundary',
] as const;

/** A ratio with the bounds of its 95% interval; they are `null` where there is none. */
const ratioSchema = z.strictObject({
  value: z.number().positive(),
  lo: nonNegative.nullable(),
  hi: nonNegative.nullable(),
});

const missingRatioSchema = z.strictObject({ value: z.null(), reason: z.string() });

const historyFigureSchema = z.union([ratioSchema, missingRatioSchema]);

export const historyCellSchema = z.strictObject({
  ...cellKeySchema.shape,
  /** Blocks that both it and the reference were measured in. */
  blocks: count,
  /** Of a call; where some trial carries no p99 of its own, that of all samples together, which has no interval. */
  latencyP50: historyFigureSchema,
  latencyP99: historyFigureSchema,
  /** The one figure of which more is better. */
  throughput: historyFigureSchema,
  /** Processor time of all processes for one call. */
  cpu: historyFigureSchema,
  peakRss: historyFigureSchema,
  /** The cell's boundary over the reference's median *call*: the reference itself crosses no boundary to divide by. */
  boundary: historyFigureSchema,
});

/** What the reference itself came to, in its own units. For information: another machine's are another thing. */
const historyReferenceSchema = z.strictObject({
  ...cellKeySchema.pick({ workload: true, input: true, load: true }).shape,
  latencyP50Ms: nonNegative.nullable(),
  throughputPerSecond: nonNegative.nullable(),
  cpuMsPerOp: nonNegative.nullable(),
  peakRssMiB: nonNegative.nullable(),
});

export const historyRecordSchema = z.strictObject({
  schemaVersion: z.literal(historySchemaVersion),
  /** Id of the run. */
  run: z.string(),
  startedAt: z.iso.datetime(),
  crossoverVersion: z.string(),
  revision: runSchema.shape.revision,
  suite: z.enum(['quick', 'default', 'thorough']),
  machine: machineSchema.pick({
    fingerprint: true,
    cpuModel: true,
    cpuCount: true,
    arch: true,
    os: true,
    nodeVersion: true,
  }),
  /** What all ratios are to, on the same workload, input and load. */
  reference: z.strictObject({ impl: z.string(), variant: z.string() }),
  references: z.array(historyReferenceSchema),
  /** Cells that were measured, without the reference's own. */
  cells: z.array(historyCellSchema).min(1),
});

export type HistoryMetric = (typeof historyMetrics)[number];
export type HistoryFigure = z.infer<typeof historyFigureSchema>;
export type HistoryCell = z.infer<typeof historyCellSchema>;
export type HistoryRecord = z.infer<typeof historyRecordSchema>;
