import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation, OwnedProcess, Resident, Session } from '@crossover/contract/implementation';
import { unknownWorkload, wireOptions } from '@crossover/wire/options';
import type { Dispatch } from './dispatch.js';
import type { Library } from './library.js';

/**
 * A session with a library in this process. An output is a view on memory of the session's and valid until the next call;
 * of asynchronous calls that are in flight together, each has an output of its own.
 */
export class InProcessSession<Dataset> implements Session {
  readonly #library: Library<Dataset>;
  readonly #dispatch: Dispatch<Dataset>;
  readonly #residents = new Set<InProcessResident<Dataset>>();

  constructor(library: Library<Dataset>, dispatch: Dispatch<Dataset>) {
    this.#library = library;
    this.#dispatch = dispatch;
  }

  invoke(
    workload: string,
    options: object,
    input: Uint8Array,
    trace?: CallTrace,
  ): Invocation | Promise<Invocation> {
    let optionBytes: Uint8Array;
    try {
      this.#check(workload);
      optionBytes = wireOptions(workload, options);
    } catch (error) {
      return this.#dispatch.refuse(error);
    }
    return this.#dispatch.call(workload, optionBytes, input, trace);
  }

  async load(workload: string, data: Uint8Array): Promise<Resident> {
    this.#check(workload);
    const dataset = await this.#dispatch.load(workload, data);
    const resident = new InProcessResident(this.#dispatch, workload, dataset, () => {
      this.#residents.delete(resident);
      this.#library.release(dataset);
    });
    this.#residents.add(resident);
    return resident;
  }

  get isa(): string {
    return this.#library.isa;
  }

  processes(): readonly OwnedProcess[] {
    return [];
  }

  async close(): Promise<void> {
    // In this order: a load in flight may still become a resident.
    await this.#dispatch.close();
    await Promise.all([...this.#residents].map((resident) => resident.release()));
  }

  #check(workload: string): void {
    if (!this.#library.workloads.includes(workload)) throw unknownWorkload(workload);
  }
}

class InProcessResident<Dataset> implements Resident {
  readonly #dispatch: Dispatch<Dataset>;
  readonly #workload: string;
  readonly #dataset: Dataset;
  readonly #free: () => void;
  readonly #inFlight = new Set<Promise<unknown>>();
  #released: Promise<void> | undefined;

  constructor(dispatch: Dispatch<Dataset>, workload: string, dataset: Dataset, free: () => void) {
    this.#dispatch = dispatch;
    this.#workload = workload;
    this.#dataset = dataset;
    this.#free = free;
  }

  invoke(options: object, trace?: CallTrace): Invocation | Promise<Invocation> {
    if (this.#released !== undefined) {
      return this.#dispatch.refuse(
        new ImplementationError('the data has been released', 'load the data again'),
      );
    }
    let optionBytes: Uint8Array;
    try {
      optionBytes = wireOptions(this.#workload, options);
    } catch (error) {
      return this.#dispatch.refuse(error);
    }
    const result = this.#dispatch.callResident(this.#dataset, optionBytes, trace);
    if (result instanceof Promise) this.#watch(result);
    return result;
  }

  release(): Promise<void> {
    this.#released ??= this.#releaseAfterUse();
    return this.#released;
  }

  /** The library must not be asked to free what it is reading. */
  async #releaseAfterUse(): Promise<void> {
    await Promise.allSettled(this.#inFlight);
    this.#free();
  }

  #watch(call: Promise<unknown>): void {
    this.#inFlight.add(call);
    const forget = () => this.#inFlight.delete(call);
    call.then(forget, forget);
  }
}
