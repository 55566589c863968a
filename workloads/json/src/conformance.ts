import type { ConformanceCase } from '@crossover/contract/workload';
import { badOptionCases } from './conformance/bad-options.js';
import { depthCases } from './conformance/depth.js';
import { grammarCases } from './conformance/grammar.js';
import { inputCases } from './conformance/inputs.js';
import { memberCases } from './conformance/members.js';
import { numberCases } from './conformance/numbers.js';
import { stringCases } from './conformance/strings.js';
import { transformCases } from './conformance/transforms.js';

/** What every implementation of this workload must do alike. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...grammarCases,
  ...numberCases,
  ...stringCases,
  ...memberCases,
  ...transformCases,
  ...badOptionCases,
  ...depthCases,
  ...inputCases,
];
