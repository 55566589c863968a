import type { Cell, ImplementationRecord, Run } from '../results/schema.js';
import type { OptionResult } from './decision.js';

/** The pattern that stands for what could be installed instead of written. */
const nativePackage = 'npm-native';
/** What a team tries before it leaves TypeScript. */
const optimised = 'worker-pool';

/** One thing that could be done about a workload, with what the run knows of it. */
export interface Option {
  readonly id: string;
  readonly impl: string;
  readonly variant: string | null;
  readonly kind: OptionResult['kind'];
  /** `null` when the run doesn't have it. */
  readonly implementation: ImplementationRecord | null;
  readonly cell: Cell | null;
}

/** Where an option's figures stand. */
export interface Place {
  readonly workload: string;
  readonly input: string;
  readonly load: string;
}

/**
 * Every option for a workload: each variant of the run that does it, and each pattern that has none for it. Staying on
 * TypeScript, optimising the TypeScript and taking an existing package are always among them, measured or not, so that
 * a record never hides that nobody looked. The cheapest change comes first; that order breaks ties.
 */
export function optionsFor(run: Run, place: Place): Option[] {
  const options = run.implementations.flatMap((implementation) => {
    const variants = implementation.variants.filter(({ workloads }) => workloads.includes(place.workload));
    return variants.length === 0
      ? [option(run, place, implementation.id, null)]
      : variants.map((variant) => option(run, place, implementation.id, variant.id));
  });
  const { impl, variant } = run.protocol.baseline;
  if (!options.some(({ kind }) => kind === 'stay')) options.push(option(run, place, impl, variant));
  if (!options.some(({ kind }) => kind === 'optimise-typescript'))
    options.push(option(run, place, impl, optimised));
  if (!options.some(({ kind }) => kind === 'native-package'))
    options.push(option(run, place, nativePackage, null));
  return options.sort((a, b) => effort[a.kind] - effort[b.kind]);
}

const effort = { stay: 0, 'optimise-typescript': 1, 'native-package': 2, move: 3 } as const;

function option(run: Run, place: Place, impl: string, variant: string | null): Option {
  return {
    id: variant === null ? impl : `${impl}/${variant}`,
    impl,
    variant,
    kind: kindOf(run, impl, variant),
    implementation: run.implementations.find(({ id }) => id === impl) ?? null,
    cell:
      run.cells.find((cell) => isAt(cell, place) && cell.impl === impl && cell.variant === variant) ?? null,
  };
}

function kindOf(run: Run, impl: string, variant: string | null): OptionResult['kind'] {
  const { baseline } = run.protocol;
  if (impl === baseline.impl) return variant === baseline.variant ? 'stay' : 'optimise-typescript';
  return impl === nativePackage ? 'native-package' : 'move';
}

function isAt(cell: Cell, { workload, input, load }: Place): boolean {
  return cell.workload === workload && cell.input === input && cell.load === load;
}

/** Why an option has no figures, as a sentence with the remedy; `null` when it has them. */
export function whyNotMeasured({ impl, implementation, cell, variant }: Option, place: Place): string | null {
  if (cell?.status === 'ok' && cell.metrics) return null;
  if (cell?.reason) return `Not measured (${cell.status}): ${cell.reason}`;
  if (implementation?.availability === 'unavailable') {
    return `Not measured: ${implementation.reason ?? `${impl} can't run on the measured machine.`}`;
  }
  if (implementation && variant === null) {
    return implementation.absent[place.workload] ?? `There is no variant of ${impl} for ${place.workload}.`;
  }
  return `Not measured in this run; measure it with pnpm bench --workload ${place.workload} --impl ${impl}.`;
}
