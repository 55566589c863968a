import type { Workload } from '@crossover/contract/workload';
import { check } from './check.js';
import { inputs } from './inputs.js';
import { readJpegStructure } from './jpeg-structure.js';
import { parseOptions } from './options.js';
import { reference } from './reference.js';

/** A JPEG becomes a smaller, upright, blurred and sharpened JPEG; the specification stands in this workload's README. */
export const workload: Workload = {
  name: 'image',
  summary: 'Decode a JPEG, turn it upright, resize with Lanczos3, blur, sharpen, encode a JPEG.',
  role: 'work',
  inputs,
  parseOptions,
  readFile: (content) => {
    readJpegStructure(content);
    return content;
  },
  reference,
  check,
};
