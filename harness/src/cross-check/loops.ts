import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { Invocation } from '@crossover/contract/implementation';
import { measure, do_not_optimize as use } from 'mitata';
import { mean } from 'simple-statistics';
import { Bench } from 'tinybench';
import { callsPerEventLoopTurn, longCallMs } from '../defaults.js';
import { closedLoop } from '../run/load-generator.js';
import { median } from '../stats/quantile.js';

/** What one loop says of a call. */
export interface LoopFigures {
  readonly medianNs: number;
  readonly minNs: number;
}

/** Of a loop that times each call: its samples in time order. */
export interface CallFigures extends LoopFigures {
  readonly latenciesNs: readonly number[];
}

/** Calls in a batch of mitata: many against the clock's price, and few enough that most batches end before the system gives the processor away. */
const callsPerBatch = 256;

/** Nanoseconds of a call up to which mitata batches: its default, `k_batch_threshold`. */
const longestBatchedNs = 65_536;

type Call = () => Invocation | Promise<Invocation>;

const nanosecondsPerMs = 1e6;
const unwatched = { see: () => {} };

/** The loop of every trial, after a warm-up of the same length. */
export async function byOurs(call: Call, ms: number): Promise<CallFigures> {
  const extent = { ms, operations: 1 };
  await closedLoop(call, 1, extent, unwatched);
  return figuresOf((await closedLoop(call, 1, extent, unwatched)).latenciesNs);
}

/**
 * tinybench, one task in this process. It sorts its samples in place before it hands them out (`src/task.ts`), so their time
 * order is kept here, after each call: of the last two looks at the clock, for it takes hundreds of thousands of them before, to know the clock, and a
 * heap that kept them would be collected at other times. Between calls it awaits, which is no turn of the event loop, and finalizers of
 * native buffers need one; it is given in a hook that is not timed.
 */
export async function byTinybench(call: Call, ms: number): Promise<CallFigures> {
  const callsMs: number[] = [];
  let before = 0;
  let last = 0;
  const look = (): number => {
    before = last;
    last = performance.now();
    return last;
  };
  let sinceTurn = 0;
  const afterCall = async (): Promise<void> => {
    const callMs = last - before;
    callsMs.push(callMs);
    if (++sinceTurn < callsPerEventLoopTurn && callMs < longCallMs) return;
    sinceTurn = 0;
    await eventLoopTurn();
  };
  const same = (value: number): number => value;
  const bench = new Bench({
    time: ms,
    iterations: 1,
    warmupTime: ms,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
    timestampProvider: { name: 'kept in time order', fn: look, fromMs: same, toMs: Number },
  });
  const asynchronous = call() instanceof Promise;
  bench.add('call', call, { async: asynchronous, afterEach: afterCall });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state !== 'completed') throw new Error(`tinybench did not complete: ${result?.state}`);
  return {
    // Those before are of the warm-up.
    latenciesNs: callsMs.slice(-result.latency.samplesCount).map((ms) => ms * nanosecondsPerMs),
    medianNs: result.latency.p50 * nanosecondsPerMs,
    minNs: result.latency.min * nanosecondsPerMs,
  };
}

/**
 * mitata, for synchronous calls that are short against the clock: up to {@link longestBatchedNs} it times {@link callsPerBatch} of them together, so
 * that its samples are means, of which the median says what a typical call takes and no percentile says anything of a single one. Whether it
 * does, its first three calls decide (`fn` in `src/lib.mjs`), and it makes no others to get warm: so ours go before.
 */
export async function byMitata(call: () => Invocation, ms: number): Promise<LoopFigures> {
  await closedLoop(call, 1, { ms, operations: 1 }, unwatched);
  const { p50, min } = await measure(() => use(call()), {
    gc: false,
    min_cpu_time: ms * nanosecondsPerMs,
    batch_samples: callsPerBatch,
    batch_threshold: longestBatchedNs,
  });
  return { medianNs: p50, minNs: min };
}

/**
 * Ours as mitata would tell it: means of {@link callsPerBatch} calls that follow each other, or each call where it is too long for that, without what
 * the clock costs. The median of means is above that of calls, whose slowest are in every mean.
 */
export async function byOursInBatches(call: Call, ms: number): Promise<LoopFigures> {
  const { latenciesNs, medianNs } = await byOurs(call, ms);
  const size = medianNs <= longestBatchedNs ? callsPerBatch : 1;
  const clockNs = median(meansOfBatches(looksNs(), size));
  return figuresOf(meansOfBatches(latenciesNs, size).map((ns) => ns - clockNs));
}

/** What it takes from one look at the clock to the next, which is in each sample of a loop that times each call; once the loop is compiled. */
function looksNs(): number[] {
  const looks = Array.from({ length: 400 * callsPerBatch }, () => {
    const start = performance.now();
    return (performance.now() - start) * nanosecondsPerMs;
  });
  return looks.slice(looks.length / 2);
}

/** The last samples, which are no whole batch, are left out; where there are too few for one, their mean is all. */
function meansOfBatches(samples: readonly number[], size: number): number[] {
  const whole = Math.min(size, samples.length);
  return Array.from({ length: Math.floor(samples.length / whole) }, (_, batch) =>
    mean(samples.slice(batch * whole, (batch + 1) * whole)),
  );
}

function figuresOf(latenciesNs: readonly number[]): CallFigures {
  const least = latenciesNs.reduce((low, ns) => Math.min(low, ns), Number.POSITIVE_INFINITY);
  return { latenciesNs, medianNs: median(latenciesNs), minNs: least };
}
