import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Turn, Turns } from './turns.js';

describe('a turn', () => {
  it('copies inputs into the same shared memory as long as they fit', () => {
    const turn = new Turn();
    const first = turn.share(Uint8Array.of(1, 2, 3));
    const second = turn.share(Uint8Array.of(4, 5));
    assert.ok(first.buffer instanceof SharedArrayBuffer);
    assert.equal(second.buffer, first.buffer);
    assert.deepEqual([...second], [4, 5]);
  });

  it('grows with the largest input and leaves the input as it is', () => {
    const turn = new Turn();
    const input = new Uint8Array(100_000).fill(7);
    turn.share(Uint8Array.of(1));
    const shared = turn.share(input);
    assert.deepEqual(Buffer.compare(shared, input), 0);
    assert.equal(input.buffer.byteLength, 100_000);
    assert.ok(turn.bytes >= 100_000 && turn.bytes < 200_000);
  });

  it('does not copy what is shared already', () => {
    const turn = new Turn();
    const shared = new Uint8Array(new SharedArrayBuffer(10), 2, 5);
    assert.equal(turn.share(shared), shared);
    assert.equal(turn.bytes, 0);
  });
});

describe('turns', () => {
  it('run no more calls at once than there are, in the order in which they came, also when some fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ steps: fc.nat(3), fails: fc.boolean() }), { maxLength: 20 }),
        async (count, calls) => {
          const turns = new Turns(count);
          const inUse = new Set<Turn>();
          const started: number[] = [];
          const settled = await Promise.allSettled(
            calls.map(({ steps, fails }, index) =>
              turns.take(async (turn) => {
                assert.ok(!inUse.has(turn));
                inUse.add(turn);
                started.push(index);
                assert.ok(inUse.size <= count);
                for (let step = 0; step < steps; step++) {
                  await setImmediate();
                }
                inUse.delete(turn);
                if (fails) {
                  throw new RangeError('as asked');
                }
              }),
            ),
          );
          assert.deepEqual(started, [...calls.keys()]);
          assert.deepEqual(
            settled.map((one) => one.status === 'rejected' && one.reason instanceof RangeError),
            calls.map(({ fails }) => fails),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
