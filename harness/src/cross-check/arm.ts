/** The process of one arm of `tools/cross-check.mjs`: opens an implementation, measures one cell by one loop, answers, ends. */
import { readFileSync } from 'node:fs';
import type { Implementation, Invocation } from '@crossover/contract/implementation';
import { importExport } from '../plan/subjects.js';
import { byMitata, byOurs, byOursInBatches, byTinybench, type LoopFigures } from './loops.js';

/** The only message to this process; {@link LoopFigures} are its only answer. */
export interface ArmRequest {
  /** `file:` URL of the implementation's module. */
  readonly module: string;
  readonly variant: string;
  readonly workload: string;
  readonly options: object;
  readonly inputFile: string;
  readonly loop: 'ours' | 'oursInBatches' | 'tinybench' | 'mitata';
  /** Milliseconds of calls that are measured, and as many before. */
  readonly ms: number;
}

process.once('disconnect', () => process.exit(1));
process.once('message', (request: ArmRequest) => {
  void measure(request).then((reply) => process.send?.(reply, () => process.disconnect()));
});

async function measure({
  module,
  variant,
  workload,
  options,
  inputFile,
  loop,
  ms,
}: ArmRequest): Promise<LoopFigures> {
  const implementation = await importExport<Implementation>(module, 'implementation');
  const input = readFileSync(inputFile);
  const session = await implementation.open(variant);
  try {
    const call = (): Invocation | Promise<Invocation> => session.invoke(workload, options, input);
    const { medianNs, minNs } = await {
      ours: () => byOurs(call, ms),
      oursInBatches: () => byOursInBatches(call, ms),
      tinybench: () => byTinybench(call, ms),
      mitata: () => byMitata(() => synchronous(call()), ms),
    }[loop]();
    return { medianNs, minNs };
  } finally {
    await session.close();
  }
}

function synchronous(answer: Invocation | Promise<Invocation>): Invocation {
  if (answer instanceof Promise) throw new Error('mitata is for synchronous variants: choose tinybench');
  return answer;
}
