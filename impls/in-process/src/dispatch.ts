import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import type { Caller, Library } from './library.js';

/** On which thread the library works. */
export interface Dispatch<Dataset> {
  call(
    workload: string,
    options: Uint8Array,
    input: Uint8Array,
    trace?: CallTrace,
  ): Invocation | Promise<Invocation>;
  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Invocation | Promise<Invocation>;
  load(workload: string, data: Uint8Array): Promise<Dataset>;
  /** Ends a call that the library never sees in the way in which the library's own errors end one: thrown, or as a rejection. */
  refuse(error: unknown): Promise<never>;
  /** Waits for the calls in flight and frees all callers. Idempotent. */
  close(): Promise<void>;
}

/** The library works on the thread that asks: the least overhead, and the event loop stands still meanwhile. */
export class OnThisThread<Dataset> implements Dispatch<Dataset> {
  #caller: Caller<Dataset> | undefined;
  readonly #loads: OnThreadPool<Dataset>;

  constructor(library: Library<Dataset>) {
    this.#caller = library.newCaller();
    this.#loads = new OnThreadPool(library);
  }

  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Invocation {
    if (this.#caller === undefined) throw closed();
    return this.#caller.call(workload, options, input, trace);
  }

  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Invocation {
    if (this.#caller === undefined) throw closed();
    return this.#caller.callResident(dataset, options, trace);
  }

  load(workload: string, data: Uint8Array): Promise<Dataset> {
    return this.#loads.load(workload, data);
  }

  refuse(error: unknown): never {
    throw error;
  }

  async close(): Promise<void> {
    this.#caller?.free();
    this.#caller = undefined;
    await this.#loads.close();
  }
}

/** The library works on libuv's thread pool, with one caller for each call in flight. */
export class OnThreadPool<Dataset> implements Dispatch<Dataset> {
  readonly #library: Library<Dataset>;
  readonly #idle: Caller<Dataset>[] = [];
  readonly #inFlight = new Set<Promise<unknown>>();
  #closed = false;

  constructor(library: Library<Dataset>) {
    this.#library = library;
  }

  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    return this.#withCaller((caller) => caller.callAsync(workload, options, input, trace));
  }

  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    return this.#withCaller((caller) => caller.callResidentAsync(dataset, options, trace));
  }

  load(workload: string, data: Uint8Array): Promise<Dataset> {
    return this.#withCaller((caller) => caller.load(workload, data));
  }

  refuse(error: unknown): Promise<never> {
    return Promise.reject(error);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
    for (const caller of this.#idle.splice(0)) caller.free();
  }

  #withCaller<Result>(work: (caller: Caller<Dataset>) => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(closed());
    const call = this.#borrow(work);
    this.#inFlight.add(call);
    const forget = () => this.#inFlight.delete(call);
    call.then(forget, forget);
    return call;
  }

  async #borrow<Result>(work: (caller: Caller<Dataset>) => Promise<Result>): Promise<Result> {
    const caller = this.#idle.pop() ?? this.#library.newCaller();
    try {
      return await work(caller);
    } finally {
      this.#idle.push(caller);
    }
  }
}

/** The error of a call that comes too late. */
export function closed(): ImplementationError {
  return new ImplementationError('the session is closed', 'open another session');
}
