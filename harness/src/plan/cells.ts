import type { Implementation } from '@crossover/contract/implementation';
import { UserError } from '../error.js';
import type { CellKey, Selection } from '../results/schema.js';
import type { Suite } from './config.js';

/** The part of a workload that choosing cells needs. */
export interface InputNames {
  readonly name: string;
  readonly inputs: readonly { readonly name: string }[];
}

/** The part of an implementation that choosing cells needs. */
export type VariantNames = Pick<Implementation, 'id' | 'variants'> & {
  readonly traits: Pick<Implementation['traits'], 'runsCore'>;
};

/**
 * The cells of a suite after the selection, ordered by workload, input, implementation, variant, load. A selection may name an
 * input, a variant or a load beyond the suite's own: who asks for it by name wants it. Likewise a workload that is named, and of
 * which the suite has no input, is measured on all of its own.
 * @throws {UserError} for a name that does not exist, and when nothing is left.
 */
export function chooseCells(
  suite: Suite,
  selection: Selection,
  workloads: readonly InputNames[],
  implementations: readonly VariantNames[],
): CellKey[] {
  refuseUnknown(
    'workload',
    selection.workload,
    workloads.map(({ name }) => name),
  );
  refuseUnknown(
    'implementation',
    selection.impl,
    implementations.map(({ id }) => id),
  );
  const loads = selection.load === null ? suite.loads : [checkedLoad(selection.load)];

  const cells: CellKey[] = [];
  const inputsSeen = new Set<string>();
  const variantsSeen = new Set<string>();
  for (const { name: workload, inputs } of workloads) {
    if (selection.workload !== null && selection.workload !== workload) continue;
    const known = inputs.map(({ name }) => name);
    for (const name of known) inputsSeen.add(name);
    const wanted =
      selection.input === null ? wantedInputs(suite, workload, known, selection) : [selection.input];
    if (selection.input === null)
      for (const name of wanted) refuseUnknown(`input of ${workload}`, name, known);
    for (const input of wanted.filter((name) => known.includes(name))) {
      for (const { id: impl, variants, traits } of implementations) {
        if (selection.impl !== null && selection.impl !== impl) continue;
        for (const { id } of variants) variantsSeen.add(id);
        const chosen = variants.filter(({ id, workloads: able }) =>
          able.includes(workload) && selection.variant === null
            ? (suite.variants[impl] ?? []).includes(id)
            : able.includes(workload) && id === selection.variant,
        );
        for (const { id } of chosen) {
          for (const variant of traits.runsCore ? atLevels(id, selection.isa) : [id]) {
            for (const load of loads) cells.push({ workload, input, impl, variant, load });
          }
        }
      }
    }
  }
  refuseUnknown('input', selection.input, [...inputsSeen]);
  refuseUnknown('variant', selection.variant, [...variantsSeen]);
  if (cells.length === 0) {
    throw new UserError('nothing to measure: no cell fits these flags', 'leave one of them out');
  }
  return cells;
}

/** The inputs of a workload when none is named. */
function wantedInputs(
  suite: Suite,
  workload: string,
  known: readonly string[],
  selection: Selection,
): readonly string[] {
  const chosen = suite.inputs[workload] ?? [];
  return chosen.length === 0 && selection.workload === workload ? known : chosen;
}

function refuseUnknown(what: string, name: string | null, known: readonly string[]): void {
  if (name === null || known.includes(name) || known.length === 0) return;
  throw new UserError(`unknown ${what} "${name}"`, `known are: ${known.join(', ')}`);
}

function checkedLoad(load: string): string {
  if (/^closed:[1-9][0-9]{0,3}$/.test(load)) return load;
  throw new UserError(
    `--load ${load} is not a load`,
    'use closed:N, N calls in flight, with N from 1 to 9999',
  );
}

/** A variant of the core as it is, or once for each of the levels of vector instructions in `levels`. */
function atLevels(variant: string, levels: string | null): string[] {
  return levels === null ? [variant] : levels.split(',').map((level) => `${variant}@${level}`);
}

/** The variant and the level in the name of a cell's variant: `sync@scalar`, or `sync` for the best level. */
export function levelled(name: string): { variant: string; isa: string | null } {
  const [variant = name, isa = null] = name.split('@');
  return { variant, isa };
}

/** How many calls a load keeps in flight. */
export function callsInFlight(load: string): number {
  return Number(load.slice('closed:'.length));
}
