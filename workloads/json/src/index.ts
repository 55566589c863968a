import type { Workload } from '@crossover/contract/workload';
import { check } from './check.js';
import { inputs } from './inputs.js';
import { parseOptions } from './options.js';
import { reference } from './reference.js';

/** Parse, transform and re-serialise a JSON document. */
export const workload: Workload = {
  name: 'json',
  summary: 'A JSON document is parsed, transformed and written again.',
  role: 'work',
  inputs,
  parseOptions,
  // A file is the input as it stands. Whether it is JSON is for the implementations to say.
  readFile: (content) => content,
  reference: (options, input) => reference(parseOptions(options), input),
  check,
};
