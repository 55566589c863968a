import type { Place } from './options.js';

/** How evidence that is missing is got, as clauses. */

type Workload = Pick<Place, 'workload'>;

/** A percentile that lacks samples. */
export function moreSamples({ workload }: Workload): string {
  return `measure with pnpm bench --workload ${workload} --thorough, or with a longer --budget`;
}

/** Processor time and memory, which other systems don't tell. */
export function onLinux({ workload }: Workload): string {
  return `measure with pnpm bench --workload ${workload} on Linux`;
}

/** A judgement. */
export function inProfile(source: string): string {
  return `add a score to ${source}`;
}
