import type { CheckResult } from '@crossover/contract/workload';

/** Compares an output with that of the reference: they must be the same bytes. */
export function check(output: Uint8Array, reference: Uint8Array): CheckResult {
  if (Buffer.compare(output, reference) === 0) return { verdict: 'equal' };
  let offset = 0;
  while (offset < output.length && output[offset] === reference[offset]) offset++;
  return {
    verdict: 'differs',
    where:
      `the output (${output.length} bytes) differs from the input (${reference.length} bytes) at byte ${offset}: ` +
      `${byteAt(output, offset)} instead of ${byteAt(reference, offset)}`,
  };
}

/** A byte in hexadecimal, or that there is none. */
function byteAt(bytes: Uint8Array, offset: number): string {
  const byte = bytes[offset];
  return byte === undefined ? 'its end' : byte.toString(16).padStart(2, '0');
}
