import { fewestEqualPairs, usefulDifference } from '../defaults.js';
import { detectableDifference, logRatioDeviation } from '../stats/detectable-difference.js';
import type { Finding } from './doctor.js';

const remedy = 'close other programs and virtual machines, fix the frequency, or measure with --thorough';

/** What a machine is good for on which equal processes, measured in pairs, came to these throughputs. */
export function spreadFinding(pairs: readonly { readonly a: number; readonly b: number }[]): Finding {
  const what = 'A/A spread';
  if (pairs.length < fewestEqualPairs) {
    const found = `only ${pairs.length} pairs of equal processes could be measured: it can't be told`;
    return { what, found, verdict: 'warning', remedy };
  }
  const deviation = logRatioDeviation(pairs);
  const usual = detectableDifference(deviation, 10);
  const thorough = detectableDifference(deviation, 20);
  const found =
    `differences of ${wholePercent(usual)} and more can be told in the default run, of ${wholePercent(thorough)} with --thorough: ` +
    `the throughputs of ${pairs.length} pairs of equal processes differed by ±${(100 * deviation).toFixed(1)}%`;
  return usual <= usefulDifference
    ? { what, found, verdict: 'fine' }
    : { what, found, verdict: 'warning', remedy };
}

/** Rounded up, so that no more is promised than was found. */
function wholePercent(share: number): string {
  return `${Math.ceil(100 * share - 1e-9)}%`;
}
