import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openWindowFactor, suiteProtocols } from '../defaults.js';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Cell, Figure, Measured, Run, Trial } from '../results/schema.js';
import { poissonArrivals } from '../run/arrivals.js';
import { quantileOfSorted, sorted } from '../stats/quantile.js';
import { armName } from '../stats/summarise-run.js';
import { TestProject } from '../testing/project.js';
import {
  fixedMs,
  littleLeakBytes,
  seldomServiceMs,
  seldomStallEveryMs,
  seldomStallMs,
  twoMs,
} from '../testing/scripted-implementation.js';

/*
 * What an implementation is known to do, and what `node crossover.mjs bench` says of it. A busy machine only ever adds time: lower bounds
 * are exact, and the only upper ones are of the fastest call, of what a stall of 200 ms can't be mistaken for, and of counts.
 */

const seed = 11;

/** One run, two blocks of it, and the trials of its cells. */
class KnownRun {
  readonly #project = new TestProject(['steady']);
  #run: Run | null = null;
  #trials: readonly Trial[] = [];
  /** What the terminal showed. */
  stdout = '';

  async measure(flags: string): Promise<void> {
    // A budget that is spent at once: the fewest blocks of the suite.
    const usual = `bench --quick --budget 1s --seed ${seed} --workload doubling --impl scripted --out out`;
    const { code, stdout, stderr } = await this.#project.runAsUser(...`${usual} ${flags}`.split(' '));
    assert.equal(code, 0, stderr);
    this.stdout = stdout.replace(/\s+/g, ' ');
    this.#run = readRun(this.#project.at('out'));
    assert.equal(this.#run.status, 'complete');
    assert.equal(this.#run.protocol.seed, seed);
    assert.deepEqual(this.#project.processes(), []);
    this.#trials = readTrials(this.#project.at('out'));
  }

  cell(variant: string, load = 'closed:1'): Cell {
    const found = this.#run?.cells.find((cell) => cell.variant === variant && cell.load === load);
    return found ?? assert.fail(`no cell ${variant} ${load}`);
  }

  metrics(variant: string, load?: string): NonNullable<Cell['metrics']> {
    const { metrics, reason } = this.cell(variant, load);
    return metrics ?? assert.fail(`${variant}: ${reason}`);
  }

  codes(variant: string, load?: string): string[] {
    return this.cell(variant, load).warnings.map(({ code }) => code);
  }

  /** The trials of a cell, in the order of their blocks. */
  trials(variant: string, load?: string): Measured[] {
    const name = armName(this.cell(variant, load), false);
    const own = this.#trials.filter(({ cell, twin }) => armName(cell, twin) === name);
    const measured = own.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome] : []));
    assert.equal(measured.length, suiteProtocols.quick.fewestBlocks);
    return measured;
  }

  /** When the calls of each of the {@link trials} were due in its window, in milliseconds. */
  due(variant: string, load: string, windowMs: number): Float64Array[] {
    const name = armName(this.cell(variant, load), false);
    const extent = { ms: windowMs, operations: suiteProtocols.quick.measureOperations };
    return this.trials(variant, load).map(
      (_, block) =>
        poissonArrivals(Number(load.slice('open:'.length)), extent, seed, `${block} ${name}`).dueMs,
    );
  }

  remove(): void {
    this.#project.remove();
  }
}

/** A run that the tests of a `describe` share. */
function measured(flags: string): KnownRun {
  const run = new KnownRun();
  before(() => run.measure(flags));
  after(() => run.remove());
  return run;
}

function shown(figure: Figure | undefined): number {
  return figure?.value ?? assert.fail(JSON.stringify(figure));
}

/** Milliseconds from due to end where each call takes `serviceMs` and waits for those before (Lindley 1952). */
function queue(dueMs: Float64Array, serviceMs: (call: number) => number): number[] {
  let free = 0;
  return Array.from(dueMs, (due, call) => {
    free = Math.max(due, free) + serviceMs(call);
    return free - due;
  });
}

