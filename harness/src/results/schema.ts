import { z } from 'zod';

/**
 * The form of everything a run writes. The types of the whole harness are inferred from here, the committed JSON Schema
 * is generated from here, and every file is checked against it when it is written and when it is read.
 */

/** Raised when a change makes old files unreadable. */
export const schemaVersion = 1;

const nonNegative = z.number().min(0);
const count = z.int().min(0);

/** A measured figure with its uncertainty: a point estimate and the bounds of a 95% interval, from `n` trials. */
export const estimateSchema = z.strictObject({
  value: z.number(),
  /** Bounds of the interval; `null` when fewer than two trials were measured, so that no interval exists. */
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  /** Number of trials (not samples) behind the figure. */
  n: count,
});

/** A figure that could not be given, and why, in a few words: `needs 1,000 samples, has 40`. */
export const missingSchema = z.strictObject({ value: z.null(), reason: z.string() });

export const figureSchema = z.union([estimateSchema, missingSchema]);

/** Something a reader of the results must know, with what can be done about it. */
export const warningSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  message: z.string(),
  remedy: z.string(),
});

/**
 * What names a cell. `load` is `closed:N`, N calls in flight, or `open:R`, R calls a second that come by a Poisson process. A `variant` such as `sync@scalar` was limited to a level of
 * vector instructions.
 */
export const cellKeySchema = z.strictObject({
  workload: z.string(),
  input: z.string(),
  impl: z.string(),
  variant: z.string(),
  load: z.string().regex(/^(closed:[1-9][0-9]*|open:[0-9]+(\.[0-9]+)?)$/),
});

/** Percentiles of milliseconds. */
const percentilesSchema = z.strictObject({
  p50: figureSchema,
  p90: figureSchema,
  p99: figureSchema,
  p999: figureSchema,
  /** Samples over all trials. */
  n: count,
});

/** What a cell under an open load has beside the figures of all cells. */
export const openMetricsSchema = z.strictObject({
  /** Latency from the actual start, uncorrected for coordinated omission. */
  startedLatencyMs: percentilesSchema,
  /** How much later than it could have the generator started calls. */
  generatorLagMs: z.strictObject({ p50: figureSchema, p99: figureSchema }),
  /** Calls that were due, over all trials. */
  arrivals: count,
  /** Calls that had not ended when their window ended. */
  backlog: count,
  /** Calls that never ended. */
  unanswered: count,
});

const notMeasured = { value: null, reason: 'not measured by the version that made this run' } as const;
/** A figure that runs of earlier versions lack. */
const laterFigure = figureSchema.default(notMeasured);

const memoryFiguresSchema = z
  .strictObject({ host: figureSchema, server: figureSchema, total: figureSchema })
  .default({ host: notMeasured, server: notMeasured, total: notMeasured });

/** What the processes of a cell hold and burn, besides the peak. */
const processFiguresSchema = z.strictObject({
  /** PSS in MiB after a collection of garbage: before the first call, after the warm-up, after the window. */
  pssMiB: z.strictObject({ idle: memoryFiguresSchema, warm: memoryFiguresSchema, end: memoryFiguresSchema }),
  /** Processor time while nothing is asked, as a share of one processor. */
  idleCpuShare: laterFigure,
  /** Growth of PSS over the window, after a collection on both sides, over its calls. */
  growthBytesPerOp: laterFigure,
  /** Slope of resident memory over calls within the window, Theil-Sen. */
  leakBytesPerOp: laterFigure,
});

/** What the calling process's other tasks feel of the calls. */
const eventLoopFiguresSchema = z.strictObject({
  /** Share of the window in which the event loop was not waiting for something to do. */
  utilisation: laterFigure,
  /** How much later than it wanted a task beside the work ran; `max` is the longest that it had to wait. */
  heartbeatLatenessMs: z.strictObject({ p50: laterFigure, p99: laterFigure, max: laterFigure }),
});

export const metricsSchema = z.strictObject({
  /** Of a call; under an open load from its intended start. */
  latencyMs: percentilesSchema,
  /** `null` under a closed load. */
  open: openMetricsSchema.nullable().default(null),
  /** Completed calls in the measuring window over its length. */
  throughputPerSecond: figureSchema,
  /** Processor time of all processes and threads for one call. */
  cpuMsPerOp: figureSchema,
  /** Highest resident memory; `server` is 0 for an implementation without processes of its own. */
  peakRssMiB: z.strictObject({ host: figureSchema, server: figureSchema, total: figureSchema }),
  /** How much later than due the event loop of the calling process ran. */
  eventLoopDelayMs: z.strictObject({ p50: figureSchema, p99: figureSchema, max: figureSchema }),
  /** Median over calls of what the caller waited. */
  boundaryMs: figureSchema,
  /** Median over calls of what the work itself took, as measured where it was done. */
  computeMs: figureSchema,
  processes: processFiguresSchema.prefault({ pssMiB: {} }),
  eventLoop: eventLoopFiguresSchema.prefault({ heartbeatLatenessMs: {} }),
  /** Opening the session and the first call, together. */
  coldStartMs: figureSchema,
  /** Spawning, loading, connecting, and handing over resident data. */
  openMs: laterFigure,
  firstCallMs: laterFigure,
  /** Size of one output. */
  outputBytes: count,
});

