import { z } from 'zod';
import { gateMetricSchema } from '../plan/gate-policy.js';
import { count, nonNegative } from './metrics-schema.js';
import { cellKeySchema, machineSchema } from './schema.js';

/** The form of `gate.json`: everything that one gate found, with the figures that it rests on. */

export const gateVerdictSchema = z.enum(['ok', 'regression', 'inconclusive']);

const treeSchema = z.strictObject({ commit: z.string(), tree: z.string(), dirty: z.boolean() });

/** A cost of head over that of base: 1.1 is 10% worse. */
const effectSchema = z.strictObject({
  value: z.number(),
  /** Bounds of the 95% interval; `null` where it is a count that has none. */
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  /** Blocks behind it. */
  n: count,
});

export const gateRowSchema = z.strictObject({
  /** Name of a cell, or of an artefact: `rust-ffi` and its file. */
  subject: z.string(),
  metric: gateMetricSchema,
  verdict: gateVerdictSchema,
  /** One sentence. */
  reason: z.string(),
  /** Where a call's time went in head and not in base; of regressions of time only. */
  where: z.string().nullable().default(null),
  /** The stage whose blocks decided: screening, or the confirmation with fresh ones; `null` where nothing was measured. */
  stage: z.enum(['screen', 'confirm']).nullable(),
  effect: effectSchema.nullable(),
  /** Of the hypothesis that head costs at most 1% more; `null` where there is no test. */
  pValue: nonNegative.nullable(),
  /** The smallest effect as a share that these blocks would have called a regression four times in five. */
  detectableShare: nonNegative.nullable(),
  margin: nonNegative,
  /** Why a regression is accepted; `null` when it isn't. */
  accepted: z.string().nullable(),
});

const relationVerdict = { verdict: gateVerdictSchema, reason: z.string() };

export const gateRelationSchema = z.union([
  z.strictObject({
    ...{ faster: z.string(), than: z.string(), times: nonNegative, ...relationVerdict },
    /** How many times as fast it is in head. */
    measured: effectSchema.nullable(),
  }),
  z.strictObject({
    ...{ workload: z.string(), inputs: z.array(z.string()), sooner: z.string(), than: z.string() },
    ...{ belowBytes: nonNegative, ...relationVerdict },
    /** How many times as fast `sooner` is in head with `belowBytes`, between the sizes that were measured. */
    measured: effectSchema.nullable(),
    /** From which size on it answers sooner; `null` where that is below all measured ones, above them, or not known. */
    breakEvenBytes: nonNegative.nullable(),
  }),
]);

/** What one arm did in a block. */
const gateTrialSchema = z.strictObject({
  /** Figures of each batch, without names: their order is that of `batchFigures`. */
  batches: z.array(z.array(z.number())),
  /** Highest resident memory of all processes in MiB; `null` where the system does not tell. */
  peakRssMiB: z.number().nullable(),
});

const gateBlockSchema = z.strictObject({
  stage: z.enum(['screen', 'confirm']),
  block: count,
  /** The arm that made the first batch: `a` is base, `b` head. */
  first: z.enum(['a', 'b']),
  a: gateTrialSchema,
  b: gateTrialSchema,
});

export const gateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  command: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  crossoverVersion: z.string(),
  seed: count,
  base: treeSchema.extend({ revision: z.string() }),
  head: treeSchema,
  machine: machineSchema,
  verdict: gateVerdictSchema,
  /** What the verdict rests on, one sentence each. */
  reasons: z.array(z.string()),
  /** What a reader must know besides: cells that are new or gone, changes that are in no commit. */
  notes: z.array(z.string()),
  screenBlocks: count,
  /** Most fresh ones of a cell; each row says how many its effect is of. */
  confirmBlocks: count,
  /** A verdict for each metric of each cell. */
  rows: z.array(gateRowSchema),
  /** The same of base against its own copy. */
  nullRows: z.array(gateRowSchema),
  /** Why nothing that was measured proves anything: what the null arm says of the machine, one sentence; `null` where it says no such thing. */
  noise: z.string().nullable().default(null),
  relations: z.array(gateRelationSchema),
  /** Names of the figures of a batch. */
  batchFigures: z.array(z.string()),
  duels: z.array(
    z.strictObject({
      cell: cellKeySchema,
      null: z.boolean(),
      warmUpCalls: count,
      callsPerBatch: count,
      blocks: z.array(gateBlockSchema),
    }),
  ),
});

export type Gate = z.infer<typeof gateSchema>;
export type GateBlock = z.infer<typeof gateBlockSchema>;
export type GateRow = z.infer<typeof gateRowSchema>;
export type GateRelation = z.infer<typeof gateRelationSchema>;
export type GateVerdict = z.infer<typeof gateVerdictSchema>;
export type Effect = z.infer<typeof effectSchema>;
