import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { Implementation, Invocation, Variant } from '@crossover/contract/implementation';
import type { Workload } from '@crossover/contract/workload';
import type { Command } from 'commander';
import { exitCode, messageOf, UserError } from '../error.js';
import { loadConfig } from '../plan/config.js';
import { materialise, readUserFile } from '../plan/inputs.js';
import { type Found, findSubjects } from '../plan/subjects.js';
import { writeWhole } from '../results/on-disk.js';
import type { Action, Surroundings } from './main.js';

interface InvokeFlags {
  readonly workload: string;
  readonly impl: string;
  readonly variant?: string;
  readonly options?: string;
  readonly input: string;
  readonly output: string;
}

/** `invoke`: one call through one implementation, for trying and debugging. */
export function addInvokeCommand(
  program: Command,
  surroundings: Surroundings,
  choose: (action: Action) => void,
): void {
  program
    .command('invoke')
    .description('do the work once through one implementation')
    .requiredOption('--workload <name>', 'what to compute')
    .requiredOption('--impl <name>', 'how to reach it')
    .option('--variant <name>', "the implementation's first variant for the workload if left out")
    .option('--options <json>', "the workload's options; for a named input its own options if left out")
    .requiredOption('--input <name|file>', 'a file, or the name of one of the inputs of the workload')
    .requiredOption('--output <file>', 'where to write the result')
    .action((flags: InvokeFlags) => choose(() => invoke(flags, surroundings)));
}

async function invoke(
  flags: InvokeFlags,
  { projectDirectory, userDirectory }: Surroundings,
): Promise<number> {
  const subjects = await findSubjects(await loadConfig(projectDirectory), projectDirectory);
  const workload = byName('workload', flags.workload, subjects.workloads, ({ name }) => name);
  const implementation = byName('implementation', flags.impl, subjects.implementations, ({ id }) => id);
  const variant = variantFor(implementation, flags);
  const { input, options } = await inputFor(workload, flags, projectDirectory, userDirectory);

  const availability = await implementation.prepare((line) => process.stderr.write(`${line}\n`));
  if (availability.status === 'unavailable') {
    throw new UserError(`${implementation.id} can't run here: ${availability.reason}`, availability.remedy);
  }
  const { output, computeNs, waitedMs } = await callOnce(
    implementation,
    variant.id,
    workload.name,
    options,
    input,
  );
  writeWhole(path.resolve(userDirectory, flags.output), output);
  process.stderr.write(
    `${implementation.id}/${variant.id}: ${output.length} bytes; first call ${waitedMs.toFixed(3)} ms, ` +
      `of which computing ${(computeNs / 1e6).toFixed(3)} ms\n`,
  );
  return exitCode.fine;
}

async function callOnce(
  implementation: Implementation,
  variant: string,
  workload: string,
  options: object,
  input: Uint8Array,
): Promise<Invocation & { waitedMs: number }> {
  try {
    const session = await implementation.open(variant);
    try {
      const start = performance.now();
      const { output, computeNs } = await session.invoke(workload, options, input);
      return { output: Uint8Array.from(output), computeNs, waitedMs: performance.now() - start };
    } finally {
      await session.close();
    }
  } catch (cause) {
    if (cause instanceof WorkloadError) {
      throw new UserError(
        `${cause.code}: ${cause.message}`,
        `what the workload takes is described in workloads/${workload}/README.md`,
        { cause },
      );
    }
    if (cause instanceof ImplementationError) throw new UserError(cause.message, cause.remedy, { cause });
    throw cause;
  }
}

/** A named input with its own options, or a file with the default ones; `--options` goes before both. */
async function inputFor(
  workload: Workload,
  flags: InvokeFlags,
  projectDirectory: string,
  userDirectory: string,
): Promise<{ input: Uint8Array; options: object }> {
  const given = flags.options === undefined ? null : parseOptions(workload, flags.options);
  const named = workload.inputs.find(({ name }) => name === flags.input);
  if (named !== undefined) {
    const planned = await materialise(named, path.join(projectDirectory, '.cache', 'inputs'));
    return { input: readFileSync(planned.file), options: given ?? named.options };
  }
  const input = await readUserFile(workload, path.resolve(userDirectory, flags.input));
  return { input, options: given ?? workload.parseOptions({}) };
}

function parseOptions(workload: Workload, text: string): object {
  try {
    return workload.parseOptions(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      `--options can't be used: ${messageOf(cause)}`,
      `the options are described in workloads/${workload.name}/README.md`,
      { cause },
    );
  }
}

function variantFor(implementation: Implementation, { variant, workload }: InvokeFlags): Variant {
  const able = implementation.variants.filter(({ workloads }) => workloads.includes(workload));
  const chosen = variant === undefined ? able[0] : able.find(({ id }) => id === variant);
  if (chosen !== undefined) return chosen;
  const asked = variant === undefined ? implementation.id : `${implementation.id}/${variant}`;
  throw new UserError(
    `${asked} does not do the workload ${workload}${implementation.absent?.[workload] ? `: ${implementation.absent[workload]}` : ''}`,
    able.length === 0
      ? 'name another implementation'
      : `its variants for it are: ${able.map(({ id }) => id).join(', ')}`,
  );
}

function byName<T>(
  what: string,
  name: string,
  found: readonly Found<T>[],
  nameOf: (subject: T) => string,
): T {
  const match = found.find(({ subject }) => nameOf(subject) === name);
  if (match !== undefined) return match.subject;
  const known = found.map(({ subject }) => nameOf(subject)).join(', ');
  throw new UserError(`unknown ${what} "${name}"`, `known are: ${known}`);
}
