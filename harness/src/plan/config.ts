import { existsSync } from 'node:fs';
import path from 'node:path';
import { createJiti } from 'jiti';
import { z } from 'zod';
import { messageOf, UserError } from '../error.js';
import { gatePolicySchema } from './gate-policy.js';

const names = z.array(z.string());

const suiteSchema = z.strictObject({
  /** Workload → names of its inputs. */
  inputs: z.record(z.string(), names),
  /** Implementation → its variants; an implementation that is not named takes no part. */
  variants: z.record(z.string(), names),
  /** Names of loads, as `--load` takes them: see `load.ts`. */
  loads: names,
});

const configSchema = z.strictObject({
  /** Folders of workload packages, relative to the config file. */
  workloads: names,
  /** Folders of implementation packages, relative to the config file. */
  implementations: names,
  /** What every cell is compared with. */
  baseline: z.strictObject({ impl: z.string(), variant: z.string() }),
  suites: z.strictObject({ quick: suiteSchema, default: suiteSchema, thorough: suiteSchema }),
  gate: gatePolicySchema.prefault({}),
  /**
   * What the ratios of a history are to: `baseline` where none is named. It should change as seldom as can be, for when it gets
   * faster, all others seem slower; and be measured in every run, or a run adds nothing.
   */
  history: z
    .strictObject({ reference: z.strictObject({ impl: z.string(), variant: z.string() }) })
    .optional(),
});

/** What `crossover.config.ts` exports as `config`. */
export type CrossoverConfig = z.input<typeof configSchema>;

/** The same with all defaults filled in. */
export type LoadedConfig = z.infer<typeof configSchema>;

/** What one of `bench --quick`, `bench` and `bench --thorough` measures. */
export type Suite = z.infer<typeof suiteSchema>;

/** Name of a suite. */
export type SuiteName = keyof CrossoverConfig['suites'];

/** The file that a user edits. */
export const configFileName = 'crossover.config.ts';

/**
 * Reads `crossover.config.ts` in `directory`.
 * @throws {UserError} when it is missing, does not load, or has a member that is not as described above.
 */
export async function loadConfig(directory: string): Promise<LoadedConfig> {
  const file = path.join(directory, configFileName);
  if (!existsSync(file)) {
    throw new UserError(
      `there is no ${configFileName} in ${directory}`,
      'run the command in the root of the project',
    );
  }
  let module: { config?: unknown };
  try {
    module = await createJiti(import.meta.url).import(file);
  } catch (cause) {
    throw new UserError(`${configFileName} does not load: ${messageOf(cause)}`, 'mend the file', { cause });
  }
  const parsed = configSchema.safeParse(module.config);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${configFileName}: config.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
      `mend it; the form is described in harness/src/plan/config.ts`,
    );
  }
  return parsed.data;
}
