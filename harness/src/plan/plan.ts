import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Availability, Implementation } from '@crossover/contract/implementation';
import type { Workload } from '@crossover/contract/workload';
import { UserError } from '../error.js';
import type { CellKey, ImplementationRecord, Selection, WorkloadRecord } from '../results/schema.js';
import { chooseCells, namesOf } from './cells.js';
import { type CrossoverConfig, loadConfig, type SuiteName } from './config.js';
import { materialise, materialiseFile, type PlannedInput, sha256 } from './inputs.js';
import { type Found, findSubjects } from './subjects.js';

/** Everything that measuring needs to know, made before anything is measured. */
export interface Plan {
  readonly suite: SuiteName;
  readonly baseline: CrossoverConfig['baseline'];
  readonly cells: readonly PlannedCell[];
  /** A cell that is measured twice in each block, to see how much it differs from itself; `null` when none can be. */
  readonly twin: PlannedCell | null;
  readonly workloads: readonly PlannedWorkload[];
  readonly implementations: readonly PlannedImplementation[];
}

export interface PlannedCell {
  readonly key: CellKey;
  readonly workload: PlannedWorkload;
  readonly input: PlannedInput;
  readonly implementation: PlannedImplementation;
  /** The second measuring of a cell in each block. */
  readonly twin: boolean;
}

export interface PlannedWorkload extends Found<Workload> {
  readonly inputs: readonly PlannedInput[];
}

export interface PlannedImplementation extends Found<Implementation> {
  readonly availability: Availability;
}

/** What the command line asks for. */
export interface PlanRequest {
  readonly projectDirectory: string;
  readonly suite: SuiteName;
  readonly selection: Selection;
  readonly log: (line: string) => void;
}

/**
 * Reads the config, chooses the cells, builds the implementations that have one, and makes their inputs.
 * @throws {UserError} for names that don't exist and inputs that can't be had.
 */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const { projectDirectory, suite, selection, log } = request;
  const config = await loadConfig(projectDirectory);
  const subjects = await findSubjects(config, projectDirectory);
  const cacheDirectory = path.join(projectDirectory, '.cache', 'inputs');

  const fileInput = await planFile(selection, subjects, cacheDirectory);
  const fileName = fileInput?.record.name;
  const keys = chooseCells(
    config.suites[suite],
    { ...namesOf(selection), ...(fileName !== undefined && { input: [fileName] }) },
    subjects.workloads.map(({ subject: { name, inputs } }) => ({
      name,
      inputs: fileName === undefined ? inputs : [{ name: fileName }],
    })),
    subjects.implementations.map(({ subject }) => subject),
  );

  const implementations: PlannedImplementation[] = [];
  for (const found of subjects.implementations) {
    if (!keys.some(({ impl }) => impl === found.subject.id)) continue;
    implementations.push({ ...found, availability: await found.subject.prepare(log) });
  }

  const workloads: PlannedWorkload[] = [];
  for (const found of subjects.workloads) {
    const workload = found.subject;
    const names = new Set(keys.filter((key) => key.workload === workload.name).map(({ input }) => input));
    const inputs: PlannedInput[] = fileInput !== null && names.size > 0 ? [fileInput] : [];
    for (const input of workload.inputs.filter(({ name }) => fileInput === null && names.has(name))) {
      log(`input ${workload.name}/${input.name}`);
      inputs.push(await materialise(input, cacheDirectory));
    }
    if (inputs.length > 0) workloads.push({ ...found, inputs });
  }

  const cells = keys.map((key) => {
    const planned = workloads.find(({ subject }) => subject.name === key.workload);
    const input = planned?.inputs.find(({ record }) => record.name === key.input);
    const implementation = implementations.find(({ subject }) => subject.id === key.impl);
    if (planned === undefined || input === undefined || implementation === undefined) {
      throw new Error(`a cell without its parts: ${JSON.stringify(key)}`);
    }
    return { key, workload: planned, input, implementation, twin: false };
  });
  const twin = twinOf(cells, config.baseline);
  return { suite, baseline: config.baseline, cells, twin, workloads, implementations };
}

/** The first cell of the baseline that can run once more, or of anything else if there is none. */
function twinOf(cells: readonly PlannedCell[], { impl, variant }: Plan['baseline']): PlannedCell | null {
  const ready = cells.filter(({ implementation }) => implementation.availability.status === 'ready');
  const twin = ready.find(({ key }) => key.impl === impl && key.variant === variant) ?? ready[0];
  return twin === undefined ? null : { ...twin, twin: true };
}

/** The user's file as an input, if the selection names one. */
async function planFile(
  { input, workload }: Selection,
  subjects: { readonly workloads: readonly Found<Workload>[] },
  cacheDirectory: string,
): Promise<PlannedInput | null> {
  if (input === null || !path.isAbsolute(input)) return null;
  const known = subjects.workloads.map(({ subject }) => subject.name).join(', ');
  if (workload === null) {
    throw new UserError(
      `--input ${input} is a file, and no workload is named to measure it with`,
      `add --workload, one of: ${known}`,
    );
  }
  const found = subjects.workloads.find(({ subject }) => subject.name === workload);
  if (found === undefined) throw new UserError(`unknown workload "${workload}"`, `known are: ${known}`);
  return materialiseFile(found.subject, input, cacheDirectory);
}

/** How a plan's workloads appear in `run.json`. */
export function workloadRecords(plan: Plan): WorkloadRecord[] {
  return plan.workloads.map(({ subject: { name, summary, role }, inputs }) => ({
    name,
    summary,
    role,
    inputs: inputs.map(({ record }) => record),
  }));
}

/** How a plan's implementations appear in `run.json`; paths are relative to the project. */
export function implementationRecords(plan: Plan, projectDirectory: string): ImplementationRecord[] {
  return plan.implementations.map(({ subject: { id, summary, traits, variants, absent }, availability }) => ({
    id,
    summary,
    traits: { ...traits, toolchains: [...traits.toolchains] },
    variants: variants.map((variant) => ({ ...variant, workloads: [...variant.workloads] })),
    absent: { ...absent },
    ...(availability.status === 'ready'
      ? {
          availability: 'ready',
          artefacts: availability.artefacts.map((artefact) => ({
            ...artefact,
            path: path.relative(projectDirectory, artefact.path),
            sha256: sha256(readFileSync(artefact.path)),
          })),
        }
      : {
          availability: 'unavailable',
          reason: `${availability.reason} – ${availability.remedy}`,
          artefacts: [],
        }),
  }));
}
