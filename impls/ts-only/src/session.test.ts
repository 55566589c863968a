import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { ImplementationError } from '@crossover/contract/error';
import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import { implementation } from './index.js';
import { PoolSession } from './pool-session.js';

const document = new TextEncoder().encode('{"b": [1.50, null], "a": "x"}');

/** A series of one row. */
const frame = encodeFrame({
  time: Float64Array.of(0),
  values: [Float64Array.of(1), Float64Array.of(2)],
  dims: [Uint32Array.of(3), Uint32Array.of(4), Uint32Array.of(5)],
});

describe('the worker pool session', () => {
  let session: PoolSession;
  before(async () => {
    session = await PoolSession.open({ workers: 2 });
  });
  after(() => session.close());

  it('gives each of many calls in flight its own result', async () => {
    const documents = Array.from({ length: 200 }, (_, index) => `[${index}, "${'x'.repeat(index)}"]`);
    const calls = documents.map((text) => session.invoke('json', {}, Buffer.from(text)));
    const outputs = (await Promise.all(calls)).map(({ output }) => Buffer.from(output).toString());
    assert.deepEqual(
      outputs,
      documents.map((text) => text.replace(' ', '')),
    );
  });

  it('goes on after errors', async () => {
    const bad = document.slice(0, -1);
    for (let call = 0; call < 20; call++) {
      await assert.rejects(session.invoke('json', {}, bad), { code: 'invalid-json' });
    }
    const { output } = await session.invoke('json', {}, document);
    assert.equal(Buffer.from(output).toString(), '{"b":[1.5,null],"a":"x"}');
  });

  it('hands over an output that owns its memory', async () => {
    const { output } = await session.invoke('json', {}, document);
    assert.equal(output.buffer.byteLength, output.byteLength);
  });

  it('rejects bad options before any worker sees them', async () => {
    await assert.rejects(session.invoke('json', { colour: 'red' }, document), {
      code: 'invalid-options',
      message: 'unknown option "colour"',
    });
  });

  it('answers queries on resident data as if they had been shipped', async () => {
    const resident = await session.load('time-series', frame);
    const shipped = await session.invoke('time-series', { groupBy: [1] }, frame);
    const queries = Array.from({ length: 20 }, () => resident.invoke({ groupBy: [1] }));
    for (const { output } of await Promise.all(queries)) {
      assert.deepEqual(output, shipped.output);
    }
    await resident.release();
  });

  it('rejects everything when it is closed during calls, also those that wait for their turn', async () => {
    const closing = await PoolSession.open({ workers: 1 });
    const calls = Array.from({ length: 10 }, () => closing.invoke('json', {}, document));
    const settled = Promise.allSettled(calls);
    await closing.close();
    for (const one of await settled) {
      assert.ok(one.status === 'rejected' && one.reason instanceof ImplementationError);
    }
  });
});

describe('a session whose worker dies', () => {
  it('rejects the call, and the next one has its turn', async () => {
    const session = await PoolSession.open({
      workers: 1,
      module: new URL('./worker-pool.fixture.js', import.meta.url),
    });
    try {
      // The fixture's worker knows no workload `json`, and so fails as a worker with a bug does.
      await assert.rejects(session.invoke('json', {}, document), ImplementationError);
      await assert.rejects(session.invoke('json', {}, document), ImplementationError);
    } finally {
      await session.close();
    }
  });
});

describe('ts-only', () => {
  it('is always ready, and ships its modules without their tests', async () => {
    const availability = await implementation.prepare(() => undefined);
    assert.equal(availability.status, 'ready');
    const paths = availability.artefacts.map(({ path }) => path);
    assert.ok(paths.some((path) => path.endsWith('pool-worker.js')));
    assert.ok(!paths.some((path) => /\.(test|fixture)\.js$/.test(path)));
  });

  it('opens a pool with a worker for each available processor', async () => {
    const session = await implementation.open('worker-pool');
    assert.ok(session instanceof PoolSession);
    assert.equal(session.workers, availableParallelism());
    await session.close();
  });

  it('refuses a variant that it does not have, and says which it has', async () => {
    await assert.rejects(implementation.open('gpu'), /ts-only has no variant "gpu"/);
  });
});
