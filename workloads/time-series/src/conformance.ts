import type { ConformanceCase } from '@crossover/contract/workload';
import { answers } from './conformance-answers.js';
import { badFrames } from './conformance-frames.js';
import { optionCases } from './conformance-options.js';

/** What every implementation must do, shipped and resident. */
export const conformanceCases: readonly ConformanceCase[] = [...answers(), ...badFrames(), ...optionCases()];
