import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import type { CallQueue } from '@crossover/in-process/library';
import {
  type Addon,
  type Dataset,
  type Failure,
  type NativeCallQueue,
  type NativeSession,
  workloadError,
} from './addon.js';
import { newOutput, outputFor } from './output-buffer.js';

/** Numbers that the addon reports of a call. */
const lineLength = 4;

/** Calls that a task ends at most. */
const callsPerTask = 256;

/**
 * The addon's queue. `time-series` passes the frame as it is, and the core finds the columns: six typed arrays a call would cost
 * the main thread more than all the rest, and it is the bottleneck of many small calls.
 */
export class AddonQueue implements CallQueue<Dataset> {
  readonly #addon: Addon;
  readonly #workloads: readonly string[];
  readonly #native: NativeCallQueue;
  readonly #slots: Slot[] = [];
  readonly #idle: Slot[] = [];
  /** Their outputs are with the callers, until the turn of the event loop is over. */
  readonly #ended: Slot[] = [];
  /** Whose output a buffer is, for a caller may pass an output as the next input. */
  readonly #owners = new WeakMap<ArrayBufferLike, Slot>();
  readonly #idleWorkers: Worker[] = [];
  #timesWaiting = false;

  constructor(addon: Addon, workloads: readonly string[]) {
    this.#addon = addon;
    this.#workloads = workloads;
    this.#native = new addon.CallQueue();
  }

  add(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    const owner = this.#owners.get(input.buffer);
    if (owner !== undefined && owner.output.buffer === input.buffer) this.#renew(owner, newOutput());
    const slot = this.#takeSlot(trace);
    this.#native.add(slot.number, this.#workloads.indexOf(workload), options, input, slot.output);
    return slot.begin();
  }

  addResident(dataset: Dataset, options: Uint8Array, trace?: CallTrace): Promise<Invocation> {
    const slot = this.#takeSlot(trace);
    this.#native.addResident(slot.number, dataset, options, slot.output);
    return slot.begin();
  }

  open(): number {
    for (const slot of this.#ended.splice(0)) this.#idle.push(slot);
    return this.#native.open();
  }

  async work(): Promise<void> {
    const worker = this.#idleWorkers.pop() ?? {
      session: new this.#addon.NativeSession(),
      report: new Float64Array(callsPerTask * lineLength),
    };
    const failures = await this.#native.work(worker.session, worker.report);
    this.#settle(worker.report, failures);
    this.#idleWorkers.push(worker);
  }

  #settle(report: Float64Array, failures: readonly Failure[]): void {
    let failed = 0;
    for (let line = 0; line < report.length; line += lineLength) {
      const slot = this.#slots[report[line] as number];
      if (slot === undefined) return;
      const length = report[line + 1] as number;
      slot.trace?.enter('decode');
      if (length < 0) {
        slot.reject(workloadError(failures[failed] as Failure));
        failed += 1;
      } else {
        slot.trace?.queuedAtCallee(report[line + 3] as number);
        slot.resolve(this.#invocation(slot, length, report[line + 2] as number));
      }
      this.#ended.push(slot);
    }
  }

  #invocation(slot: Slot, length: number, computeNs: number): Invocation {
    if (length > slot.output.length) {
      this.#renew(slot, outputFor(length));
      this.#native.takeOutput(slot.number, slot.output);
    }
    slot.trace?.end();
    return { output: slot.output.subarray(0, length), computeNs };
  }

  /** A slot for a call that crosses now. */
  #takeSlot(trace: CallTrace | undefined): Slot {
    const slot = this.#idle.pop() ?? this.#newSlot();
    slot.trace = trace;
    if (trace !== undefined) this.#handOver(trace);
    return slot;
  }

  #newSlot(): Slot {
    const slot = new Slot(this.#slots.length, newOutput());
    this.#owners.set(slot.output.buffer, slot);
    this.#slots.push(slot);
    return slot;
  }

  #handOver(trace: CallTrace): void {
    if (!this.#timesWaiting) this.#native.timeWaiting();
    this.#timesWaiting = true;
    trace.enter('cross');
  }

  #renew(slot: Slot, output: Uint8Array): void {
    slot.output = output;
    this.#owners.set(output.buffer, slot);
  }
}

/** Room for one call in flight. */
class Slot {
  resolve!: (invocation: Invocation) => void;
  reject!: (error: Error) => void;
  trace: CallTrace | undefined;

  constructor(
    readonly number: number,
    public output: Uint8Array,
  ) {}

  begin(): Promise<Invocation> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/** What a task works with. */
interface Worker {
  readonly session: NativeSession;
  readonly report: Float64Array;
}
