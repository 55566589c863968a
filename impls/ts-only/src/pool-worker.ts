import { WorkloadError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { compute, guarded } from './compute.js';
import type { PoolReply, PoolTask } from './pool-task.js';
import { findResidentForm, findWorkload } from './workloads.js';

/** A worker thread's side of the pool: piscina calls it for each task. */
export function handle(task: PoolTask): unknown {
  try {
    switch (task.kind) {
      case 'ready':
        return { ok: true, value: undefined } satisfies PoolReply<undefined>;
      case 'load': {
        const { load } = findResidentForm(task.workload);
        return { ok: true, value: guarded(() => load(task.data)) } satisfies PoolReply<unknown>;
      }
      case 'call': {
        const { run } = findWorkload(task.workload);
        const options = readOptions(task.workload, task.optionsJson);
        return moved(compute(() => run(options, task.input)));
      }
      case 'query': {
        const { run } = findResidentForm(task.workload);
        const options = readOptions(task.workload, task.optionsJson);
        return moved(compute(() => run(options, task.loaded)));
      }
    }
  } catch (error) {
    if (error instanceof WorkloadError) {
      return { ok: false, code: error.code, message: error.message } satisfies PoolReply<never>;
    }
    throw error;
  }
}

let latest: { readonly workload: string; readonly json: string; readonly options: object } | undefined;

/** Callers repeat their options, and what a workload derives from an options object it may keep beside that object. */
function readOptions(workload: string, json: string): object {
  if (latest?.workload !== workload || latest.json !== json) {
    latest = { workload, json, options: findWorkload(workload).parseOptions(JSON.parse(json)) };
  }
  return latest.options;
}

/** The output changes its thread without being copied. */
function moved({ output, computeNs }: Invocation): unknown {
  // Memory of which the output is only a part (Node's own buffer pool) must stay here: the part is copied out.
  const isWhole = output.buffer instanceof ArrayBuffer && output.byteLength === output.buffer.byteLength;
  const whole = isWhole ? output : new Uint8Array(output);
  const reply: PoolReply<Invocation> = { ok: true, value: { output: whole, computeNs } };
  return move({ [transferableSymbol]: [whole.buffer], [valueSymbol]: reply });
}
