import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Extent } from './load-generator.js';
import { warmUp } from './warm-up.js';

/** Calls on a clock of their own: the n-th takes `latencyMs(n)`. */
function calls(latencyMs: (call: number) => number) {
  let made = 0;
  return async ({ ms, operations }: Extent) => {
    const latenciesNs: number[] = [];
    let elapsedMs = 0;
    while (elapsedMs < ms || latenciesNs.length < operations) {
      const latency = latencyMs(made++);
      latenciesNs.push(latency * 1e6);
      elapsedMs += latency;
    }
    return { latenciesNs, elapsedMs };
  };
}

const least = { ms: 200, operations: 2 };
const cap = { ms: 1000, operations: 100_000 };

describe('a warm-up', () => {
  it('ends with its time where calls are steady at once', async () => {
    const steady = calls(() => 1);
    assert.deepEqual(await warmUp(steady, least, cap), { operations: 200, settled: true });
  });

  it('goes on until calls that get faster have settled', async () => {
    const settling = calls((call) => (call < 150 ? 2 - call / 150 : 1));
    const { operations, settled } = await warmUp(settling, least, cap);
    assert.equal(settled, true);
    assert.ok(operations >= 300, `half of the calls are steady ones: ${operations}`);
  });

  it('ends at the cap, and says so, where calls never settle', async () => {
    const rising = calls((call) => 1 + call / 200);
    const { operations, settled } = await warmUp(rising, least, { ms: 1000, operations: 100_000 });
    assert.equal(settled, false);
    // The sum of 1 + n/200 reaches 1,000 at the 464th call.
    assert.ok(Math.abs(operations - 464) <= 2, `${operations}`);
    const few = await warmUp(
      calls((call) => 1 + call / 200),
      least,
      { ms: 1000, operations: 200 },
    );
    assert.equal(few.settled, false);
    assert.ok(few.operations < 260, `${few.operations}`);
  });

  it('adds no call to slow work that can not be judged within the cap', async () => {
    assert.deepEqual(
      await warmUp(
        calls(() => 50),
        least,
        cap,
      ),
      { operations: 4, settled: null },
    );
    assert.deepEqual(
      await warmUp(
        calls(() => 3000),
        least,
        cap,
      ),
      { operations: 2, settled: null },
    );
  });
});
