import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { messageOf, UserError } from '../error.js';

/**
 * The requirements that a decision is made for. A profile is a YAML file that people write; `profiles/default.yaml` is
 * the commented example.
 */

const positive = z.number().positive();

/** A share in [0, 1] that is known only roughly: `[lowest, highest]`. */
const intervalSchema = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
  .refine(([lo, hi]) => lo <= hi, 'must name the lower bound first');

/** Where a smaller figure is better: at `limit` it earns 0, at `goal` 1, and beyond the goal nothing more. */
const lowerIsBetterSchema = z
  .strictObject({ limit: positive, goal: positive })
  .refine(({ limit, goal }) => goal < limit, 'must have a goal below its limit');

/** Where a larger figure is better. */
const higherIsBetterSchema = z
  .strictObject({ limit: positive, goal: positive })
  .refine(({ limit, goal }) => goal > limit, 'must have a goal above its limit');

const requirementsSchema = z.strictObject({
  /** The input whose figures decide; without it the workload's first input of the run. */
  input: z.string().optional(),
  /** Upper bounds on latency that the upper end of the 95% interval must meet; `null` or absent: none. */
  sloMs: z.strictObject({ p50: positive.nullish(), p99: positive.nullish() }).default({}),
  latencyMs: lowerIsBetterSchema,
  /** Calls that one busy core completes in a second. */
  callsPerCoreSecond: higherIsBetterSchema,
  memoryMiB: lowerIsBetterSchema,
});

const judgementSchema = z.strictObject({
  score: intervalSchema,
  /** What the score rests on, in a sentence. */
  evidence: z.string().min(1),
});

const judgedCriterionSchema = z.strictObject({
  question: z.string().min(1),
  weight: intervalSchema,
  /** Implementation, or implementation/variant, → judgement; 1 is best. */
  scores: z.record(z.string(), judgementSchema),
});

export const profileSchema = z.strictObject({
  name: z.string().min(1),
  summary: z.string().min(1),
  /** The load whose figures decide. */
  load: z
    .string()
    .regex(/^closed:[1-9][0-9]*$/, 'must look like closed:1')
    .default('closed:1'),
  /** The percentile of latency that is scored. */
  percentile: z.enum(['p50', 'p99']).default('p50'),
  seed: z.int().min(0).default(1),
  draws: z.int().min(100).max(1_000_000).default(10_000),
  /** How long the decision stands before it is to be made again. */
  validForDays: z.int().positive().default(180),
  constraints: z
    .strictObject({
      /** Cap on the peak memory of all processes together. */
      memoryMiB: positive.nullish(),
      survivesNativeCrash: z.boolean().default(false),
      scalesIndependently: z.boolean().default(false),
      replaceableWithoutRestart: z.boolean().default(false),
      singleArtefact: z.boolean().default(false),
      /** Toolchains that the team may use besides Node.js; `null` or absent: no limit. */
      toolchains: z.array(z.string()).nullish(),
      /** Architectures on which a run must have shown that the option works; `null` or absent: that of the run. */
      architectures: z.array(z.string()).nullish(),
    })
    .prefault({}),
  weights: z.strictObject({
    latency: intervalSchema,
    callsPerCore: intervalSchema,
    memory: intervalSchema,
  }),
  judged: z.record(z.string(), judgedCriterionSchema).default({}),
  /** Workload → what is asked of it. A workload of the run that is not named here is not decided. */
  workloads: z.record(z.string(), requirementsSchema),
});

/** A validated profile and the file that it was read from, so that a decision can name it. */
export type Profile = z.infer<typeof profileSchema> & { readonly source: string };
export type Requirements = z.infer<typeof requirementsSchema>;
export type JudgedCriterion = z.infer<typeof judgedCriterionSchema>;
export type Constraints = Profile['constraints'];

/** The place to look when a profile is wrong. */
const remedy = 'Mend the file; profiles/default.yaml is an example with comments.';

/**
 * Reads the profile in a file.
 * @throws {UserError} when it can't be read or isn't valid.
 */
export function loadProfile(file: string): Profile {
  const source = path.relative(process.cwd(), file) || file;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`The profile ${source} can't be read: ${messageOf(error)}.`, 'Check the name.', {
      cause: error,
    });
  }
  return parseProfile(text, source);
}

/**
 * Checks a profile and fills in what it leaves out.
 * @param source the name of its file, for messages and for the record.
 * @throws {UserError} with one sentence that names the file and the place in it.
 */
export function parseProfile(text: string, source: string): Profile {
  const checked = profileSchema.safeParse(readYaml(text, source), { reportInput: true });
  if (!checked.success) throw new UserError(`${source}: ${firstProblem(checked.error)}`, remedy);
  const profile = checked.data;
  const weights = [
    ...Object.values(profile.weights),
    ...Object.values(profile.judged).map(({ weight }) => weight),
  ];
  if (weights.every(([, hi]) => hi === 0)) {
    throw new UserError(`${source}: at least one weight must be above 0.`, remedy);
  }
  return { ...profile, source };
}

function readYaml(text: string, source: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [first = 'unreadable'] = error.message.split('\n');
    throw new UserError(`${source} is not YAML: ${first.replace(/:$/, '')}.`, remedy, { cause: error });
  }
}

/** The first thing that is wrong, as one sentence that begins with the path. */
function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'the profile is not valid.';
  const path = issue.path.map(String).join('.') || 'the profile';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${path} has no member ${issue.keys.map((key) => `"${key}"`).join(', ')}; remove it or mend its name.`;
    case 'invalid_type':
      return issue.input === undefined
        ? `${path} is missing.`
        : `${path} must be ${article(issue.expected)}, not ${JSON.stringify(issue.input)}.`;
    case 'invalid_value':
      return `${path} must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.`;
    case 'too_small':
      return `${path} must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}.`;
    case 'too_big':
      return `${path} must be at most ${issue.maximum}.`;
    case 'custom':
    case 'invalid_format':
      return `${path} ${issue.message}.`;
    default:
      return `${path}: ${issue.message}.`;
  }
}

function article(noun: string): string {
  const word = noun === 'record' ? 'object' : noun === 'tuple' ? 'pair [lowest, highest]' : noun;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
