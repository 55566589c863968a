import type { CheckResult } from '@crossover/contract/workload';

/** Bytes that are shown before and after the first difference. */
const shown = { before: 24, after: 16 };

/** Compares an output with that of the reference: they must be the same bytes. */
export function check(output: Uint8Array, reference: Uint8Array): CheckResult {
  if (Buffer.compare(output, reference) === 0) return { verdict: 'equal' };
  let offset = 0;
  while (offset < output.length && output[offset] === reference[offset]) offset++;
  return {
    verdict: 'differs',
    where:
      `the output (${output.length} bytes) differs from the reference (${reference.length} bytes) at byte ${offset}: ` +
      `${excerpt(output, offset)} instead of ${excerpt(reference, offset)}`,
  };
}

/** What stands around `offset`, as a JSON string, so that control characters show. */
function excerpt(bytes: Uint8Array, offset: number): string {
  const start = Math.max(0, offset - shown.before);
  const end = Math.min(bytes.length, offset + shown.after);
  const text = Buffer.from(bytes.subarray(start, end)).toString();
  return `${start > 0 ? '…' : ''}${JSON.stringify(text)}${end < bytes.length ? '…' : ''}`;
}
