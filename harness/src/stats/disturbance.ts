import { frequencyChangeShare, quietOthersShare, quietStealShare } from '../defaults.js';
import type { Disturbance, TrialDisturbance } from '../results/disturbance-schema.js';
import type { Trial, Warning } from '../results/schema.js';

/** What the machine did besides measuring, over all trials of a run; `null` where none tells. */
export function disturbanceOf(trials: readonly Pick<Trial, 'disturbance'>[]): Disturbance | null {
  const told = trials.flatMap(({ disturbance }) => (disturbance === null ? [] : [disturbance]));
  const processorMs = sum(told.map((trial) => trial.processorMs));
  if (processorMs === 0) return null;
  const others = valuesOf(told, ({ othersMs }) => othersMs);
  const throttles = valuesOf(told, ({ throttleEvents }) => throttleEvents);
  const frequencies = valuesOf(told, ({ frequencyMHz }) => frequencyMHz);
  return {
    stolenShare: sum(told.map(({ stolenMs }) => stolenMs)) / processorMs,
    othersShare: others === null ? null : sum(others) / processorMs,
    throttleEvents: throttles === null ? null : sum(throttles),
    frequencyMHz:
      frequencies === null ? null : { lowest: Math.min(...frequencies), highest: Math.max(...frequencies) },
    robbedTrials: told.filter((trial) => trial.stolenMs > quietStealShare * trial.processorMs).length,
    trials: told.length,
  };
}

/** What of it makes the run's times worth less, each with a remedy. */
export function disturbanceWarnings(disturbance: Disturbance | null): Warning[] {
  if (disturbance === null) return [];
  const { stolenShare, othersShare, throttleEvents, frequencyMHz, robbedTrials, trials } = disturbance;
  const warnings: Warning[] = [];
  if (stolenShare > quietStealShare) {
    warnings.push({
      code: 'stolen-time',
      message: `during the run the host of this virtual machine gave ${percent(stolenShare)} of the processors' time to others, and more than ${percent(quietStealShare)} in ${robbedTrials} of ${trials} trials`,
      remedy: 'measure on a machine of your own, or at a quieter hour',
    });
  }
  if (othersShare !== null && othersShare > quietOthersShare) {
    warnings.push({
      code: 'machine-busy-during-run',
      message: `during the run other programs used ${percent(othersShare)} of the processors' time`,
      remedy: 'close them and measure again',
    });
  }
  if (throttleEvents !== null && throttleEvents > 0) {
    warnings.push({
      code: 'thermal-throttling',
      message: `processors were slowed down ${throttleEvents} times during the run because they were hot`,
      remedy: 'cool the machine better, or measure fewer cells at a time (--workload)',
    });
  }
  if (frequencyMHz !== null && frequencyMHz.lowest < (1 - frequencyChangeShare) * frequencyMHz.highest) {
    const [lowest, highest] = [frequencyMHz.lowest, frequencyMHz.highest].map((mhz) => Math.round(mhz));
    warnings.push({
      code: 'frequency-changed',
      message: `between trials the processors ran at ${lowest} to ${highest} MHz`,
      remedy: 'fix the frequency (sudo cpupower frequency-set -g performance) and turn turbo off',
    });
  }
  return warnings;
}

/** One figure of the trials; `null` unless all tell it. */
function valuesOf(
  trials: readonly TrialDisturbance[],
  figure: (trial: TrialDisturbance) => number | null,
): number[] | null {
  const values = trials.map(figure).filter((value) => value !== null);
  return values.length < trials.length ? null : values;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
