import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { collectGarbage, hasWorkerHeaps } from './collect-garbage.js';

it('a collection frees what nobody holds', () => {
  let held: unknown[] | null = Array.from({ length: 1_000_000 }, (_, i) => ({ i }));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  assert.equal(held.length, 1_000_000);
  held = null;
  collectGarbage();
  const freed = before - process.memoryUsage().heapUsed;
  assert.ok(freed > 10 * 2 ** 20, `${freed} bytes`);
});

it('the heap of a worker thread is noticed, even while it waits for a task on shared memory', async () => {
  assert.equal(hasWorkerHeaps(), false);
  const waiting = `
    const { parentPort } = require('node:worker_threads');
    parentPort.postMessage('up');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  `;
  const worker = new Worker(waiting, { eval: true });
  await once(worker, 'message');
  assert.equal(hasWorkerHeaps(), true);
  await worker.terminate();
  assert.equal(hasWorkerHeaps(), false);
});
