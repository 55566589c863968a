import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation, OwnedProcess, Resident, Session } from '@crossover/contract/implementation';
import { compute, guarded } from './compute.js';
import { findResidentForm, findWorkload } from './workloads.js';

/** The work is a plain function call: nothing crosses any boundary, and the event loop waits for it. */
export class MainSession implements Session {
  #open = true;

  invoke(workload: string, options: object, input: Uint8Array, trace?: CallTrace): Invocation {
    this.#demandOpen();
    const { parseOptions, run } = findWorkload(workload);
    const parsed = parseOptions(options);
    return compute(() => run(parsed, input), trace);
  }

  async load(workload: string, data: Uint8Array): Promise<Resident> {
    this.#demandOpen();
    const { parseOptions } = findWorkload(workload);
    const { load, run } = findResidentForm(workload);
    // The caller may reuse its memory, so the loaded data are views on a copy. (A Buffer's `slice` would not copy.)
    let loaded: { readonly data: unknown } | undefined = { data: guarded(() => load(new Uint8Array(data))) };
    return {
      invoke: (options, trace) => {
        this.#demandOpen();
        if (loaded === undefined) {
          throw releasedError();
        }
        const { data } = loaded;
        const parsed = parseOptions(options);
        return compute(() => run(parsed, data), trace);
      },
      release: async () => {
        loaded = undefined;
      },
    };
  }

  processes(): readonly OwnedProcess[] {
    return [];
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #demandOpen(): void {
    if (!this.#open) {
      throw closedError();
    }
  }
}

/** A call on a session after its `close()`. */
export function closedError(): ImplementationError {
  return new ImplementationError('the session is closed', 'Open a new session.');
}

/** A call on resident data after their `release()`. */
export function releasedError(): ImplementationError {
  return new ImplementationError('the resident data are released', 'Load the data again.');
}
