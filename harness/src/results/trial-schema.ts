import { z } from 'zod';
import { trialDisturbanceSchema } from './disturbance-schema.js';
import { count, nonNegative } from './metrics-schema.js';
import { cellKeySchema, schemaVersion } from './schema.js';
import { tracedCallsSchema } from './traced-calls-schema.js';

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
  /** What the machine did besides since the trial before; `null` where the system does not tell. */
  disturbance: trialDisturbanceSchema.nullable().default(null),
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
          /** When each call was due, in microseconds since the window began; empty in runs of versions that didn't keep it. */
          dueUs: z.array(count).default([]),
          startedLatenciesNs: z.array(count),
          lagsNs: z.array(count),
          arrivals: count,
          backlog: count,
          unanswered: count,
        })
        .nullable()
        .default(null),
      /** Calls after the window that told where their time went; `null` under an open load and where the implementation doesn't tell. */
      traced: tracedCallsSchema.nullable().default(null),
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
      /** Worker threads ran, each with a heap whose garbage is in all figures of memory. */
      workerHeaps: z.boolean().default(false),
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

export type Trial = z.infer<typeof trialSchema>;
export type TrialOutcome = Trial['outcome'];
export type Measured = Extract<TrialOutcome, { status: 'ok' }>;
