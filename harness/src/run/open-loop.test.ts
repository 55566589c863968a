import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Invocation } from '@crossover/contract/implementation';
import fc from 'fast-check';
import { openGraceMs } from '../defaults.js';
import type { Arrivals } from './arrivals.js';
import type { Timing } from './generator-clock.js';
import { type OpenPhase, openLoop } from './open-loop.js';
import { OutputWatch } from './output-watch.js';

const invocation: Invocation = { output: Uint8Array.of(1), computeNs: 0 };
const everyMs = (gap: number, windowMs: number): Arrivals => ({
  dueMs: Float64Array.from({ length: Math.floor(windowMs / gap) }, (_, i) => i * gap),
  windowMs,
});

/** A clock that goes on only when something takes time. */
class FakeClock implements Timing {
  ms = 0;
  readonly #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  /** `readingMs`: what each look at the clock takes, which is the generator's own cost. */
  constructor(private readonly readingMs = 0) {}

  now(): number {
    this.ms += this.readingMs;
    return this.ms;
  }

  async turn(): Promise<void> {
    await this.#pass(0.005);
  }

  async sleep(ms: number): Promise<void> {
    await this.#pass(ms + 1);
  }

  /** An asynchronous call that ends after `ms` of this clock, without the thread. */
  later(ms: number): Promise<Invocation> {
    return new Promise((resolve) => {
      this.#waiting.push({ at: this.ms + ms, wake: () => resolve(invocation) });
    });
  }

  async #pass(ms: number): Promise<void> {
    this.ms += ms;
    for (const waiting of this.#waiting) if (waiting.at <= this.ms) waiting.wake();
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

function synchronous(serviceMs: readonly number[], arrivals: Arrivals, readingMs = 0): Promise<OpenPhase> {
  const clock = new FakeClock(readingMs);
  let calls = 0;
  const call = (): Invocation => {
    clock.ms += serviceMs[calls++ % serviceMs.length] as number;
    return invocation;
  };
  return openLoop(call, arrivals, new OutputWatch(), clock);
}

const near = (actual: number | undefined, expectedMs: number, withinMs = 0.02): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) / 1e6 - expectedMs) <= withinMs,
    `${actual} ns for ${expectedMs} ms`,
  );

describe('an open loop', () => {
  it('starts calls when they are due, to a hundredth of a millisecond, though timers resolve only one', async () => {
    const { latenciesNs, lagsNs } = await synchronous([1], everyMs(7.3, 1000));
    assert.equal(latenciesNs.length, 136);
    for (const ns of latenciesNs) near(ns, 1);
    for (const ns of lagsNs) near(ns, 0);
  });

  it('charges a stall to every call that was due in it; from the actual start it is one slow call', async () => {
    const stallOfHundred = Array.from({ length: 100 }, (_, i) => (i === 50 ? 200 : 1));
    const { latenciesNs, startedLatenciesNs } = await synchronous(stallOfHundred, everyMs(10, 1000));
    near(latenciesNs[50], 200);
    // Calls are due every 10 ms and take 1: each one after the stall waits 9 ms less than the one before.
    for (let after = 1; after <= 22; after++) near(latenciesNs[50 + after], 200 - 9 * after, 0.2);
    near(latenciesNs[73], 1);
    assert.equal(startedLatenciesNs.filter((ns) => ns > 2e6).length, 1);
  });

  it("is Lindley's recursion for synchronous calls, whatever the arrivals and the services", async () => {
    const gaps = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 60 });
    const services = fc.array(fc.double({ min: 0, max: 15, noNaN: true }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(gaps, services, async (between, serviceMs) => {
        let due = 0;
        const dueMs = Float64Array.from(between, (gap) => (due += gap));
        const phase = await synchronous(serviceMs, { dueMs, windowMs: due });
        let end = 0;
        for (const [i, latency] of phase.latenciesNs.entries()) {
          const at = dueMs[i] as number;
          end = Math.max(at, end) + (serviceMs[i % serviceMs.length] as number);
          near(latency, end - at, 0.01 * (i + 1));
        }
      }),
      { seed: 1 },
    );
  });

  it('does not wait for asynchronous calls: those in flight at once take no longer', async () => {
    const clock = new FakeClock();
    const { latenciesNs, lagsNs } = await openLoop(
      () => clock.later(50),
      everyMs(5, 200),
      new OutputWatch(),
      clock,
    );
    assert.equal(latenciesNs.length, 40);
    for (const ns of latenciesNs) assert.ok(ns >= 50e6 && ns < 55e6, `${ns}`);
    for (const ns of lagsNs) near(ns, 0);
  });

  it('ends above capacity, and counts what was not answered', async () => {
    const { arrivals, backlog, unanswered, latenciesNs } = await synchronous([100], everyMs(1, 1000));
    assert.equal(arrivals, 1000);
    assert.equal(latenciesNs.length, (1000 + openGraceMs) / 100);
    assert.equal(unanswered, 1000 - latenciesNs.length);
    // The tenth ends just after the window, by the turns of the event loop.
    assert.equal(backlog, 1000 - 9);
  });

  it('ends when calls never do', async () => {
    const clock = new FakeClock();
    const never = () => new Promise<Invocation>(() => {});
    const phase = await openLoop(never, everyMs(10, 100), new OutputWatch(), clock);
    assert.equal(phase.unanswered, 10);
  });

  it('tells its own lag from the backlog: none where the implementation is slow, all where it is itself', async () => {
    const slow = await synchronous([5], everyMs(1, 50));
    // What is left is the empty turns, 5 µs each.
    for (const ns of slow.lagsNs) near(ns, 0, 0.3);
    near(slow.latenciesNs.at(-1), 50 * 5 - 49, 0.3);
    const behind = await synchronous([0], everyMs(0.1, 5), 0.1);
    const last = behind.lagsNs.at(-1) as number;
    assert.ok(last > 5e6, `${last} ns`);
    assert.ok(last > 0.9 * ((behind.latenciesNs.at(-1) as number) - 0.2e6));
  });

  it('does not count what an implementation does in a turn of the event loop as its own lag', async () => {
    const clock = new FakeClock();
    const turn = clock.turn.bind(clock);
    clock.turn = async () => {
      clock.ms += 3;
      await turn();
    };
    const { lagsNs } = await openLoop(() => clock.later(1), everyMs(1, 100), new OutputWatch(), clock);
    for (const ns of lagsNs) near(ns, 0);
  });

  it('fails as the first call that fails does', async () => {
    const failing = async (): Promise<Invocation> => Promise.reject(new Error('no'));
    await assert.rejects(
      openLoop(failing, everyMs(1, 10), new OutputWatch(), new FakeClock()),
      /^Error: no$/,
    );
  });
});
