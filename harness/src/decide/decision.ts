import { z } from 'zod';
import { figureSchema, warningSchema } from '../results/metrics-schema.js';
import { implementationSchema } from '../results/schema.js';
import { comparisonSchema } from '../stats/comparison.js';

/** The form of `decision.json`. Raised when a change makes old files unreadable. */
export const decisionSchemaVersion = 1;

const share = z.number().min(0).max(1);
const intervalSchema = z.tuple([share, share]);

/** A number with the bounds between which 95% of the draws lie. */
const drawnSchema = z.strictObject({ value: z.number(), lo: z.number(), hi: z.number() });

/**
 * What an option is worth by a criterion: at the estimate, or, where evidence is missing, `null` and the bounds between which it lies. Decisions of
 * earlier versions have a missing figure as worth 0.
 */
const worth = { utility: share.nullable(), range: intervalSchema.nullable().default(null) };

/** What one criterion says of one option. */
const criterionResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    name: z.string(),
    unit: z.string(),
    figure: figureSchema,
    anchors: z.strictObject({ limit: z.number(), goal: z.number() }),
    ...worth,
  }),
  z.strictObject({
    kind: z.literal('judged'),
    name: z.string(),
    /** `null`: the profile has no score for this option. */
    score: intervalSchema.nullable(),
    evidence: z.string(),
    ...worth,
  }),
]);

/** The measured figures that the record quotes. */
const quotedSchema = z.strictObject({
  latencyP50Ms: figureSchema,
  latencyP99Ms: figureSchema,
  throughputPerSecond: figureSchema,
  cpuMsPerOp: figureSchema,
  peakRssMiB: figureSchema,
  boundaryMs: figureSchema,
  /** Median latency over that of the baseline, block by block. */
  latencyRatio: figureSchema.nullable(),
  /** Whether that is a difference at all, given the noise of the machine. */
  latencyReading: comparisonSchema.nullable(),
});

const optionResultSchema = z.strictObject({
  /** `impl/variant`, or `impl` alone where the pattern has no variant for the workload. */
  id: z.string(),
  impl: z.string(),
  variant: z.string().nullable(),
  kind: z.enum(['stay', 'optimise-typescript', 'native-package', 'move']),
  /**
   * `ranked`: scored. `eliminated`: breaks a hard constraint. `not-shown`: breaks none, but lacks the figure that would show that it meets all.
   * `not-measured`: there are no figures.
   */
  status: z.enum(['ranked', 'eliminated', 'not-shown', 'not-measured']),
  /** Why it isn't ranked, one sentence each. */
  reasons: z.array(z.string()),
  summary: z.string(),
  traits: implementationSchema.shape.traits.nullable(),
  blocksEventLoop: z.boolean().nullable(),
  figures: quotedSchema.nullable(),
  criteria: z.array(criterionResultSchema),
  /** Weighted worth at the estimates and the middle of the weights; the bounds come from the draws. */
  score: drawnSchema.nullable(),
  /** Place by score; `null` unless ranked. */
  rank: z.int().positive().nullable(),
  /** Share of draws in which this option comes first (b¹). */
  firstRankShare: share.nullable(),
});

const workloadDecisionSchema = z.strictObject({
  workload: z.string(),
  input: z.string(),
  load: z.string(),
  /**
   * `no-clear-winner` keeps what is there, also where evidence is missing that would decide. `none-meets-constraints`: every measured option is eliminated. `undecided`: the
   * profile or the run doesn't have what a decision needs.
   */
  outcome: z.enum(['recommend', 'lean', 'no-clear-winner', 'none-meets-constraints', 'undecided']),
  /** The option to take, or to stay with; `null` when there is none. */
  choice: z.string().nullable(),
  /** The decision in a sentence. */
  sentence: z.string(),
  /** The pattern that comes first most often, and in which share of the draws: its variants together, and each alone. */
  leader: z.strictObject({ impl: z.string(), option: z.string(), firstRankShare: share }).nullable(),
  /**
   * What the choice rests on: `faster`, the chosen option, answers at least so many times as fast as `than`, which would come first if the calls of its pattern took more
   * than `slower` times as long. `null` where it does not rest on that; decisions of earlier versions have none.
   */
  restsOn: z
    .strictObject({ faster: z.string(), than: z.string(), slower: z.number(), times: z.number() })
    .nullable()
    .default(null),
  /** Lead in score over the best option of another pattern. */
  margin: z.strictObject({ over: z.string(), score: drawnSchema }).nullable(),
  options: z.array(optionResultSchema),
  /** What a reader must know before relying on this. */
  notes: z.array(z.string()),
});

export const decisionSchema = z.strictObject({
  schemaVersion: z.literal(decisionSchemaVersion),
  /** Day of the measurement, and the day after which it is to be made again. */
  date: z.iso.date(),
  expires: z.iso.date(),
  summary: z.string(),
  profile: z.strictObject({
    name: z.string(),
    summary: z.string(),
    source: z.string(),
    seed: z.int().min(0),
    draws: z.int().positive(),
    /** The hard constraints that are set, in words. */
    constraints: z.array(z.string()),
    weights: z.array(z.strictObject({ name: z.string(), question: z.string(), weight: intervalSchema })),
  }),
  evidence: z.strictObject({
    runId: z.string(),
    command: z.string(),
    seed: z.int().min(0),
    suite: z.string(),
    blocksFinished: z.int().min(0),
    crossoverVersion: z.string(),
    revision: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
    machine: z.string(),
    fingerprint: z.string(),
    /** Runs that show on which architectures an option works; their times are not used. */
    otherRunIds: z.array(z.string()),
    warnings: z.array(warningSchema),
  }),
  workloads: z.array(workloadDecisionSchema),
  notes: z.array(z.string()),
});

export type Decision = z.infer<typeof decisionSchema>;
export type WorkloadDecision = z.infer<typeof workloadDecisionSchema>;
export type OptionResult = z.infer<typeof optionResultSchema>;
export type CriterionResult = z.infer<typeof criterionResultSchema>;
export type Outcome = WorkloadDecision['outcome'];
export type Drawn = z.infer<typeof drawnSchema>;
