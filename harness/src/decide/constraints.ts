import type { Figure, Run } from '../results/schema.js';
import type { Option, Place } from './options.js';
import type { Constraints, Requirements } from './profile.js';
import { milliseconds, threeDigits } from './wording.js';

/**
 * The hard constraints that an option breaks, one sentence each; none when it meets all. A bound on a figure holds only
 * if the upper end of its 95% interval meets it: an objective that isn't shown to be met is not met.
 */
export function broken(
  option: Option,
  place: Place,
  constraints: Constraints,
  requirements: Requirements,
  runs: readonly Run[],
): string[] {
  return [
    ...brokenTraits(option, constraints),
    ...brokenArchitectures(option, place, constraints, runs),
    ...brokenFigures(option, constraints, requirements),
  ];
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

function brokenFigures({ cell }: Option, constraints: Constraints, { sloMs }: Requirements): string[] {
  if (cell?.status === 'invalid')
    return [`Its output is wrong: ${cell.reason ?? 'it differs from the reference.'}`];
  if (cell?.status !== 'ok' || !cell.metrics) return [];
  const { latencyMs, peakRssMiB } = cell.metrics;
  return [
    ...over('Latency p50', latencyMs.p50, sloMs.p50, milliseconds),
    ...over('Latency p99', latencyMs.p99, sloMs.p99, milliseconds),
    ...over('Peak memory', peakRssMiB.total, constraints.memoryMiB, (value) => `${threeDigits(value)} MiB`),
  ];
}

function over(
  name: string,
  figure: Figure,
  bound: number | null | undefined,
  text: (value: number) => string,
): string[] {
  if (bound === null || bound === undefined) return [];
  const required = `at most ${text(bound)}`;
  if (figure.value === null) return [`${name} can't be shown to be ${required}: ${figure.reason}.`];
  if (figure.hi === null) {
    return [
      `${name} can't be shown to be ${required}: ${text(figure.value)} ${figure.warnings.includes('pooled') ? 'of all trials together' : 'from one trial'} has no interval.`,
    ];
  }
  if (figure.hi <= bound) return [];
  return [
    `${name} must be ${required}; measured ${text(figure.value)}, with up to ${text(figure.hi)} in its 95% interval.`,
  ];
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
