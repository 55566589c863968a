import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import { OnThisThread, OnThreadPool } from './dispatch.js';
import type { Caller, Library } from './library.js';
import { InProcessSession } from './session.js';

/** A library whose asynchronous calls end when the test says so, and which keeps account of what it holds. */
class FakeLibrary implements Library<string> {
  readonly workloads = ['json', 'time-series'];
  readonly isa = 'scalar';
  readonly waiting: (() => void)[] = [];
  readonly released: string[] = [];
  callers = 0;

  newCaller(): Caller<string> {
    this.callers += 1;
    const done: Invocation = { output: new Uint8Array(0), computeNs: 1 };
    let busy = false;
    const later = <Result>(result: Result) => {
      assert.equal(busy, false, 'one call at a time');
      busy = true;
      return new Promise<Result>((resolve) => {
        this.waiting.push(() => {
          busy = false;
          resolve(result);
        });
      });
    };
    return {
      call: () => done,
      callAsync: () => later(done),
      callResident: () => done,
      callResidentAsync: () => later(done),
      load: () => later('data'),
      free: () => {
        assert.equal(busy, false, 'freed during a call');
        this.callers -= 1;
      },
    };
  }

  release(dataset: string): void {
    this.released.push(dataset);
  }

  /** Lets every waiting call end. */
  finish(): void {
    for (const end of this.waiting.splice(0)) end();
  }
}

const input = new Uint8Array(0);

test('calls in flight together have a caller each, and callers are used again', async () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThreadPool(library));
  for (let round = 0; round < 2; round += 1) {
    const calls = [1, 2, 3].map(() => session.invoke('json', {}, input));
    assert.equal(library.callers, 3);
    library.finish();
    await Promise.all(calls);
  }
  await session.close();
  assert.equal(library.callers, 0);
});

test('close waits for the calls in flight', async () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThreadPool(library));
  const call = session.invoke('json', {}, input);
  const closed = session.close();
  assert.equal(library.callers, 1);
  library.finish();
  await Promise.all([call, closed]);
  assert.equal(library.callers, 0);
});

test('data are freed after the calls that use them, and once', async () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThreadPool(library));
  const loading = session.load('time-series', input);
  library.finish();
  const resident = await loading;
  const call = resident.invoke({});
  const released = resident.release();
  await assert.rejects(
    resident.invoke({}) as Promise<Invocation>,
    new ImplementationError('the data has been released', 'load the data again'),
  );
  assert.deepEqual(library.released, []);
  library.finish();
  await Promise.all([call, released, resident.release(), session.close()]);
  assert.deepEqual(library.released, ['data']);
});

test('close frees data that were not released, even those still being loaded', async () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThisThread(library));
  const first = session.load('time-series', input);
  library.finish();
  await first;
  const second = session.load('time-series', input);
  const closed = session.close();
  library.finish();
  await Promise.all([second, closed]);
  assert.deepEqual(library.released, ['data', 'data']);
  assert.equal(library.callers, 0);
});

test('a closed session refuses calls, and closing again does nothing', async () => {
  const closed = new ImplementationError('the session is closed', 'open another session');
  for (const Dispatch of [OnThisThread, OnThreadPool]) {
    const library = new FakeLibrary();
    const session = new InProcessSession(library, new Dispatch(library));
    await session.close();
    await session.close();
    await assert.rejects(async () => session.invoke('json', {}, input), closed);
    await assert.rejects(session.load('json', input), closed);
  }
});

test('a synchronous variant returns the result itself', () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThisThread(library));
  assert.deepEqual(session.invoke('json', {}, input), { output: new Uint8Array(0), computeNs: 1 });
});

test('a synchronous variant throws what is wrong with a call', () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThisThread(library));
  assert.throws(
    () => session.invoke('json', { x: 1 }, input),
    new WorkloadError('invalid-options', 'unknown option "x"'),
  );
});

test('an asynchronous variant rejects bad options and unknown workloads before the library is called', async () => {
  const library = new FakeLibrary();
  const session = new InProcessSession(library, new OnThreadPool(library));
  const refused = (call: unknown, error: WorkloadError) => assert.rejects(call as Promise<Invocation>, error);
  await refused(
    session.invoke('json', { x: 1 }, input),
    new WorkloadError('invalid-options', 'unknown option "x"'),
  );
  await refused(
    session.invoke('image', {}, input),
    new WorkloadError('unknown-workload', 'unknown workload "image"'),
  );
  await assert.rejects(
    session.load('nope', input),
    new WorkloadError('unknown-workload', 'unknown workload "nope"'),
  );
  assert.equal(library.callers, 0);
});
