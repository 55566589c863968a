import type { Warning } from '../../results/schema.js';
import type { MeasuredTrial } from '../summarise-cell.js';
import { driftWarning } from './drift.js';
import { fewSamplesWarning } from './few-samples.js';
import { multimodalWarning } from './multimodal.js';
import { timerResolutionWarning } from './timer-resolution.js';

/** What in the samples of a cell limits its figures, each with what can be done about it; `trials` in the order of their blocks. */
export function diagnoseNoise(trials: readonly MeasuredTrial[]): Warning[] {
  const measured = trials.map((trial) => trial.measured);
  return [
    ...fewSamplesWarning(measured),
    ...timerResolutionWarning(measured),
    ...multimodalWarning(measured),
    ...driftWarning(trials),
  ];
}