/** That no call ended sooner than it can have; `slack` is what the sample is rounded by. */
function assertNoneSooner(latenciesNs: readonly number[], leastMs: readonly number[]): void {
  const slack = 0.001;
  for (const [i, ns] of latenciesNs.entries())
    assert.ok(ns / 1e6 >= (leastMs[i] ?? 0) - slack, `call ${i}: ${ns / 1e6} of ${leastMs[i]} ms`);
}

/** Quantile of what each trial's calls took at least, and its median over trials. */
function leastQuantile(trials: readonly (readonly number[])[], q: number): number {
  const each = trials.map((least) => quantileOfSorted(sorted(least), q));
  return quantileOfSorted(sorted(each), 0.5);
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const fastestMs = (trials: readonly Measured[]): number =>
  Math.min(...trials.flatMap(({ open, latenciesNs }) => open?.startedLatenciesNs ?? latenciesNs)) / 1e6;

describe('calls that take a fixed time, by the real command', () => {
  const rate = 2000 / fixedMs;
  const open = `open:${rate}`;
  const run = measured(`--variant fixed-asynchronous,two-ms --load closed:4,${open}`);

  it('end no sooner, and so many in flight without the thread are answered no faster than one time each', () => {
    const { latencyMs, throughputPerSecond } = run.metrics('fixed-asynchronous', 'closed:4');
    assert.ok(shown(latencyMs.p50) >= fixedMs);
    assert.ok(shown(throughputPerSecond) <= (4 * 1000) / fixedMs);
    const fastest = fastestMs(run.trials('fixed-asynchronous', 'closed:4'));
    assert.ok(fastest >= fixedMs && fastest < 2 * fixedMs, `${fastest} ms`);
  });

  it('do not queue without the thread, even at twice the rate that one after the other would allow', () => {
    assert.equal(run.metrics('fixed-asynchronous', open).open?.unanswered, 0);
    const fastest = fastestMs(run.trials('fixed-asynchronous', open));
    assert.ok(fastest >= fixedMs && fastest < 2 * fixedMs, `${fastest} ms`);
  });

  it('would wait for the thread as long as Pollaczek and Khinchine say, on average over many of our arrivals', () => {
    const utilisation = (rate * twoMs) / 1000;
    /** The mean wait of M/D/1: ρ · S / (2 · (1 − ρ)). */
    const expectedMs = (utilisation * twoMs) / (2 * (1 - utilisation));
    const { dueMs } = poissonArrivals(rate, { ms: 500_000, operations: 1 }, seed, 'long');
    const waitMs = mean(queue(dueMs, () => twoMs)) - twoMs;
    assert.ok(Math.abs(waitMs / expectedMs - 1) < 0.03, `${waitMs} ms`);
  });

  it('wait for the thread at least so long, call by call and in the percentiles of the run', () => {
    const trials = run.trials('two-ms', open);
    const windowMs = suiteProtocols.quick.measureMs * openWindowFactor;
    const least = run.due('two-ms', open, windowMs).map((due) => queue(due, () => twoMs));
    for (const [i, { open: own, latenciesNs }] of trials.entries()) {
      assert.equal(own?.arrivals, least[i]?.length);
      assertNoneSooner(latenciesNs, least[i] ?? []);
    }
    const { latencyMs } = run.metrics('two-ms', open);
    assert.ok(shown(latencyMs.p50) >= leastQuantile(least, 0.5) - 0.001);
    assert.ok(shown(latencyMs.p90) >= leastQuantile(least, 0.9) - 0.001);
    const fastest = fastestMs(trials);
    assert.ok(fastest >= twoMs && fastest < 2 * twoMs, `${fastest} ms`);
  });
});

describe('an implementation that stalls for 200 ms every 5 s, by the real command', () => {
  const rate = 500;
  const open = `open:${rate}`;
  const windowMs = seldomStallEveryMs / openWindowFactor;
  const run = measured(`--variant stalling-seldom --load closed:1,${open} --window ${windowMs}ms`);

  it('delays all who come meanwhile under an open load, call by call and in p99, as long as a queue with such a server', () => {
    const trials = run.trials('stalling-seldom', open);
    const least = run.due('stalling-seldom', open, seldomStallEveryMs).map((due, i) => {
      const started = trials[i]?.open?.startedLatenciesNs ?? [];
      const stalled = (call: number) => (started[call] ?? 0) >= seldomStallMs * 1e6;
      assert.ok(started.some((_, call) => stalled(call)));
      return queue(due, (call) => (stalled(call) ? seldomStallMs : seldomServiceMs));
    });
    for (const [i, { latenciesNs }] of trials.entries()) assertNoneSooner(latenciesNs, least[i] ?? []);
    const { latencyMs, open: own } = run.metrics('stalling-seldom', open);
    assert.ok(shown(latencyMs.p99) >= leastQuantile(least, 0.99) - 0.001);
    // Who comes t after its beginning waits 200 ms − (1 − ρ) · t, so that a share of (200 ms − x) / ((1 − ρ) · 5 s) waits longer than x.
    const utilisation = (rate * seldomServiceMs) / 1000;
    const expectedMs = seldomStallMs - 0.01 * (1 - utilisation) * seldomStallEveryMs;
    // Of 2,500 calls 25 wait longer, ± 5 in 10 ms; 40 ms are four σ.
    assert.ok(shown(latencyMs.p99) >= expectedMs - 40, `p99 ${shown(latencyMs.p99)} of ${expectedMs} ms`);
    // From the actual start it is one slow call each time.
    assert.ok(shown(own?.startedLatencyMs.p99) < seldomStallMs / 2);
  });

  it('hides it from a closed load, whose p99 is short; the heartbeat beside the calls shows the block', () => {
    const { latencyMs, eventLoop, eventLoopDelayMs } = run.metrics('stalling-seldom');
    for (const { latenciesNs } of run.trials('stalling-seldom'))
      assert.ok(latenciesNs.some((ns) => ns >= seldomStallMs * 1e6));
    assert.ok(shown(latencyMs.p99) < seldomStallMs / 2, `p99 ${shown(latencyMs.p99)} ms`);
    // A beat is due 20 ms after the last one, and the stall began before.
    assert.ok(shown(eventLoop.heartbeatLatenessMs.max) >= seldomStallMs - 20);
    assert.ok(shown(eventLoopDelayMs.max) >= seldomStallMs - 20);
  });
});

describe('a leak of 1 KiB a call and a blocked event loop, by the real command', () => {
  const run = measured('--variant steady,leaking-a-little,blocking --load closed:1');

  it('the leak is the slope of the run to a tenth, and is named; where nothing leaks there is none', () => {
    const slope = shown(run.metrics('leaking-a-little').processes.leakBytesPerOp);
    assert.ok(Math.abs(slope / littleLeakBytes - 1) < 0.1, `${slope} bytes a call`);
    assert.ok(run.codes('leaking-a-little').includes('leaking'));
    const none = shown(run.metrics('steady').processes.leakBytesPerOp);
    assert.ok(Math.abs(none) < 0.1 * littleLeakBytes, `${none} bytes a call`);
    assert.ok(!run.codes('steady').includes('leaking'));
  });

  it('the block is in the heartbeat and in the utilisation', () => {
    const { eventLoop, latencyMs } = run.metrics('blocking');
    // A beat is due 20 ms after the last, and a call of 30 ms began then at the latest.
    assert.ok(shown(eventLoop.heartbeatLatenessMs.max) >= 8);
    assert.ok(shown(eventLoop.utilisation) > 0.9);
    assert.equal(latencyMs.p99.value, null);
    assert.match(run.stdout, /scripted\/blocking/);
  });
});

describe('a rate that the generator cannot make, by the real command', () => {
  // A call that costs nothing, and 100 ns for each: less than it takes to read the clock before and after.
  const run = measured('--variant instant --load open:10000000');

  it('is named, in the run and on the terminal', () => {
    assert.ok(run.codes('instant', 'open:10000000').includes('generator-behind'));
    assert.match(run.stdout, /the generator was behind/);
  });
});
