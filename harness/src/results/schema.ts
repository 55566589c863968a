import { z } from 'zod';
import { disturbanceSchema } from './disturbance-schema.js';
import {
  count,
  estimateSchema,
  figureSchema,
  metricsSchema,
  nonNegative,
  ratiosSchema,
  warningSchema,
} from './metrics-schema.js';

/**
 * The form of `run.json`; that of a trial is in `trial-schema.ts`. The types of the whole harness are inferred from here, the committed JSON Schema
 * is generated from here, and every file is checked against it when it is written and when it is read.
 */

/** Raised when a change makes old files unreadable. */
export const schemaVersion = 1;

/** What a load came to: `closed:4`, `open:412.5`. */
const resolvedLoadSchema = z.string().regex(/^(closed:[1-9][0-9]*|open:[0-9]+(\.[0-9]+)?)$/);

/**
 * What names a cell. `load` is what was asked for: `closed:N`, N calls in flight; `open:R`, R calls a second that come by a Poisson process;
 * `capacity`, as many calls in flight as give the variant's highest throughput; or `open:P%`, so many hundredths of that throughput. A
 * `variant` such as `sync@scalar` was limited to a level of vector instructions.
 */
export const cellKeySchema = z.strictObject({
  workload: z.string(),
  input: z.string(),
  impl: z.string(),
  variant: z.string(),
  load: z.string().regex(/^(capacity|closed:[1-9][0-9]*|open:[0-9]+(\.[0-9]+)?%?)$/),
});

export const cellSchema = z.strictObject({
  ...cellKeySchema.shape,
  /** What a load that depends on the variant's capacity came to; `null` where `load` says it, or the capacity is not known. */
  resolvedLoad: resolvedLoadSchema.nullable().default(null),
  /**
   * `ok`: measured, every output checked. `invalid`: some output was wrong, so there are no figures. `failed`: no trial ended.
   * `unavailable`: the implementation can't run here. `pending`: not measured yet, or the run was interrupted before.
   */
  status: z.enum(['ok', 'invalid', 'failed', 'unavailable', 'pending']),
  /** One sentence, with the remedy where there is one; present unless `ok`. */
  reason: z.string().optional(),
  /** Trials that ended with a checked output. */
  trials: count,
  failedTrials: count,
  /** How the output compared with the reference: `equal`, or the figure that lies within tolerance. */
  check: z.string().nullable(),
  /** Level of vector instructions that the Rust core used, `null` where it did not do the work. */
  isa: z.string().nullable().default(null),
  metrics: metricsSchema.nullable(),
  /** Against `baseline` of the run on the same input and load; `null` where that was not measured. */
  versusBaseline: ratiosSchema.nullable(),
  warnings: z.array(warningSchema),
});

export const machineSchema = z.strictObject({
  /** Hash over what makes times comparable: processor, cores, memory, system, Node version. */
  fingerprint: z.string(),
  os: z.string(),
  arch: z.string(),
  cpuModel: z.string(),
  cpuCount: count,
  /** Of the instruction sets that the core can use, those that this processor has. */
  cpuFeatures: z.array(z.string()),
  memoryMiB: count,
  nodeVersion: z.string(),
  v8Version: z.string(),
  /** Version of the Rust compiler, `null` when there is none. */
  rustVersion: z.string().nullable(),
  /** Runs in a virtual machine or in a container, as far as the system says. */
  virtualised: z.boolean().nullable(),
  /** Runs under an emulator of another architecture: times mean nothing and are never compared. */
  emulated: z.boolean(),
});

export const artefactSchema = z.strictObject({
  path: z.string(),
  bytes: count,
  /** Of its content, in hexadecimal; `null` in runs that were written before it was kept. */
  sha256: z.string().nullable().default(null),
});

