import { clockSteps, fewestSamplesForModes } from '../../defaults.js';
import type { Measured, Warning } from '../../results/schema.js';
import { median, quantileOfSorted, sorted } from '../quantile.js';

/**
 * The warning `timer-resolution`: the clock's steps are seen in the samples, and the median call lasts fewer than {@link clockSteps} of them. A
 * step is the smallest difference of two samples, where most samples equal another one; where they don't, the clock is fine enough.
 */
export function timerResolutionWarning(trials: readonly Pick<Measured, 'latenciesNs'>[]): Warning[] {
  const steps = trials.map(({ latenciesNs }) => stepOf(sorted(latenciesNs)));
  const seen = steps.filter((step) => step !== null);
  if (seen.length < trials.length) return [];
  const lasts = median(seen.map(({ steps }) => steps));
  if (lasts >= clockSteps) return [];
  const ns = median(seen.map(({ ns }) => ns));
  return [
    {
      code: 'timer-resolution',
      message: `the median call lasts ${lasts.toFixed(0)} steps of the clock (${ns.toLocaleString('en')} ns), so percentiles take few values and their intervals seem too narrow`,
      remedy:
        'let a call do more, such as a batch in one input, or compare throughput, which the clock does not limit',
    },
  ];
}

/** The clock's step in nanoseconds and how many of them the median call lasts; `null` where no step is seen. */
function stepOf(ascending: Float64Array): { ns: number; steps: number } | null {
  if (ascending.length < fewestSamplesForModes) return null;
  let [ns, distinct] = [Number.POSITIVE_INFINITY, 1];
  for (let i = 1; i < ascending.length; i++) {
    const difference = (ascending[i] as number) - (ascending[i - 1] as number);
    if (difference === 0) continue;
    distinct++;
    ns = Math.min(ns, difference);
  }
  return distinct === 1 || distinct > ascending.length / 2
    ? null
    : { ns, steps: quantileOfSorted(ascending, 0.5) / ns };
}
