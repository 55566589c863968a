import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import type { Caller, CallQueue, QueueingLibrary } from '@crossover/in-process/library';
import { viewFrame } from '@crossover/workload-time-series/series-frame';
import {
  type Addon,
  type ColumnArguments,
  type Dataset,
  type Failure,
  type NativeSession,
  type Report,
  type ResultArguments,
  workloadError,
} from './addon.js';
import { AddonQueue } from './addon-queue.js';
import { newOutput, outputFor } from './output-buffer.js';

/** The addon, for sessions. */
export class AddonLibrary implements QueueingLibrary<Dataset> {
  readonly #addon: Addon;
  readonly workloads: readonly string[];
  readonly isa: string;

  constructor(addon: Addon) {
    this.#addon = addon;
    this.workloads = addon.workloads();
    this.isa = addon.isa();
  }

  newCaller(): Caller<Dataset> {
    return new AddonCaller(this.#addon, this.workloads);
  }

  newQueue(): CallQueue<Dataset> {
    return new AddonQueue(this.#addon, this.workloads);
  }

  release(dataset: Dataset): void {
    dataset.release();
  }
}

/** A native session, with the buffer that its calls write to. */
class AddonCaller implements Caller<Dataset> {
  readonly #addon: Addon;
  readonly #workloads: readonly string[];
  readonly #session: NativeSession;
  #output = newOutput();
  #report: Report = new Float64Array(2);

  constructor(addon: Addon, workloads: readonly string[]) {
    this.#addon = addon;
    this.#workloads = workloads;
    this.#session = new addon.NativeSession();
  }

  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Invocation {
    const failure =
      workload === 'time-series'
        ? this.#session.callSeries(options, ...columnArguments(input), ...this.#resultArguments(input, trace))
        : this.#session.call(
            this.#numberOf(workload),
            options,
            input,
            ...this.#resultArguments(input, trace),
          );
    return this.#invocation(failure, trace);
  }

  async callAsync(
    workload: string,
    options: Uint8Array,
    input: Uint8Array,
    trace?: CallTrace,
  ): Promise<Invocation> {
    const failure =
      workload === 'time-series'
        ? await this.#session.callSeriesAsync(
            options,
            ...columnArguments(input),
            ...this.#resultArguments(input, trace),
          )
        : await this.#session.callAsync(
            this.#numberOf(workload),
            options,
            input,
            ...this.#resultArguments(input, trace),
          );
    return this.#invocation(failure, trace);
  }

  callResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Invocation {
    if (trace !== undefined) this.#handOver(trace);
    return this.#invocation(this.#session.callResident(dataset, options, this.#output, this.#report), trace);
  }

  async callResidentAsync(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    if (trace !== undefined) this.#handOver(trace);
    const call = this.#session.callResidentAsync(dataset, options, this.#output, this.#report);
    return this.#invocation(await call, trace);
  }

  async load(workload: string, data: Uint8Array): Promise<Dataset> {
    const loaded = await this.#addon.load(this.#numberOf(workload), data);
    if (loaded instanceof this.#addon.Dataset) return loaded;
    throw workloadError(loaded as Failure);
  }

  free(): void {
    // The native session goes with this object.
  }

  /**
   * Where a result may be written: never over the input, which a caller may have got from the call before. The last thing that is
   * made ready for a call.
   */
  #resultArguments(input: Uint8Array, trace: CallTrace | undefined): ResultArguments {
    if (input.buffer === this.#output.buffer) this.#output = new Uint8Array(this.#output.length);
    if (trace !== undefined) this.#handOver(trace);
    return [this.#output, this.#report];
  }

  /** A traced call crosses, with a report that has room for the time in the queue. */
  #handOver(trace: CallTrace): void {
    if (this.#report.length < 3) this.#report = new Float64Array(3);
    trace.enter('cross');
  }

  #invocation(failure: Failure | null, trace: CallTrace | undefined): Invocation {
    trace?.enter('decode');
    if (failure !== null) throw workloadError(failure);
    const [length = 0, computeNs = 0, queueNs = 0] = this.#report;
    if (length > this.#output.length) {
      this.#output = outputFor(length);
      this.#session.takeOutput(this.#output);
    }
    trace?.queuedAtCallee(queueNs);
    trace?.end();
    return { output: this.#output.subarray(0, length), computeNs };
  }

  #numberOf(workload: string): number {
    return this.#workloads.indexOf(workload);
  }
}

/** The columns of a frame as typed arrays on its memory. */
function columnArguments(frame: Uint8Array): ColumnArguments {
  const { time, values, dims } = viewFrame(frame);
  return [time, ...values, ...dims];
}
