import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import { InBatches } from './in-batches.js';
import type { CallQueue, QueueingLibrary } from './library.js';

const done: Invocation = { output: new Uint8Array(0), computeNs: 1 };

/** A queue whose threads take two calls each when the test says so. */
class FakeQueue implements CallQueue<string> {
  readonly #gathered: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  /** How many calls waited each time that the queue was opened. */
  readonly opened: number[] = [];
  readonly threads: (() => void)[] = [];

  add(): Promise<Invocation> {
    return new Promise((resolve) => this.#gathered.push(() => resolve(done)));
  }

  addResident(): Promise<Invocation> {
    return this.add();
  }

  open(): number {
    this.#waiting.push(...this.#gathered.splice(0));
    this.opened.push(this.#waiting.length);
    return this.#waiting.length;
  }

  work(): Promise<void> {
    return new Promise((resolve) => {
      this.threads.push(() => {
        for (const settle of this.#waiting.splice(0, 2)) settle();
        resolve();
      });
    });
  }

  /** Lets all threads end that are at work. */
  finish(): void {
    for (const end of this.threads.splice(0)) end();
  }
}

function dispatchWith(queue: FakeQueue): InBatches<string> {
  const library: QueueingLibrary<string> = {
    workloads: [],
    isa: 'scalar',
    newQueue: () => queue,
    newCaller: () => assert.fail('no call goes alone'),
    release: () => {},
  };
  return new InBatches(library, 2);
}

const bytes = new Uint8Array(0);
const endOfTurn = () => new Promise(setImmediate);

test('the calls of one turn go together, those that follow in microtasks too', async () => {
  const queue = new FakeQueue();
  const dispatch = dispatchWith(queue);
  const calls = [dispatch.call('json', bytes, bytes), dispatch.callResident('data', bytes)];
  for (let microtask = 0; microtask < 10; microtask += 1) await undefined;
  calls.push(dispatch.call('json', bytes, bytes));
  assert.deepEqual(queue.opened, []);
  await endOfTurn();
  assert.deepEqual(queue.opened, [3]);
  queue.finish();
  await Promise.all(calls);
});

test('a call takes one thread, many calls take all threads and no more', async () => {
  const queue = new FakeQueue();
  const dispatch = dispatchWith(queue);
  void dispatch.call('json', bytes, bytes);
  await endOfTurn();
  assert.equal(queue.threads.length, 1);
  for (let call = 0; call < 5; call += 1) void dispatch.call('json', bytes, bytes);
  await endOfTurn();
  assert.equal(queue.threads.length, 2);
});

test('close waits until threads have taken all that was called, and later calls are refused', async () => {
  const queue = new FakeQueue();
  const dispatch = dispatchWith(queue);
  let ended = 0;
  for (let call = 0; call < 9; call += 1) void dispatch.call('json', bytes, bytes).then(() => ended++);
  let isClosed = false;
  const closing = Promise.all([dispatch.close(), dispatch.close()]).then(() => {
    isClosed = true;
  });
  const refusal = new ImplementationError('the session is closed', 'open another session');
  await assert.rejects(dispatch.call('json', bytes, bytes), refusal);
  await assert.rejects(dispatch.callResident('data', bytes), refusal);
  while (ended < 9) {
    assert.equal(isClosed, false);
    queue.finish();
    await endOfTurn();
  }
  await closing;
});
