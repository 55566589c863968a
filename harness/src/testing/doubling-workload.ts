import { createHash } from 'node:crypto';
import type { NamedInput, Workload } from '@crossover/contract/workload';

const bytes = Uint8Array.from({ length: 64 }, (_, i) => i);

function input(name: string, resident: boolean): NamedInput {
  return {
    name,
    summary: 'sixty-four bytes',
    origin: 'generated',
    licence: 'CC0-1.0',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    options: {},
    resident,
    bytes: async () => bytes,
  };
}

/** For tests of the harness: doubles every byte. Fast, so that a whole run takes seconds. */
export const workload: Workload = {
  name: 'doubling',
  summary: 'doubles every byte',
  role: 'work',
  inputs: [input('small', false), input('small-resident', true)],
  parseOptions: (raw) => raw as object,
  readFile: (content) => content,
  reference: (_options, data) => data.map((byte) => 2 * byte),
  check: (output, reference) =>
    Buffer.from(output).equals(Buffer.from(reference))
      ? { verdict: 'equal' }
      : { verdict: 'differs', where: 'the bytes are not doubled' },
};
