import type { ConformanceCase } from '@crossover/contract/workload';
import { encodeFrame, type SeriesColumns } from './series-frame.js';

/** The output must agree with the reference's. */
export function agrees(name: string, options: object, columns: SeriesColumns | Uint8Array): ConformanceCase {
  const input = columns instanceof Uint8Array ? columns : encodeFrame(columns);
  return { name, options, input: () => input, expect: 'reference' };
}

/** The call must fail in exactly this way. */
export function fails(
  name: string,
  options: object,
  input: Uint8Array,
  code: string,
  message: string,
): ConformanceCase {
  return { name, options, input: () => input, expect: { code, message } };
}
