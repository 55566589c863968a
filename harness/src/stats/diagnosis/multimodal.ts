import {
  clockStepNs,
  fewestSamplesForModes,
  indistinguishableShare,
  multimodalMValue,
} from '../../defaults.js';
import type { Measured, Warning } from '../../results/schema.js';
import { median, quantileOfSorted, sorted } from '../quantile.js';
import { mValue } from './m-value.js';

/**
 * The warning `multimodal`: in half of the trials or more a call takes one of several typical times. Modes closer than a difference that counts are one,
 * and so are those that the clock's steps make.
 */
export function multimodalWarning(trials: readonly Pick<Measured, 'latenciesNs'>[]): Warning[] {
  if (trials.some(({ latenciesNs }) => latenciesNs.length < fewestSamplesForModes)) return [];
  const typical = median(
    trials.map(({ latenciesNs }) => {
      const ascending = sorted(latenciesNs);
      const narrowest = indistinguishableShare * quantileOfSorted(ascending, 0.5);
      return mValue(ascending, Math.max(narrowest, 10 * clockStepNs));
    }),
  );
  if (typical <= multimodalMValue) return [];
  return [
    {
      code: 'multimodal',
      message: `calls have several typical durations (mvalue ${typical.toFixed(1)}; one has 2, two apart have 4), and the median may jump between them`,
      remedy:
        'look at the samples in trials.jsonl for what alternates: collections of garbage, processors of two speeds, a cache; compare p90 too',
    },
  ];
}
