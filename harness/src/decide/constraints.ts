import type { Figure, Run } from '../results/schema.js';
import type { Option, Place } from './options.js';
import { anything, latencyMsRange, type Range } from './possible-range.js';
import type { Constraints, Requirements } from './profile.js';
import { moreSamples, onLinux } from './remedies.js';
import { milliseconds, threeDigits } from './wording.js';

/** A constraint that is neither met nor broken, for the figure or its interval is missing. */
export interface NotShown {
  readonly sentence: string;
  /** How to show it. */
  readonly remedy: string;
}

/** How an option stands to the hard constraints. */
export interface Standing {
  /** A sentence for each that it breaks. */
  readonly broken: readonly string[];
  readonly notShown: readonly NotShown[];
}

/**
 * Looks at all hard constraints. A bound on a figure is met only if the upper end of its 95% interval meets it; without a
 * figure nothing is known, unless the other figures of the cell leave no doubt.
 */
export function standingOf(
  option: Option,
  place: Place,
  constraints: Constraints,
  requirements: Requirements,
  runs: readonly Run[],
): Standing {
  const bounds = boundsOn(option, place, constraints, requirements);
  const { cell } = option;
  return {
    broken: [
      ...brokenTraits(option, constraints),
      ...brokenArchitectures(option, place, constraints, runs),
      ...(cell?.status === 'invalid'
        ? [`Its output is wrong: ${cell.reason ?? 'it differs from the reference.'}`]
        : []),
      ...bounds.flatMap(({ broken }) => broken),
    ],
    notShown: bounds.flatMap(({ notShown }) => notShown),
  };
}

function brokenTraits({ implementation }: Option, constraints: Constraints): string[] {
  if (!implementation) return [];
  const { traits } = implementation;
  const reasons = traitRules
    .filter(([trait]) => constraints[trait] && !traits[trait])
    .map(([, , sentence]) => sentence);
  const { toolchains } = constraints;
  const forbidden = toolchains ? traits.toolchains.filter((name) => !toolchains.includes(name)) : [];
  return forbidden.length > 0
    ? [...reasons, `Needs the toolchain ${forbidden.join(', ')}, which the profile doesn't allow.`]
    : reasons;
}

/** A trait, the constraint in words, and the sentence when it is broken. */
const traitRules = [
  ['survivesNativeCrash', 'must survive a crash of native code', 'A crash of native code ends the service.'],
  ['scalesIndependently', 'must scale on machines of its own', "The work can't run on machines of its own."],
  [
    'replaceableWithoutRestart',
    'must be replaceable without a restart',
    'New code needs a restart of the Node.js process.',
  ],
  ['singleArtefact', 'must ship as one artefact', 'It needs a second process to be deployed.'],
] as const;

function brokenArchitectures(
  { impl, variant, implementation }: Option,
  place: Place,
  constraints: Constraints,
  runs: readonly Run[],
): string[] {
  if (!implementation || variant === null) return [];
  const shownOn = new Set(
    runs
      .filter(({ cells }) =>
        cells.some(
          (cell) =>
            cell.workload === place.workload &&
            cell.impl === impl &&
            cell.variant === variant &&
            cell.status === 'ok',
        ),
      )
      .map(({ machine }) => machine.arch),
  );
  return (constraints.architectures ?? [])
    .filter((architecture) => !shownOn.has(architecture))
    .map((architecture) => `No run shows that it works on ${architecture}.`);
}

function boundsOn(
  { cell }: Option,
  place: Place,
  constraints: Constraints,
  { sloMs }: Requirements,
): Standing[] {
  if (cell?.status !== 'ok' || !cell.metrics) return [];
  const { latencyMs, peakRssMiB } = cell.metrics;
  const mebibytes = (value: number): string => `${threeDigits(value)} MiB`;
  const latency = (percentile: 'p50' | 'p99'): Bound => ({
    name: `Latency ${percentile}`,
    bound: sloMs[percentile],
    range: latencyMsRange(cell, percentile),
    remedy: moreSamples(place),
    text: milliseconds,
  });
  return [
    standingTo(latency('p50'), latencyMs.p50),
    standingTo(latency('p99'), latencyMs.p99),
    standingTo(
      {
        name: 'Peak memory',
        bound: constraints.memoryMiB,
        range: anything,
        remedy: onLinux(place),
        text: mebibytes,
      },
      peakRssMiB.total,
    ),
  ];
}

/** An upper bound on a figure. */
interface Bound {
  readonly name: string;
  readonly bound: number | null | undefined;
  /** What the figure may be where it is missing. */
  readonly range: Range;
  readonly remedy: string;
  readonly text: (value: number) => string;
}

const met: Standing = { broken: [], notShown: [] };

function standingTo({ name, bound, range, remedy, text }: Bound, figure: Figure): Standing {
  if (bound === null || bound === undefined) return met;
  const required = `at most ${text(bound)}`;
  const notShown = (why: string): Standing => ({
    broken: [],
    notShown: [{ sentence: `${name} is not shown to be ${required}: ${why}.`, remedy }],
  });
  if (figure.value === null) {
    if (range.lo > bound)
      return {
        ...met,
        broken: [`${name} must be ${required}; by the other figures it is at least ${text(range.lo)}.`],
      };
    return range.hi <= bound ? met : notShown(figure.reason);
  }
  if (figure.hi === null) {
    const of = figure.warnings.includes('pooled') ? 'of all trials together' : 'from one trial';
    return notShown(`${text(figure.value)} ${of} has no interval`);
  }
  if (figure.hi <= bound) return met;
  return {
    ...met,
    broken: [
      `${name} must be ${required}; measured ${text(figure.value)}, with up to ${text(figure.hi)} in its 95% interval.`,
    ],
  };
}

/** The constraints that are set, in words, for the record. */
export function constraintTexts(
  constraints: Constraints,
  workloads: Readonly<Record<string, Requirements>>,
): string[] {
  const slos = Object.entries(workloads).flatMap(([workload, { sloMs }]) =>
    (['p50', 'p99'] as const).flatMap((percentile) => {
      const bound = sloMs[percentile];
      return bound === null || bound === undefined
        ? []
        : [`${workload}: ${percentile} of at most ${milliseconds(bound)}`];
    }),
  );
  const { memoryMiB, toolchains, architectures } = constraints;
  return [
    ...slos,
    ...(memoryMiB ? [`peak memory of all processes of at most ${threeDigits(memoryMiB)} MiB`] : []),
    ...traitRules.filter(([trait]) => constraints[trait]).map(([, text]) => text),
    ...(toolchains ? [`toolchains besides Node.js: ${toolchains.join(', ') || 'none'}`] : []),
    ...(architectures ? [`shown to work on ${architectures.join(', ')}`] : []),
  ];
}
