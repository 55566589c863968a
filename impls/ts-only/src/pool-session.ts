import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation, OwnedProcess, Resident, Session } from '@crossover/contract/implementation';
import { releasedError } from './main-session.js';
import { Turns } from './turns.js';
import { WorkerPool, type WorkerPoolSettings } from './worker-pool.js';
import { findResidentForm, findWorkload } from './workloads.js';

/**
 * The work is done by worker threads. An input is copied once, into memory shared with the worker, when the call's turn
 * comes; an output is handed over without a copy.
 */
export class PoolSession implements Session {
  readonly #pool: WorkerPool;
  readonly #turns: Turns;
  /** The options' JSON text, for callers that repeat an options object. */
  readonly #optionsJson = new WeakMap<object, string>();

  private constructor(pool: WorkerPool) {
    this.#pool = pool;
    this.#turns = new Turns(pool.size);
  }

  /** @throws {ImplementationError} when the workers don't start. */
  static async open(settings: WorkerPoolSettings = {}): Promise<PoolSession> {
    return new PoolSession(await WorkerPool.start(settings));
  }

  /** Number of worker threads. */
  get workers(): number {
    return this.#pool.size;
  }

  async invoke(workload: string, options: object, input: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    const optionsJson = this.#encodeOptions(workload, options);
    return this.#turns.take((turn) => {
      const task = { kind: 'call', workload, optionsJson, input: turn.share(input) } as const;
      return this.#pool.run<Invocation>(task, trace);
    }, trace);
  }

  async load(workload: string, data: Uint8Array): Promise<Resident> {
    findResidentForm(workload);
    const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength));
    shared.set(data);
    // The workers see the same memory, so it is checked once and never sent.
    let loaded: { readonly data: unknown } | undefined = {
      data: await this.#pool.run<unknown>({ kind: 'load', workload, data: shared }),
    };
    return {
      invoke: async (options, trace) => {
        if (loaded === undefined) {
          throw releasedError();
        }
        const optionsJson = this.#encodeOptions(workload, options);
        const task = { kind: 'query', workload, optionsJson, loaded: loaded.data } as const;
        if (trace === undefined) return this.#pool.run<Invocation>(task);
        // A query shares no memory, so it needs no turn; but waiting in the pool's own queue can't be seen.
        return this.#turns.take(() => this.#pool.run<Invocation>(task, trace), trace);
      },
      release: async () => {
        loaded = undefined;
      },
    };
  }

  processes(): readonly OwnedProcess[] {
    return [];
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** @throws {WorkloadError} `unknown-workload`, `invalid-options` */
  #encodeOptions(workload: string, options: object): string {
    const parsed = findWorkload(workload).parseOptions(options);
    let json = this.#optionsJson.get(parsed);
    if (json === undefined) {
      json = JSON.stringify(parsed);
      this.#optionsJson.set(parsed, json);
    }
    return json;
  }
}
