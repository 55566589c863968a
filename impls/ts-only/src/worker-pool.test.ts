import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { CallTask } from './pool-task.js';
import type { Behaviour } from './worker-pool.fixture.js';
import { WorkerPool } from './worker-pool.js';

const module = new URL('./worker-pool.fixture.js', import.meta.url);

/** A call that makes the fixture behave; `shared` is what it works on. */
function call(behaviour: Behaviour, shared = new Int32Array(new SharedArrayBuffer(8))): CallTask {
  return { kind: 'call', workload: behaviour, optionsJson: '{}', input: new Uint8Array(shared.buffer) };
}

function isImplementationError(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ImplementationError, `expected an ImplementationError, got ${error}`);
    assert.match(error.message, message);
    assert.notEqual(error.remedy, '');
    return true;
  };
}

describe('a worker pool', () => {
  let pool: WorkerPool;
  before(async () => {
    pool = await WorkerPool.start({ workers: 2, module, maxHeapMiB: 32 });
  });
  after(() => pool.close());

  it('does as many tasks at the same time as it has workers', async () => {
    const meeting = new Int32Array(new SharedArrayBuffer(8));
    meeting[1] = 2;
    const arrived = await Promise.all([pool.run(call('meet', meeting)), pool.run(call('meet', meeting))]);
    assert.deepEqual(arrived, [2, 2]);
  });

  it('reports bad input as the typed error that the worker found', async () => {
    await assert.rejects(
      pool.run(call('report-bad-input')),
      new WorkloadError('invalid-json', 'the input is not valid JSON at byte 7'),
    );
  });

  it('reports an exception in the worker as a failure of the implementation', async () => {
    await assert.rejects(pool.run(call('type-error')), isImplementationError(/a bug/));
  });

  it('replaces a worker that exits: its call is rejected, those that wait are done', async () => {
    const counter = new Int32Array(new SharedArrayBuffer(8));
    const calls = ['exit', 'exit', 'give-index', 'give-index', 'give-index'] as const;
    const settled = await Promise.allSettled(calls.map((behaviour) => pool.run(call(behaviour, counter))));
    for (const crashed of settled.slice(0, 2)) {
      assert.equal(crashed.status, 'rejected');
      isImplementationError(/exited with code: 3/)(crashed.reason);
    }
    assert.deepEqual(
      settled
        .slice(2)
        .map((done) => (done.status === 'fulfilled' ? done.value : done.reason))
        .sort(),
      [0, 1, 2],
    );
    assert.equal(pool.size, 2);
  });

  it('replaces a worker that runs out of memory', async () => {
    await assert.rejects(pool.run(call('use-up-memory')), isImplementationError(/memory/));
    assert.equal(await pool.run(call('give-index')), 0);
    assert.equal(pool.size, 2);
  });
});

describe('a worker pool with one worker', () => {
  it('does tasks in the order in which they came', async () => {
    const pool = await WorkerPool.start({ workers: 1, module });
    try {
      const counter = new Int32Array(new SharedArrayBuffer(8));
      const indices = await Promise.all(
        Array.from({ length: 50 }, () => pool.run<number>(call('give-index', counter))),
      );
      assert.deepEqual(indices, [...indices.keys()]);
    } finally {
      await pool.close();
    }
  });
});

describe('closing a worker pool', () => {
  it('rejects the calls in flight and those that wait', async () => {
    const pool = await WorkerPool.start({ workers: 1, module });
    const never = new Int32Array(new SharedArrayBuffer(8));
    never[1] = 2;
    const calls = Promise.allSettled([pool.run(call('meet', never)), pool.run(call('give-index'))]);
    await pool.close();
    for (const settled of await calls) {
      assert.equal(settled.status, 'rejected');
      isImplementationError(/closed during the call/)(settled.reason);
    }
  });

  it('can be done twice, and later calls are rejected', async () => {
    const pool = await WorkerPool.start({ workers: 1, module });
    await Promise.all([pool.close(), pool.close()]);
    assert.equal(pool.size, 0);
    await assert.rejects(pool.run(call('give-index')), isImplementationError(/the worker pool is closed/));
  });
});

describe('starting a worker pool', () => {
  it('fails when the workers have no module to run', async () => {
    const missing = new URL('./no-such-module.js', import.meta.url);
    await assert.rejects(
      WorkerPool.start({ workers: 2, module: missing }),
      isImplementationError(/no-such-module/),
    );
  });
});
