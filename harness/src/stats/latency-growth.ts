import { fewestCallsInThird, overloadedGrowth } from '../defaults.js';
import type { Figure, Measured } from '../results/schema.js';
import { estimateMedian } from './interval.js';
import { median } from './quantile.js';

/**
 * By how much latency grows over the window of an open load, as a share of the time that passes: the median latency of the calls due in
 * the last third minus that of those due in the middle one, over a third of the window. The first third is left out, since the
 * queue begins empty. What the generator itself was late is taken off.
 *
 * Where calls come at λ a second and μ are answered, λ > μ, a call that is due at t waits for the (λ − μ)·t calls that are too many before it,
 * (λ/μ − 1)·t: the growth is λ/μ − 1. Where λ < μ it is 0 once the queue has become what it stays, however many calls are in
 * flight at once and however long each of them takes.
 *
 * `null` where a third has too few calls, or it was not kept when calls were due.
 */
export function growthOfTrial({ open, latenciesNs }: Pick<Measured, 'open' | 'latenciesNs'>): number | null {
  if (open === null || open.dueUs.length !== latenciesNs.length) return null;
  const thirdUs = open.dueUs.reduce((last, due) => Math.max(last, due), 0) / 3;
  const thirds: [number[], number[], number[]] = [[], [], []];
  for (const [i, due] of open.dueUs.entries()) {
    const third = due < thirdUs ? 0 : due < 2 * thirdUs ? 1 : 2;
    thirds[third].push((latenciesNs[i] ?? 0) - (open.lagsNs[i] ?? 0));
  }
  const [, middle, last] = thirds;
  if (Math.min(middle.length, last.length) < fewestCallsInThird) return null;
  return (median(last) - median(middle)) / (thirdUs * 1000);
}

/** The growth of a cell: the median over the trials that have one. */
export function latencyGrowth(trials: readonly Measured[]): Figure {
  const growths = trials.map(growthOfTrial).filter((growth) => growth !== null);
  return growths.length === 0
    ? { value: null, reason: 'too few calls in a window' }
    : estimateMedian(growths);
}

/**
 * The growth that is to be expected of a system that is loaded with exactly its capacity and begins with an empty queue. Its waiting time is
 * a reflected Brownian motion, whose mean at time t is √(2/π)·σ·√t (Harrison, *Brownian Motion and Stochastic Flow Systems*, 1985), with
 * σ² = (c²ₐ + c²ₛ)·T/n for n calls in a window T; the squares of the coefficients of variation are 1 for Poisson arrivals and taken
 * as 1 for the service, which is that of exponential service times and more than most code has. The means of √t over the last and
 * over the middle third, in units of √T, differ by 0.2076, so that the growth is 3·0.2076·√(2/π)·√(2/n). Below capacity less is to be expected.
 */
export function growthAtCapacity(calls: number): number {
  const meanRoot = (from: number, to: number): number => (2 * (to ** 1.5 - from ** 1.5)) / (3 * (to - from));
  const difference = meanRoot(2 / 3, 1) - meanRoot(1 / 3, 2 / 3);
  return 3 * difference * Math.sqrt(2 / Math.PI) * Math.sqrt(2 / calls);
}

/**
 * Whether more calls come than are answered: the lower bound of the growth exceeds what a system at its capacity would show in trials of
 * `calls` calls, and {@link overloadedGrowth}. The bounds come from the spread of the trials, of which there must be two.
 */
export function surelyGrows(growth: Figure, calls: number): boolean {
  if (growth.value === null || growth.lo === null) return false;
  return growth.lo > Math.max(overloadedGrowth, growthAtCapacity(calls));
}
