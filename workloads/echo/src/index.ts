import type { Workload } from '@crossover/contract/workload';
import { check } from './check.js';
import { inputs } from './inputs.js';
import { parseOptions } from './options.js';

/** The same bytes again: what a call costs when nothing is computed. */
export const workload: Workload = {
  name: 'echo',
  summary: 'The same bytes come back: what a call costs when nothing is computed.',
  role: 'probe',
  inputs,
  parseOptions,
  // Any bytes are an input.
  readFile: (content) => content,
  reference: (options, input) => {
    parseOptions(options);
    return new Uint8Array(input);
  },
  check,
};
