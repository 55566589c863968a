import path from 'node:path';
import { UserError } from '../error.js';
import { fits } from '../plan/gate-policy.js';
import { materialise, type PlannedInput } from '../plan/inputs.js';
import type { CellKey } from '../results/schema.js';
import { cellName } from '../stats/summarise-run.js';
import { type Arm, isInside } from './arms.js';
import type { Duel, Side } from './duel.js';

/** Duels without the number of their calls, and what a reader must know of cells that have none. */
export interface Choice {
  readonly duels: readonly Omit<Duel, 'calls'>[];
  readonly notes: readonly string[];
}

/** A gate compares the latency of single calls, and processor time; more calls in flight would only hide which is which. */
const load = 'closed:1';

/**
 * The cells of both arms that fit one of `patterns`, as duels.
 * @throws {UserError} when a pattern fits none, when none can be compared, or when an implementation builds in one arm only.
 */
export async function chooseDuels(
  base: Arm,
  head: Arm,
  patterns: readonly string[],
  projectDirectory: string,
): Promise<Choice> {
  const [before, after] = [cellsOf(base), cellsOf(head)];
  for (const pattern of patterns) {
    if (![...before.keys(), ...after.keys()].some((name) => fits(name, pattern))) {
      throw new UserError(`no cell fits "${pattern}", in base or in head`, howToName);
    }
  }
  const wanted = (cells: ReadonlyMap<string, CellKey>): string[] =>
    [...cells.keys()].filter((name) => patterns.some((pattern) => fits(name, pattern)));
  const notes = [
    ...wanted(after)
      .filter((name) => !before.has(name))
      .map((name) => `${name} is new: base has no such cell`),
    ...wanted(before)
      .filter((name) => !after.has(name))
      .map((name) => `${name} is gone: only base has it`),
  ];
  const inputs = new Inputs(base, head, path.join(projectDirectory, '.cache', 'inputs'));
  const duels: Omit<Duel, 'calls'>[] = [];
  for (const name of wanted(after)) {
    const key = after.get(name) as CellKey;
    if (!before.has(name) || !canRun(key.impl, base, head, notes)) continue;
    const input = await inputs.find(key);
    if (input === null) notes.push(`${name} is new: base has other data under this name`);
    else duels.push({ key, null: false, ...between(base, head, key), input });
  }
  if (duels.length === 0) {
    throw new UserError(
      `there is no cell to compare${notes.length > 0 ? `: ${notes.join('; ')}` : ''}`,
      howToName,
    );
  }
  return { duels, notes: [...new Set(notes)] };
}

const howToName =
  'name some with --cells workload/input/impl/variant, or in `gate.cells` of crossover.config.ts; a part may be *';

/** All cells that an arm has, by their names. */
function cellsOf({ subjects }: Arm): Map<string, CellKey> {
  const keys = subjects.workloads.flatMap(({ subject: workload }) =>
    workload.inputs.flatMap((input) =>
      subjects.implementations.flatMap(({ subject: implementation }) =>
        implementation.variants
          .filter(({ workloads }) => workloads.includes(workload.name))
          .map((variant) => ({
            workload: workload.name,
            input: input.name,
            impl: implementation.id,
            variant: variant.id,
            load,
          })),
      ),
    ),
  );
  return new Map(keys.map((key) => [cellName(key), key]));
}

/** @throws {UserError} when it can run in one arm only. */
function canRun(impl: string, base: Arm, head: Arm, notes: string[]): boolean {
  const [before, after] = [base.availability.get(impl), head.availability.get(impl)];
  if (before?.status === 'ready' && after?.status === 'ready') return true;
  if (before?.status === 'unavailable' && after?.status === 'unavailable') {
    notes.push(`${impl} can't run here: ${after.reason}`);
    return false;
  }
  const [arm, lacking] = before?.status === 'unavailable' ? [base, before] : [head, after];
  const why =
    lacking?.status === 'unavailable' ? lacking : { reason: 'it has no such implementation', remedy: '' };
  throw new UserError(`${arm.role} does not build: ${impl}: ${why.reason}`, why.remedy);
}

/** The implementation of a cell in two arms. */
export function between(a: Arm, b: Arm, key: CellKey): Pick<Duel, Side | 'artefacts'> {
  return {
    a: moduleOf(a, key),
    b: moduleOf(b, key),
    artefacts: { a: artefactsOf(a, key), b: artefactsOf(b, key) },
  };
}

/** Files in an arm's folder that the implementation of a cell ships. */
function artefactsOf({ availability, directory }: Arm, { impl }: CellKey): string[] {
  const found = availability.get(impl);
  return found?.status === 'ready'
    ? found.artefacts.map((artefact) => artefact.path).filter((file) => isInside(directory, file))
    : [];
}

/** `file:` URL of the module of a cell's implementation in an arm. */
function moduleOf({ subjects }: Pick<Arm, 'subjects'>, { impl }: CellKey): string {
  const found = subjects.implementations.find(({ subject }) => subject.id === impl);
  if (found === undefined) throw new Error(`no implementation ${impl}`);
  return found.module;
}

/** Makes each input once, and tells where the arms have different ones under one name. */
class Inputs {
  readonly #made = new Map<string, PlannedInput | null>();

  constructor(
    private readonly base: Arm,
    private readonly head: Arm,
    private readonly cacheDirectory: string,
  ) {}

  async find(key: CellKey): Promise<PlannedInput | null> {
    const name = `${key.workload}/${key.input}`;
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const [before, after] = [this.base, this.head].map(({ subjects }) =>
      subjects.workloads
        .find(({ subject }) => subject.name === key.workload)
        ?.subject.inputs.find((input) => input.name === key.input),
    );
    if (after === undefined) throw new Error(`no input ${name}`);
    const input = before?.sha256 === after.sha256 ? await materialise(after, this.cacheDirectory) : null;
    this.#made.set(name, input);
    return input;
  }
}
