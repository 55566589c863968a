import { generatorLagShare, overloadedShare, smallestGeneratorLagMs } from '../defaults.js';
import type { OpenMetrics, Warning } from '../results/schema.js';
import { quantileOfSorted, sorted } from './quantile.js';

/** What under an open load is wrong with the cell, or with the measuring of it. */
export function openLoadWarnings(open: OpenMetrics, samples: OpenSamples): Warning[] {
  const warnings: Warning[] = [];
  const { arrivals, backlog, unanswered } = open;
  if (unanswered > 0 || backlog > arrivals * overloadedShare) {
    const lost = unanswered > 0 ? `, ${unanswered.toLocaleString('en')} never` : '';
    warnings.push({
      code: 'overloaded',
      message: `overloaded: of ${arrivals.toLocaleString('en')} calls ${backlog.toLocaleString('en')} were not answered within the window${lost}; the rate is near its capacity or above, and latency depends on the window's length`,
      remedy:
        'choose a lower rate, or the longer window of --thorough; --load closed:N shows how many a second are possible',
    });
  }
  const lagsMs = sorted(samples.lagsMs);
  if (isBehind(sorted(samples.latenciesMs), lagsMs)) {
    warnings.push({
      code: 'generator-behind',
      message: `the generator was behind: it started one call in a hundred ${quantileOfSorted(lagsMs, 0.99).toPrecision(2)} ms or more later than it could have, which is part of the latency`,
      remedy: 'choose a lower rate, or measure the latency alone under --load closed:1',
    });
  }
  return warnings;
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