/** A cell's figures divided by the baseline's, block by block; above 1 is more. */
export const ratiosSchema = z.strictObject({
  throughput: figureSchema,
  latencyP50: figureSchema,
  peakRss: figureSchema,
});

export const cellSchema = z.strictObject({
  ...cellKeySchema.shape,
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

/** Where more load begins to cost much latency: the measured rate with the greatest rate / p99. */
export const kneeSchema = z.strictObject({
  ...cellKeySchema.omit({ load: true }).shape,
  /** The open load at the knee, `null` where it isn't between those measured; then `reason` says why. */
  load: cellKeySchema.shape.load.nullable(),
  reason: z.string().nullable(),
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
  cells: z.array(cellSchema),
  /** Of each input and variant that was measured at three or more open loads. */
  knees: z.array(kneeSchema).default([]),
  /** `null` where no cell was measured twice in two blocks. */
  noiseFloor: noiseFloorSchema.nullable().default(null),
  warnings: z.array(warningSchema),
});

const memoryOfSchema = z.strictObject({ host: nonNegative, server: nonNegative });

/** One line of `trials.jsonl`: one cell measured once in fresh processes. */
export const trialSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  cell: cellKeySchema,
  block: count,
  /** The second measuring of this cell in the block, for the noise floor; it is in no figure of the cell. */
  twin: z.boolean().default(false),
  /** Place in the block's random order. */
  position: count,
  startedAt: z.iso.datetime(),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('ok'),
      /** One sentence: `equal`, or the figure that lies within tolerance. */
      check: z.string(),
      isa: z.string().nullable().default(null),
      coldStartMs: nonNegative,
      openMs: nonNegative.nullable().default(null),
      firstCallMs: nonNegative.nullable().default(null),
      warmUpOperations: count,
      /** Whether the calls had settled when measuring began; `null` where too few of them could be made to tell. */
      settled: z.boolean().nullable().default(null),
      /** Samples in time order, in nanoseconds. */
      latenciesNs: z.array(count),
      computesNs: z.array(count),
      /** Under an open load, where `latenciesNs` are from the intended start; each list has one entry a sample. */
      open: z
        .strictObject({
          startedLatenciesNs: z.array(count),
          lagsNs: z.array(count),
          arrivals: count,
          backlog: count,
          unanswered: count,
        })
        .nullable()
        .default(null),
      /** Length of the measuring window without the time in which outputs were compared. */
      windowMs: nonNegative,
      /** Under an open load with that of the generator, which spins: no figure comes from it. */
      cpuMs: nonNegative,
      peakRssMiB: z.strictObject({ host: nonNegative, server: nonNegative }).nullable(),
      pssMiB: z
        .strictObject({ idle: memoryOfSchema, warm: memoryOfSchema, end: memoryOfSchema })
        .nullable()
        .default(null),
      idleCpuShare: nonNegative.nullable().default(null),
      /** Calls that had ended at each look in the window, and resident bytes of all processes then. */
      memoryLooks: z
        .strictObject({ calls: z.array(count), bytes: z.array(count) })
        .default({ calls: [], bytes: [] }),
      eventLoopUtilisation: nonNegative.nullable().default(null),
      /** How late each beat of the task beside the work ran, in time order. */
      heartbeatLatenessMs: z.array(nonNegative).default([]),
      eventLoopDelayMs: z.strictObject({ p50: nonNegative, p99: nonNegative, max: nonNegative }),
      outputBytes: count,
      outputSha256: z.string(),
    }),
    z.strictObject({ status: z.literal('invalid'), reason: z.string() }),
    z.strictObject({ status: z.literal('failed'), reason: z.string(), remedy: z.string() }),
  ]),
});

export type Estimate = z.infer<typeof estimateSchema>;
export type Missing = z.infer<typeof missingSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type CellKey = z.infer<typeof cellKeySchema>;
export type Percentiles = z.infer<typeof percentilesSchema>;
export type OpenMetrics = z.infer<typeof openMetricsSchema>;
export type Metrics = z.infer<typeof metricsSchema>;
export type ProcessFigures = Metrics['processes'];
export type Ratios = z.infer<typeof ratiosSchema>;
export type Cell = z.infer<typeof cellSchema>;
export type Machine = z.infer<typeof machineSchema>;
export type Knee = z.infer<typeof kneeSchema>;
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;
export type ImplementationRecord = z.infer<typeof implementationSchema>;
export type WorkloadRecord = z.infer<typeof workloadSchema>;
export type Protocol = z.infer<typeof protocolSchema>;
export type Selection = z.infer<typeof selectionSchema>;
export type Run = z.infer<typeof runSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type TrialOutcome = Trial['outcome'];
export type Measured = Extract<TrialOutcome, { status: 'ok' }>;
