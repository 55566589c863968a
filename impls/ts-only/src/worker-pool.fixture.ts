import type { CallTask, PoolReply, PoolTask } from './pool-task.js';

/** What a call to the fixture can ask for, as the name of its workload; `input` is an `Int32Array` in shared memory. */
export type Behaviour = 'give-index' | 'meet' | 'type-error' | 'exit' | 'use-up-memory' | 'report-bad-input';

/** How long a call waits for the others before it gives up, so that a broken pool fails a test instead of hanging it. */
const patienceMs = 20_000;

/** A worker that behaves as a test tells it. */
export function handle(task: PoolTask): PoolReply<number> {
  return task.kind === 'call' ? behave(task) : { ok: true, value: 0 };
}

function behave({ workload, input }: CallTask): PoolReply<number> {
  const shared = new Int32Array(input.buffer);
  switch (workload as Behaviour) {
    case 'give-index':
      return { ok: true, value: Atomics.add(shared, 0, 1) };
    case 'meet':
      return { ok: true, value: meet(shared) };
    case 'type-error':
      throw new TypeError('a bug');
    case 'exit':
      process.exit(3);
      break;
    case 'use-up-memory':
      return { ok: true, value: useUpMemory().length };
    case 'report-bad-input':
      return { ok: false, code: 'invalid-json', message: 'the input is not valid JSON at byte 7' };
  }
  throw new Error(`the fixture does not know ${workload}`);
}

/** Arrives, and waits until as many have arrived as `shared[1]` asks for. Gives how many are there. */
function meet(shared: Int32Array): number {
  Atomics.add(shared, 0, 1);
  Atomics.notify(shared, 0);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const arrived = Atomics.load(shared, 0);
    const leftMs = deadline - performance.now();
    if (arrived >= Atomics.load(shared, 1) || leftMs <= 0) {
      return arrived;
    }
    Atomics.wait(shared, 0, arrived, leftMs);
  }
}

function useUpMemory(): readonly number[][] {
  const kept: number[][] = [];
  for (;;) {
    kept.push(new Array<number>(1 << 16).fill(kept.length + 0.5));
  }
}
