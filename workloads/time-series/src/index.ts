import type { Workload } from '@crossover/contract/workload';
import { check } from './check.js';
import { inputs } from './inputs.js';
import { parseOptions } from './options.js';
import { readFile } from './read-file.js';
import { reference } from './reference.js';

/** Aggregations over columns: filter, group by dimensions and time, compute statistics. */
export const workload: Workload = {
  name: 'time-series',
  summary: 'filter, group and aggregate 100,000 points with three dimensions',
  role: 'work',
  inputs,
  parseOptions,
  readFile,
  reference,
  check,
};
