import { z } from 'zod';

/** The form of what is said of a cell: figures with their uncertainty, warnings, and what the figures are of. */

export const nonNegative = z.number().min(0);
export const count = z.int().min(0);

/**
 * What the reader of a figure must know. `few-trials`: fewer than six, so that the interval is Student's t, or there is none. `wide`: a bound is farther away than
 * 10% of the figure. `pooled`: of the samples of all trials together, since none has enough alone; only a median then has an interval.
 * `intervals-disagree`: an interval of another kind is more than twice as long or as short, since trials differ in kind.
 */
export const estimateWarningCodes = ['few-trials', 'wide', 'pooled', 'intervals-disagree'] as const;

/** A measured figure with its uncertainty: a point estimate and the bounds of a 95% interval, from `n` trials. */
export const estimateSchema = z.strictObject({
  value: z.number(),
  /** Bounds of the interval; `null` where there is none: one trial alone, or a tail of all trials together. */
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  /** Number of trials (not samples) behind the figure. */
  n: count,
  /** Runs of earlier versions have none. */
  warnings: z.array(z.enum(estimateWarningCodes)).default([]),
});

/** A figure that could not be given, and why, in a few words: `needs 1,000 samples, has 40`. */
export const missingSchema = z.strictObject({
  value: z.null(),
  reason: z.string(),
  /** Between which bounds it lies with 95%, where at least that is known, in the figure's unit. */
  between: z.strictObject({ lo: z.number(), hi: z.number() }).optional(),
});

export const figureSchema = z.union([estimateSchema, missingSchema]);

const notMeasured = { value: null, reason: 'not measured by the version that made this run' } as const;
/** A figure that runs of earlier versions lack. */
const laterFigure = figureSchema.default(notMeasured);

/** Something a reader of the results must know, with what can be done about it. */
export const warningSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+$/),
  message: z.string(),
  remedy: z.string(),
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
  /**
   * How much longer those calls took that were due later, as a share of the time between: 0 where the implementation keeps up, 1/u − 1 where
   * it could only answer the share u of the calls in the time in which they come. Median over trials.
   */
  latencyGrowth: laterFigure,
  /** Calls that were due, over all trials. */
  arrivals: count,
  /** Calls that had not ended when their window ended. */
  backlog: count,
  /** Calls that never ended. */
  unanswered: count,
});

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

/** Where the time of a call goes: mean milliseconds in each stage, of calls that were traced after the window. */
const stageFiguresSchema = z.strictObject({
  /** What the caller waited for a traced call. */
  wholeMs: laterFigure,
  encodeMs: laterFigure,
  queueMs: laterFigure,
  crossMs: laterFigure,
  computeMs: laterFigure,
  decodeMs: laterFigure,
  /** What of the whole is in no stage; below 0 if the stages are longer. */
  missingMs: laterFigure,
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
  stages: stageFiguresSchema.prefault({}),
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

export type Estimate = z.infer<typeof estimateSchema>;
export type Missing = z.infer<typeof missingSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type OpenMetrics = z.infer<typeof openMetricsSchema>;
export type Metrics = z.infer<typeof metricsSchema>;
export type Ratios = z.infer<typeof ratiosSchema>;
export type Percentiles = z.infer<typeof percentilesSchema>;
export type ProcessFigures = Metrics['processes'];
export type StageFigures = Metrics['stages'];
