import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { seed } from '../defaults.js';
import type { Figure } from '../results/schema.js';
import { poissonArrivals } from '../run/arrivals.js';
import { quantileOfSorted, sorted } from '../stats/quantile.js';
import { armName } from '../stats/summarise-run.js';
import { measureLong } from '../testing/long-run.js';
import { TestProject } from '../testing/project.js';
import {
  fixedMs,
  littleLeakBytes,
  seldomStallEveryMs,
  seldomStallMs,
  twoMs,
} from '../testing/scripted-implementation.js';

/*
 * What an implementation is known to do, and what a run says of it. A busy machine only ever adds time: lower bounds are
 * exact, and the only upper ones are of the fastest call, of what a stall of 200 ms can't be mistaken for, and of counts.
 */

const project = new TestProject(['steady']);
after(() => project.remove());

const measure = (variant: string, load: string, windowMs: number) =>
  measureLong(project, variant, load, windowMs);

function shown(figure: Figure | undefined): number {
  return figure?.value ?? assert.fail(JSON.stringify(figure));
}

/** Milliseconds from due to end where each call takes `serviceMs` and waits for those before (Lindley 1952). */
function queue(dueMs: Float64Array, serviceMs: number): number[] {
  let free = 0;
  return Array.from(dueMs, (due) => {
    free = Math.max(due, free) + serviceMs;
    return free - due;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('calls that take a fixed time without the thread', () => {
  it('end no sooner, and so many in flight are answered no faster than one time each', async () => {
    const { cell, trial } = await measure('fixed-asynchronous', 'closed:4', 500);
    assert.ok(shown(cell.metrics?.latencyMs.p50) >= fixedMs);
    assert.ok(shown(cell.metrics?.throughputPerSecond) <= (4 * 1000) / fixedMs);
    const fastest = Math.min(...trial.latenciesNs) / 1e6;
    assert.ok(fastest >= fixedMs && fastest < 2 * fixedMs, `${fastest} ms`);
  });

  it('do not queue, even at twice the rate that one after the other would allow', async () => {
    const { cell, trial } = await measure('fixed-asynchronous', `open:${2000 / fixedMs}`, 250);
    assert.equal(cell.metrics?.open?.unanswered, 0);
    const fastest = Math.min(...trial.latenciesNs) / 1e6;
    assert.ok(fastest >= fixedMs && fastest < 2 * fixedMs, `${fastest} ms`);
  });
});

describe('calls that take a fixed time of the thread, under an open load', () => {
  const rate = 250;
  const utilisation = (rate * twoMs) / 1000;
  /** The mean wait of M/D/1: ρ · S / (2 · (1 − ρ)). */
  const pollaczekKhinchineMs = (utilisation * twoMs) / (2 * (1 - utilisation));

  it('would wait as long as Pollaczek and Khinchine say, on average over many of our arrivals', () => {
    const { dueMs } = poissonArrivals(rate, { ms: 400_000, operations: 1 }, seed, 'long');
    const waitMs = mean(queue(dueMs, twoMs)) - twoMs;
    assert.ok(Math.abs(waitMs / pollaczekKhinchineMs - 1) < 0.03, `${waitMs} ms`);
  });

  it('wait at least so long, call by call and in the percentiles of the run', async () => {
    const { cell, trial } = await measure('two-ms', `open:${rate}`, 1000);
    const purpose = `0 ${armName(cell, false)}`;
    const { dueMs } = poissonArrivals(rate, { ms: 4000, operations: 1 }, seed, purpose);
    const least = queue(dueMs, twoMs);
    assert.equal(trial.open?.arrivals, least.length);
    for (const [i, ns] of trial.latenciesNs.entries())
      assert.ok(ns / 1e6 >= (least[i] ?? 0) - 0.001, `call ${i}: ${ns / 1e6} of ${least[i]} ms`);
    const ascending = sorted(least.slice(0, trial.latenciesNs.length));
    assert.ok(shown(cell.metrics?.latencyMs.p50) >= quantileOfSorted(ascending, 0.5) - 0.001);
    assert.ok(shown(cell.metrics?.latencyMs.p90) >= quantileOfSorted(ascending, 0.9) - 0.001);
    const fastest = Math.min(...(trial.open?.startedLatenciesNs ?? [])) / 1e6;
    assert.ok(fastest >= twoMs && fastest < 2 * twoMs, `${fastest} ms`);
  });
});

describe('an implementation that stalls for 200 ms every 5 s', () => {
  const windowMs = 2 * seldomStallEveryMs;
  const half = seldomStallMs / 2;

  it('delays a share of 200/5000 of all who come under an open load, and p99 says so', async () => {
    const { cell, trial } = await measure('stalling-seldom', 'open:500', windowMs / 4);
    const { latencyMs, open } = cell.metrics ?? assert.fail(cell.reason);
    // Who comes in the first half of a stall waits for the second half: 2% of all. 100 come in the two of them, ± 10; 60 is four σ below.
    const delayed = trial.latenciesNs.filter((ns) => ns >= half * 1e6).length;
    assert.ok(delayed >= 60, `${delayed} of ${trial.latenciesNs.length}`);
    assert.ok(shown(latencyMs.p99) >= half, `p99 ${shown(latencyMs.p99)} ms`);
    // From the actual start it is one slow call each time.
    assert.ok(shown(open?.startedLatencyMs.p99) < half);
  });

  it('hides it from a closed load, whose p99 is short; the heartbeat beside the calls shows the block', async () => {
    const { cell, trial } = await measure('stalling-seldom', 'closed:1', windowMs);
    const { latencyMs, eventLoop, eventLoopDelayMs } = cell.metrics ?? assert.fail(cell.reason);
    assert.ok(trial.latenciesNs.filter((ns) => ns >= seldomStallMs * 1e6).length >= 2);
    assert.ok(shown(latencyMs.p99) < half, `p99 ${shown(latencyMs.p99)} ms`);
    // A beat is due 20 ms after the last one, and the stall began before.
    assert.ok(shown(eventLoop.heartbeatLatenessMs.max) >= seldomStallMs - 20);
    assert.ok(shown(eventLoopDelayMs.max) >= seldomStallMs - 20);
  });
});

describe('a leak of 1 KiB a call', () => {
  it('is the slope of the run to a tenth, and where nothing leaks there is none', async () => {
    const leaking = await measure('leaking-a-little', 'closed:1', 3000);
    const slope = shown(leaking.cell.metrics?.processes.leakBytesPerOp);
    assert.ok(Math.abs(slope / littleLeakBytes - 1) < 0.1, `${slope} bytes a call`);
    const steady = await measure('steady', 'closed:1', 3000);
    const none = shown(steady.cell.metrics?.processes.leakBytesPerOp);
    assert.ok(Math.abs(none) < 0.1 * littleLeakBytes, `${none} bytes a call`);
  });
});
