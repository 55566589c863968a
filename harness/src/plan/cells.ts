import type { Implementation } from '@crossover/contract/implementation';
import { UserError } from '../error.js';
import type { CellKey, Selection } from '../results/schema.js';
import type { Suite } from './config.js';
import { parseLoad } from './load.js';

/** The part of a workload that choosing cells needs. */
export interface InputNames {
  readonly name: string;
  readonly inputs: readonly { readonly name: string }[];
}

/** The part of an implementation that choosing cells needs. */
export type VariantNames = Pick<Implementation, 'id' | 'variants'> & {
  readonly traits: Pick<Implementation['traits'], 'runsCore'>;
};

/** The names in each flag of a selection; `null` leaves the suite's own choice. */
export type Names = { readonly [Flag in keyof Selection]: readonly string[] | null };

/** Takes the lists of a selection apart: `sync,async`. */
export function namesOf(selection: Selection): Names {
  const list = (text: string | null): string[] | null => text?.split(',') ?? null;
  const { workload, impl, variant, input, load, isa } = selection;
  return {
    workload: list(workload),
    impl: list(impl),
    variant: list(variant),
    input: list(input),
    load: list(load),
    isa: list(isa),
  };
}

/**
 * The cells of a suite after the selection, ordered by workload, input, implementation, variant, load. A selection may name
 * inputs, variants and loads beyond the suite's own: who asks for one by name wants it. Likewise a workload that is named, and of
 * which the suite has no input, is measured on all of its own.
 * @throws {UserError} for a name that does not exist, and when nothing is left.
 */
export function chooseCells(
  suite: Suite,
  names: Names,
  workloads: readonly InputNames[],
  implementations: readonly VariantNames[],
): CellKey[] {
  const chosenWorkloads = namedOf('workload', names.workload, workloads, ({ name }) => name);
  const chosenImplementations = namedOf('implementation', names.impl, implementations, ({ id }) => id);
  refuseUnknown(
    'input',
    names.input,
    chosenWorkloads.flatMap(({ inputs }) => inputs.map(({ name }) => name)),
  );
  refuseUnknown(
    'variant',
    names.variant,
    chosenImplementations.flatMap(({ variants }) => variants.map(({ id }) => id)),
  );
  const loads = names.load ?? suite.loads;
  for (const load of loads) parseLoad(load);

  const cells = chosenWorkloads.flatMap(({ name: workload, inputs }) =>
    chooseInputs(suite, names, workload, inputs).flatMap((input) =>
      chosenImplementations.flatMap((implementation) =>
        chooseVariants(suite, names, workload, implementation).flatMap((variant) =>
          loads.map((load) => ({ workload, input, impl: implementation.id, variant, load })),
        ),
      ),
    ),
  );
  if (cells.length === 0) {
    throw new UserError('nothing to measure: no cell fits these flags', 'leave one of them out');
  }
  return cells;
}

/** The inputs of a workload that are measured, in the order of the suite where it has a say. */
function chooseInputs(
  suite: Suite,
  names: Names,
  workload: string,
  inputs: InputNames['inputs'],
): readonly string[] {
  const known = inputs.map(({ name }) => name);
  if (names.input !== null) return known.filter((name) => names.input?.includes(name));
  const chosen = suite.inputs[workload] ?? [];
  refuseUnknown(`input of ${workload}`, chosen, known);
  return chosen.length === 0 && names.workload?.includes(workload) ? known : chosen;
}

/** The variants of an implementation that are measured on a workload, at each level that is asked for. */
function chooseVariants(
  suite: Suite,
  names: Names,
  workload: string,
  { id: impl, variants, traits }: VariantNames,
): string[] {
  const wanted = names.variant ?? suite.variants[impl] ?? [];
  const levels = traits.runsCore ? names.isa : null;
  return variants
    .filter(({ id, workloads: able }) => able.includes(workload) && wanted.includes(id))
    .flatMap(({ id }) => levels?.map((level) => `${id}@${level}`) ?? [id]);
}

/** Those of `all` that are named; all if none is. */
function namedOf<Item>(
  what: string,
  names: readonly string[] | null,
  all: readonly Item[],
  nameOf: (item: Item) => string,
): readonly Item[] {
  refuseUnknown(what, names, all.map(nameOf));
  return all.filter((item) => names?.includes(nameOf(item)) ?? true);
}

function refuseUnknown(what: string, names: readonly string[] | null, known: readonly string[]): void {
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UserError(`unknown ${what} "${unknown}"`, `known are: ${known.join(', ')}`);
}

/** The variant and the level in the name of a cell's variant: `sync@scalar`, or `sync` for the best level. */
export function levelled(name: string): { variant: string; isa: string | null } {
  const [variant = name, isa = null] = name.split('@');
  return { variant, isa };
}
