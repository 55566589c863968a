import type { JsonOptions } from '@crossover/workload-json/options';
import { reference } from '@crossover/workload-json/reference';
import { parse } from './parse.js';
import { TreeTransformer } from './tree-transformer.js';

const transformers = new WeakMap<JsonOptions, TreeTransformer>();

/**
 * Transforms a document as this workload's README says.
 * @throws {WorkloadError} the input is bad.
 */
export function transformJson(options: JsonOptions, input: Uint8Array): Uint8Array {
  const document = parse(input);
  try {
    return Buffer.from(JSON.stringify(transformerFor(options).transform(document)));
  } catch (error) {
    // Too deep for the call stack, or too long for one string: rare enough to begin again without recursion.
    if (error instanceof RangeError) return reference(options, input);
    throw error;
  }
}

/** What the options say is compiled once for each options object. */
function transformerFor(options: JsonOptions): TreeTransformer {
  let transformer = transformers.get(options);
  if (transformer === undefined) {
    transformer = new TreeTransformer(options);
    transformers.set(options, transformer);
  }
  return transformer;
}