export const implementationSchema = z.strictObject({
  id: z.string(),
  summary: z.string(),
  traits: z.strictObject({
    toolchains: z.array(z.string()),
    survivesNativeCrash: z.boolean(),
    scalesIndependently: z.boolean(),
    replaceableWithoutRestart: z.boolean(),
    singleArtefact: z.boolean(),
    /** The Rust core does the work. */
    runsCore: z.boolean().default(false),
  }),
  variants: z.array(
    z.strictObject({
      id: z.string(),
      summary: z.string(),
      workloads: z.array(z.string()),
      blocksEventLoop: z.boolean(),
    }),
  ),
  /** Workload → why this pattern has no cell there. */
  absent: z.record(z.string(), z.string()),
  availability: z.enum(['ready', 'unavailable']),
  /** What is missing and what to do; present when unavailable. */
  reason: z.string().optional(),
  artefacts: z.array(artefactSchema),
});

export const workloadSchema = z.strictObject({
  name: z.string(),
  summary: z.string(),
  /** Nothing is decided about a `probe`. Runs that were written before there were probes have none. */
  role: z.enum(['work', 'probe']).default('work'),
  inputs: z.array(
    z.strictObject({
      name: z.string(),
      summary: z.string(),
      origin: z.enum(['generated', 'package', 'file']),
      licence: z.string(),
      bytes: count,
      sha256: z.string(),
      resident: z.boolean(),
      options: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** How the trials were made: enough to make them again. */
export const protocolSchema = z.strictObject({
  suite: z.enum(['quick', 'default', 'thorough']),
  seed: z.int().min(0),
  /** Blocks planned; every cell is measured once in each, in a seeded random order. */
  blocks: count,
  /** Blocks in which every cell was measured. */
  blocksFinished: count,
  /** Blocks after these, with only the cells whose ratios were still wide, and their baselines. */
  extraBlocks: count.default(0),
  warmUpMs: nonNegative,
  warmUpOperations: count,
  /** Milliseconds after which calls that have not settled are measured nevertheless; 0 in runs from before that was looked at. */
  warmUpCapMs: nonNegative.default(0),
  measureMs: nonNegative,
  measureOperations: count,
  budgetMs: nonNegative,
  confidence: z.number(),
  bootstrapDraws: count,
  baseline: z.strictObject({ impl: z.string(), variant: z.string() }),
});

/** What the command line narrowed the suite to; `null` leaves the suite's own choice. */
export const selectionSchema = z.strictObject({
  workload: z.string().nullable(),
  impl: z.string().nullable(),
  variant: z.string().nullable(),
  /** Name of an input, or the absolute path of a file of the user's. */
  input: z.string().nullable(),
  load: z.string().nullable(),
  /** Levels of vector instructions, separated by commas, that each variant of the core was limited to. */
  isa: z.string().nullable().default(null),
});

/** What one cell differs by from itself: it is measured twice in each block, under two names. */
export const noiseFloorSchema = z.strictObject({
  cell: cellKeySchema,
  /** Throughput under the second name over that under the first: 1 where there is no noise. */
  ratio: estimateSchema,
  /** The difference as a share, whichever way it goes; no smaller one is called faster or slower. */
  share: nonNegative,
});

/**
 * What a variant can do at most on an input, found by the pilot before the first block: calls in flight were doubled until throughput rose no
 * more.
 */
export const capacitySchema = z.strictObject({
  ...cellKeySchema.omit({ load: true }).shape,
  /** Fewest calls in flight of those tried that give all but a small share of the highest throughput; `null` where none was measured. */
  callsInFlight: count.nullable(),
  /** Throughput with so many in flight; `null` with `callsInFlight`. */
  callsPerSecond: nonNegative.nullable(),
  /** What ended the search: more calls in flight brought nothing; no more are tried; a trial failed; an output was wrong. */
  ended: z.enum(['no-rise', 'cap', 'failed', 'invalid']),
  /** One sentence for `failed` and `invalid`, else `null`. */
  reason: z.string().nullable(),
  /** Everything that was tried, in this order. */
  points: z.array(z.strictObject({ callsInFlight: count, callsPerSecond: nonNegative })),
});

/** Where more load begins to cost much latency: the measured rate with the greatest rate / p99. */
export const kneeSchema = z.strictObject({
  ...cellKeySchema.omit({ load: true }).shape,
  /** The open load at the knee, `null` where it isn't between those measured; then `reason` says why. */
  load: cellKeySchema.shape.load.nullable(),
  reason: z.string().nullable(),
  /** How sure that is: which load has the greatest rate / p99 in each draw of the bootstrap over blocks. */
  sureness: z
    .union([
      z.strictObject({
        /** Share of the draws in which the load is the one that has it of all blocks. */
        share: z.number().min(0).max(1),
        /** The loads between which it lies in 95% of the draws; they are equal where it is always the same. */
        lowest: cellKeySchema.shape.load,
        highest: cellKeySchema.shape.load,
      }),
      z.strictObject({ share: z.null(), reason: z.string() }),
    ])
    .default({ share: null, reason: 'not told by the version that made this run' }),
});

/**
 * What crossing the boundary costs by the size of the payload, which travels there and back: `fixedNs` + `nsPerByte` × bytes, for a variant
 * that was measured on a probe.
 */
export const boundaryFitSchema = z.strictObject({
  ...cellKeySchema.omit({ input: true }).shape,
  fixedNs: figureSchema,
  nsPerByte: figureSchema,
  /** For each size, how much more was measured than the line says, as a share of what it says. */
  residuals: z.array(z.strictObject({ bytes: count, share: estimateSchema })),
  warnings: z.array(warningSchema),
});

export const runSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  /** Sortable and unique: UTC start time and four random characters. Also the name of the directory. */
  id: z.string(),
  status: z.enum(['running', 'complete', 'interrupted']),
  /** What was typed, to be typed again. */
  command: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  crossoverVersion: z.string(),
  /** Commit of the measured tree, `null` outside git; `dirty` when it has uncommitted changes. */
  revision: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
  machine: machineSchema,
  protocol: protocolSchema,
  selection: selectionSchema,
  workloads: z.array(workloadSchema),
  implementations: z.array(implementationSchema),
  /** Of each input and variant that has a load that depends on it. */
  capacities: z.array(capacitySchema).default([]),
  cells: z.array(cellSchema),
  /** Of each input and variant that was measured at three or more open loads. */
  knees: z.array(kneeSchema).default([]),
  /** Of each variant that was measured on a probe under a closed load. */
  boundaryFits: z.array(boundaryFitSchema).default([]),
  /** `null` where no cell was measured twice in two blocks. */
  noiseFloor: noiseFloorSchema.nullable().default(null),
  /** What the machine did besides measuring; `null` where the system does not tell, and in runs of earlier versions. */
  disturbance: disturbanceSchema.nullable().default(null),
  warnings: z.array(warningSchema),
});

export type {
  Estimate,
  Figure,
  Metrics,
  Missing,
  OpenMetrics,
  Percentiles,
  ProcessFigures,
  Ratios,
  StageFigures,
  Warning,
} from './metrics-schema.js';
export type { Measured, Trial, TrialOutcome } from './trial-schema.js';
export type CellKey = z.infer<typeof cellKeySchema>;
export type Cell = z.infer<typeof cellSchema>;
export type Capacity = z.infer<typeof capacitySchema>;
export type Machine = z.infer<typeof machineSchema>;
export type BoundaryFit = z.infer<typeof boundaryFitSchema>;
export type Knee = z.infer<typeof kneeSchema>;
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;
export type ImplementationRecord = z.infer<typeof implementationSchema>;
export type WorkloadRecord = z.infer<typeof workloadSchema>;
export type Protocol = z.infer<typeof protocolSchema>;
export type Selection = z.infer<typeof selectionSchema>;
export type Run = z.infer<typeof runSchema>;
