import { generatorLagShare, smallestGeneratorLagMs } from '../defaults.js';
import type { OpenMetrics, Warning } from '../results/schema.js';
import { surelyGrows } from './latency-growth.js';
import { quantileOfSorted, sorted } from './quantile.js';

/** What under an open load is wrong with the cell, or with the measuring of it. */
export function openLoadWarnings(open: OpenMetrics, samples: OpenSamples): Warning[] {
  return [...overloadedWarning(open), ...generatorWarning(samples)];
}

function overloadedWarning(open: OpenMetrics): Warning[] {
  const what = overload(open);
  if (what === null) return [];
  return [
    {
      code: 'overloaded',
      message: `overloaded: ${what}; the rate is above its capacity, and latency says how long the window was`,
      remedy: 'choose a lower rate; --load capacity shows how many a second are possible',
    },
  ];
}

/** What shows that more calls come than are answered; `null` where nothing does. */
function overload({ arrivals, backlog, unanswered, latencyGrowth: growth }: OpenMetrics): string | null {
  if (unanswered > 0) {
    const [due, late, never] = [arrivals, backlog, unanswered].map((calls) => calls.toLocaleString('en'));
    return `of ${due} calls ${late} were not answered within the window, ${never} never`;
  }
  if (growth.value === null || !surelyGrows(growth, arrivals / growth.n)) return null;
  const percent = (share: number | null): string => `${(100 * (share ?? 0)).toFixed(0)}%`;
  return `each call waited longer than the one before, by ${percent(growth.value)} of the time between them (95%: ${percent(growth.lo)} to ${percent(growth.hi)})`;
}

function generatorWarning(samples: OpenSamples): Warning[] {
  const [latenciesMs, lagsMs] = [sorted(samples.latenciesMs), sorted(samples.lagsMs)];
  if (!isBehind(latenciesMs, lagsMs)) return [];
  const text = (ms: Float64Array): string => quantileOfSorted(ms, 0.99).toPrecision(2);
  return [
    {
      code: 'generator-behind',
      message: `the generator was behind: it started one call in a hundred ${text(lagsMs)} ms or more later than it could have, and latency, whose p99 is ${text(latenciesMs)} ms, includes that`,
      remedy:
        'choose a lower rate, or let nothing else run, for what interrupts the generator makes it late, too; --load closed:1 has the latency alone',
    },
  ];
}

/** Samples of all trials of a cell together, in milliseconds. */
export interface OpenSamples {
  readonly latenciesMs: readonly number[];
  readonly lagsMs: readonly number[];
}

/** Whether half of the calls, or a hundredth, waited so long for the generator that their latency is partly its own. */
function isBehind(latenciesMs: Float64Array, lagsMs: Float64Array): boolean {
  return [0.5, 0.99].some((q) => {
    const lag = quantileOfSorted(lagsMs, q);
    return lag > smallestGeneratorLagMs && lag > generatorLagShare * quantileOfSorted(latenciesMs, q);
  });
}
