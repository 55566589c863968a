import type { Figure, Metrics } from '../results/schema.js';
import type { CriterionResult } from './decision.js';
import type { Draws } from './draws.js';
import type { Option } from './options.js';
import type { JudgedCriterion, Profile, Requirements } from './profile.js';
import { type Anchors, higherIsBetter, lowerIsBetter } from './utility.js';

/** One thing by which options are compared. */
export interface Criterion {
  readonly name: string;
  /** What it asks, for people. */
  readonly question: string;
  readonly weight: readonly [number, number];
  /** What it says of an option, at the estimates. */
  result(option: Option): CriterionResult;
  /** The utilities of an option over the draws. */
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
    }),
    measured({
      name: 'throughput per core',
      question: 'How many calls does a busy core complete in a second, all processes counted?',
      unit: 'calls/s',
      weight: weights.callsPerCore,
      anchors: requirements.callsPerCoreSecond,
      worth: higherIsBetter,
      figure: callsPerCoreSecond,
    }),
    measured({
      name: 'memory',
      question: 'How much memory do all processes hold at their peak?',
      unit: 'MiB',
      weight: weights.memory,
      anchors: requirements.memoryMiB,
      worth: lowerIsBetter,
      figure: (metrics) => metrics.peakRssMiB.total,
    }),
    ...Object.entries(judged).map(([name, criterion]) => judgedCriterion(name, criterion)),
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
}

/** A missing figure earns nothing: what isn't shown can't speak for an option. */
function measured({ name, question, unit, weight, anchors, worth, figure }: MeasuredCriterion): Criterion {
  const of = ({ cell }: Option): Figure =>
    cell?.metrics ? figure(cell.metrics) : { value: null, reason: 'not measured' };
  return {
    name,
    question,
    weight,
    result: (option) => {
      const found = of(option);
      const utility = found.value === null ? 0 : worth(found.value, anchors);
      return { kind: 'measured', name, unit, figure: found, anchors, utility };
    },
    drawn: (option, draws) => {
      const found = of(option);
      return found.value === null
        ? new Float64Array(draws.count)
        : draws.logNormal(`${name} of ${option.id}`, found).map((value) => worth(value, anchors));
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
function judgedCriterion(name: string, { question, weight, scores }: JudgedCriterion): Criterion {
  const find = ({ id, impl }: Option) => {
    const key = Object.hasOwn(scores, id) ? id : impl;
    const judgement = Object.hasOwn(scores, key) ? scores[key] : undefined;
    return judgement && { key, ...judgement };
  };
  return {
    name,
    question,
    weight,
    result: (option) => {
      const found = find(option);
      return found
        ? {
            kind: 'judged',
            name,
            score: found.score,
            evidence: found.evidence,
            utility: (found.score[0] + found.score[1]) / 2,
          }
        : {
            kind: 'judged',
            name,
            score: null,
            evidence: 'The profile has no score for this option.',
            utility: 0,
          };
    },
    drawn: (option, draws) => {
      const found = find(option);
      return found ? draws.uniform(`${name} of ${found.key}`, found.score) : new Float64Array(draws.count);
    },
  };
}
