import type { ConformanceCase } from '@crossover/contract/workload';
import { badJpegCases } from './conformance-bad.js';
import { badOptionCases } from './conformance-options.js';
import { pictureCases } from './conformance-pictures.js';

/** Every behaviour that the specification asks for; small pictures, so that the suite is quick. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...pictureCases,
  ...badJpegCases,
  ...badOptionCases,
];
