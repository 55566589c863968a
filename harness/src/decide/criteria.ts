import type { Cell, Figure, Metrics } from '../results/schema.js';
import type { CriterionResult } from './decision.js';
import type { Draws } from './draws.js';
import type { Option, Place } from './options.js';
import { anything, latencyMsRange, type Range } from './possible-range.js';
import type { JudgedCriterion, Profile, Requirements } from './profile.js';
import { inProfile, moreSamples, onLinux } from './remedies.js';
import { type Anchors, higherIsBetter, lowerIsBetter } from './utility.js';

/** One thing by which options are compared. */
export interface Criterion {
  readonly name: string;
  /** What it asks, for people. */
  readonly question: string;
  readonly weight: readonly [number, number];
  /** What would give it where it is missing. */
  readonly remedy: (place: Place) => string;
  /** What it says of an option, at the estimates. */
  result(option: Option): CriterionResult;
  /** The utilities of an option over the draws; of a missing figure any that it may have, all equally likely. */
  drawn(option: Option, draws: Draws): Float64Array;
}

/** The criteria of a profile for one workload: the measured ones, then the judged ones. */
export function criteriaOf(profile: Profile, requirements: Requirements): Criterion[] {
  const { weights, percentile, judged } = profile;
  return [
    measured({
      name: `latency ${percentile}`,
      question: 'How long does a caller wait?',
      unit: 'ms',
      weight: weights.latency,
      anchors: requirements.latencyMs,
      worth: lowerIsBetter,
      figure: (metrics) => metrics.latencyMs[percentile],
      range: (cell) => latencyMsRange(cell, percentile),
      remedy: moreSamples,
    }),
    measured({
      name: 'throughput per core',
      question: 'How many calls does a busy core complete in a second, all processes counted?',
      unit: 'calls/s',
      weight: weights.callsPerCore,
      anchors: requirements.callsPerCoreSecond,
      worth: higherIsBetter,
      figure: callsPerCoreSecond,
      range: () => anything,
      remedy: onLinux,
    }),
    measured({
      name: 'memory',
      question: 'How much memory do all processes hold at their peak?',
      unit: 'MiB',
      weight: weights.memory,
      anchors: requirements.memoryMiB,
      worth: lowerIsBetter,
      figure: (metrics) => metrics.peakRssMiB.total,
      range: () => anything,
      remedy: onLinux,
    }),
    ...Object.entries(judged).map(([name, criterion]) =>
      judgedCriterion(name, criterion, inProfile(profile.source)),
    ),
  ];
}

interface MeasuredCriterion {
  readonly name: string;
  readonly question: string;
  readonly unit: string;
  readonly weight: readonly [number, number];
  readonly anchors: Anchors;
  readonly worth: (value: number, anchors: Anchors) => number;
  readonly figure: (metrics: Metrics) => Figure;
  /** Between which bounds the figure lies where it is missing. */
  readonly range: (cell: Cell) => Range;
  readonly remedy: Criterion['remedy'];
}

/**
 * A missing figure is worth anything that it may be, each worth equally likely: it widens what is known of an option, and speaks neither for
 * nor against it.
 */
function measured(criterion: MeasuredCriterion): Criterion {
  const { name, question, unit, weight, anchors, worth, figure, remedy } = criterion;
  const of = ({ cell }: Option): Figure =>
    cell?.metrics ? figure(cell.metrics) : { value: null, reason: 'not measured' };
  const rangeOf = ({ cell }: Option): [number, number] => {
    const { lo, hi } = cell ? criterion.range(cell) : anything;
    const [a, b] = [worth(lo, anchors), worth(hi, anchors)];
    return [Math.min(a, b), Math.max(a, b)];
  };
  return {
    name,
    question,
    weight,
    remedy,
    result: (option) => {
      const found = of(option);
      const known = found.value !== null;
      return {
        ...{ kind: 'measured', name, unit, figure: found, anchors },
        utility: known ? worth(found.value, anchors) : null,
        range: known ? null : rangeOf(option),
      };
    },
    drawn: (option, draws) => {
      const found = of(option);
      const stream = `${name} of ${option.id}`;
      return found.value === null
        ? draws.uniform(stream, rangeOf(option))
        : draws.logNormal(stream, found).map((value) => worth(value, anchors));
    },
  };
}

/** Calls a second for each busy core: the inverse of the processor time of a call, with its bounds turned round. */
export function callsPerCoreSecond({ cpuMsPerOp: cpu }: Metrics): Figure {
  if (cpu.value === null) return cpu;
  if (cpu.value === 0) return { value: null, reason: 'processor time too short to be measured' };
  const inverse = (ms: number | null): number | null => (ms === null || ms === 0 ? null : 1000 / ms);
  return {
    value: 1000 / cpu.value,
    lo: inverse(cpu.hi),
    hi: inverse(cpu.lo),
    n: cpu.n,
    warnings: cpu.warnings,
  };
}

/** Variants that share a score share its draws: what isn't known about a pattern is the same for all of them. */
function judgedCriterion(
  name: string,
  { question, weight, scores }: JudgedCriterion,
  remedy: string,
): Criterion {
  const find = ({ id, impl }: Option) => {
    const key = Object.hasOwn(scores, id) ? id : impl;
    const judgement = Object.hasOwn(scores, key) ? scores[key] : undefined;
    return judgement && { key, ...judgement };
  };
  return {
    name,
    question,
    weight,
    remedy: () => remedy,
    result: (option) => {
      const found = find(option);
      return {
        ...{ kind: 'judged', name },
        score: found?.score ?? null,
        evidence: found?.evidence ?? 'The profile has no score for this option.',
        utility: found ? (found.score[0] + found.score[1]) / 2 : null,
        range: found ? null : [0, 1],
      };
    },
    drawn: (option, draws) => {
      const found = find(option);
      return draws.uniform(`${name} of ${found?.key ?? option.impl}`, found?.score ?? [0, 1]);
    },
  };
}
