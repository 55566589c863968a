import type { Measured, Warning } from '../../results/schema.js';
import { median, samplesNeeded } from '../quantile.js';

/** The percentiles that tables show and profiles ask for. */
const asked = [
  { name: 'p50', q: 0.5 },
  { name: 'p99', q: 0.99 },
];

/** The warning `few-samples`: trials that made too few calls to carry a percentile of their own. */
export function fewSamplesWarning(trials: readonly Pick<Measured, 'latenciesNs'>[]): Warning[] {
  const calls = trials.map(({ latenciesNs }) => latenciesNs.length);
  const fewest = Math.min(...calls);
  const lacking = asked.filter(({ q }) => fewest < samplesNeeded(q));
  if (lacking.length === 0) return [];
  const needs = lacking.map(({ name, q }) => `${samplesNeeded(q).toLocaleString('en')} for ${name}`);
  return [
    {
      code: 'few-samples',
      message: `a trial has ${Math.round(median(calls)).toLocaleString('en')} calls, where a percentile of its own needs ${needs.join(' and ')}`,
      remedy: 'measure with --thorough, or judge by p50 what is too slow for that many calls',
    },
  ];
}
