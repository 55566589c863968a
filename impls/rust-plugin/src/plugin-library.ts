import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import type { Caller, Library } from '@crossover/in-process/library';
import { type Cell, type PluginAbi, type Pointer, status } from './plugin-abi.js';

/** Data that the library holds. */
export type Dataset = Pointer;

/** Why no asynchronous call tells how long it was queued. */
const queueUntold =
  'is part of cross: libuv’s pool is koffi’s here, and the C ABI sees a call only when its thread begins it';

/** A plugin's library, for sessions. */
export class PluginLibrary implements Library<Dataset> {
  readonly #abi: PluginAbi;
  readonly workloads: readonly string[];
  readonly isa: string;

  constructor(abi: PluginAbi) {
    this.#abi = abi;
    this.workloads = abi.capabilities.workloads;
    this.isa = abi.capabilities.isa;
  }

  newCaller(): Caller<Dataset> {
    return new PluginCaller(this.#abi);
  }

  release(dataset: Dataset): void {
    this.#abi.release(dataset);
  }
}

/** One context of the library, with the buffer that its calls write to. */
class PluginCaller implements Caller<Dataset> {
  readonly #abi: PluginAbi;
  readonly #context: Pointer;
  #output: Uint8Array = new Uint8Array(64 * 1024);
  readonly #length = cell();
  readonly #computeNs = cell();
  /** What the library reads while an asynchronous call runs; koffi itself doesn't keep it from being collected. */
  readonly #lent = new Set<readonly Uint8Array[]>();

  constructor(abi: PluginAbi) {
    this.#abi = abi;
    this.#context = abi.contextNew();
  }

  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Invocation {
    const args = this.#callArguments(workload, options, input);
    trace?.enter('cross');
    return this.#invocation(this.#abi.call(...args), trace);
  }

  async callAsync(
    workload: string,
    options: Uint8Array,
    input: Uint8Array,
    trace?: CallTrace,
  ): Promise<Invocation> {
    const args = this.#callArguments(workload, options, input);
    const start = (done: Done): void => this.#abi.call.async(...args, done);
    return this.#invocation(await this.#lend([options, input], start, trace), trace);
  }

  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Invocation {
    const args = this.#residentArguments(dataset, options);
    trace?.enter('cross');
    return this.#invocation(this.#abi.callResident(...args), trace);
  }

  async callResidentAsync(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    const args = this.#residentArguments(dataset, options);
    const start = (done: Done): void => this.#abi.callResident.async(...args, done);
    return this.#invocation(await this.#lend([options], start, trace), trace);
  }

  async load(workload: string, data: Uint8Array): Promise<Dataset> {
    const dataset = cell();
    const number = this.#numberOf(workload);
    const outcome = await this.#lend([data], (done) =>
      this.#abi.load.async(this.#context, number, data, data.length, dataset, done),
    );
    if (outcome !== status.ok) throw this.#failure(outcome);
    return dataset[0] as Pointer;
  }

  free(): void {
    this.#abi.contextFree(this.#context);
  }

  #callArguments(workload: string, options: Uint8Array, input: Uint8Array) {
    return [
      this.#context,
      this.#numberOf(workload),
      options,
      options.length,
      input,
      input.length,
      ...this.#resultArguments(),
    ] as const;
  }

  #residentArguments(dataset: Dataset, options: Uint8Array) {
    return [this.#context, dataset, options, options.length, ...this.#resultArguments()] as const;
  }

  #resultArguments() {
    return [this.#output, this.#output.length, this.#length, this.#computeNs] as const;
  }

  async #lend(
    memory: readonly Uint8Array[],
    start: (done: Done) => void,
    trace?: CallTrace,
  ): Promise<number> {
    this.#lent.add(memory);
    trace?.queueUntold(queueUntold);
    trace?.enter('cross');
    try {
      return await new Promise((resolve, reject) => {
        start((error, outcome) => (error === null ? resolve(outcome) : reject(error)));
      });
    } catch (error) {
      throw new ImplementationError(
        `the call could not be started: ${(error as Error).message}`,
        'have fewer calls in flight',
        { cause: error },
      );
    } finally {
      this.#lent.delete(memory);
    }
  }

  #invocation(outcome: number, trace: CallTrace | undefined): Invocation {
    trace?.enter('decode');
    if (outcome === status.bufferTooSmall) this.#takeOutput();
    else if (outcome !== status.ok) throw this.#failure(outcome);
    const output = this.#output.subarray(0, Number(this.#length[0]));
    const computeNs = Number(this.#computeNs[0]);
    trace?.end();
    return { output, computeNs };
  }

  /** Fetches the result that did not fit, into a buffer that has room for the next one too. */
  #takeOutput(): void {
    const needed = Number(this.#length[0]);
    this.#output = new Uint8Array(2 ** Math.ceil(Math.log2(needed)));
    const outcome = this.#abi.takeOutput(this.#context, this.#output, this.#output.length, this.#length);
    if (outcome !== status.ok) throw this.#failure(outcome);
  }

  #failure(outcome: number): Error {
    if (outcome !== status.failed) {
      return new ImplementationError(`the plugin returned status ${outcome}`, 'report this as a bug');
    }
    this.#abi.lastError(this.#context, new Uint8Array(0), 0, this.#length);
    const text = Buffer.alloc(Number(this.#length[0]));
    this.#abi.lastError(this.#context, text, text.length, this.#length);
    const [code = '', ...message] = text.toString().split('\n');
    return WorkloadError.fromWire(code, message.join('\n'));
  }

  #numberOf(workload: string): number {
    return this.#abi.capabilities.workloads.indexOf(workload);
  }
}

/** What koffi calls when an asynchronous call has ended. */
type Done = (error: Error | null, outcome: number) => void;

/** A 64-bit number that the library writes. On an ArrayBuffer of its own, for V8 may move a small array's own memory. */
function cell(): Cell {
  return new BigUint64Array(new ArrayBuffer(8));
}
