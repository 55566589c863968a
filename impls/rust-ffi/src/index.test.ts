import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import { testSessions } from '@crossover/in-process/session-suite.fixture';
import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import { loadAddon } from './addon.js';
import { implementation } from './index.js';

testSessions(implementation);

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossover-test-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** A series of `rows` rows with as many groups. */
function series(rows: number): Uint8Array {
  const ramp = Float64Array.from({ length: rows }, (_, row) => row);
  const codes = Uint32Array.from({ length: rows }, (_, row) => row);
  return encodeFrame({ time: ramp, values: [ramp, ramp], dims: [codes, codes, codes] });
}

for (const { id: variant } of implementation.variants) {
  test(`${variant}: a frame is read where it lies, aligned or not`, async () => {
    const session = await implementation.open(variant);
    const frame = series(100);
    const aligned = Buffer.from((await session.invoke('time-series', {}, frame)).output);
    for (const shift of [1, 4, 8]) {
      const shifted = new Uint8Array(frame.length + shift).subarray(shift);
      shifted.set(frame);
      const { output } = await session.invoke('time-series', {}, shifted);
      assert.deepEqual(Buffer.from(output), aligned);
    }
    await session.close();
  });

  test(`${variant}: a frame that is no frame gets the error of the specification`, async () => {
    const session = await implementation.open(variant);
    const call = async (options: object, frame: Uint8Array) => session.invoke('time-series', options, frame);
    await assert.rejects(
      call({}, series(3).subarray(0, 100)),
      new WorkloadError('invalid-series', 'the series frame has 100 bytes where 3 rows need 172'),
    );
    await assert.rejects(
      call({ groupBy: [3] }, new Uint8Array(0)),
      new WorkloadError(
        'invalid-options',
        'option "groupBy" must be an array of different dimensions (0, 1, 2)',
      ),
    );
    await session.close();
  });
}

test('batch: an output stays as it is while the calls of the same turn are made', async () => {
  const session = await implementation.open('batch');
  const echo = async (text: string) => session.invoke('echo', {}, Buffer.from(text));
  const first = await Promise.all(['a', 'b', 'c'].map(echo));
  // Each output is the input of a call that may not write to the output of another.
  const second = await Promise.all(first.map(({ output }) => session.invoke('echo', {}, output)));
  assert.deepEqual(
    second.map(({ output }) => Buffer.from(output).toString()),
    ['a', 'b', 'c'],
  );
  await session.close();
});

test('batch: results and errors of one batch reach the calls that they belong to', async () => {
  const session = await implementation.open('batch');
  const inputs = Array.from({ length: 600 }, (_, call) => (call % 3 === 0 ? `[${call},]` : `[${call}]`));
  const outcomes = await Promise.allSettled(
    inputs.map((input) => session.invoke('json', {}, Buffer.from(input))),
  );
  outcomes.forEach((outcome, call) => {
    const input = inputs[call] as string;
    if (outcome.status === 'fulfilled') {
      assert.equal(Buffer.from(outcome.value.output).toString(), input);
    } else {
      const message = `the input is not valid JSON at byte ${input.length - 1}`;
      assert.deepEqual(outcome.reason, new WorkloadError('invalid-json', message));
      assert.equal(call % 3, 0);
    }
  });
  await session.close();
});

/** By how much the memory of this process grows while `load` is called for 20 × 17 MiB. */
async function growthMiB(load: (frame: Uint8Array) => Promise<void>): Promise<number> {
  const frame = series(500_000);
  await load(frame);
  const before = process.memoryUsage.rss();
  for (let round = 0; round < 20; round += 1) await load(frame);
  return (process.memoryUsage.rss() - before) / (1024 * 1024);
}

test('released data are freed at once', async () => {
  const session = await implementation.open('sync');
  const growth = await growthMiB(async (frame) => {
    const resident = await session.load('time-series', frame);
    await resident.release();
  });
  assert.ok(growth < 100, `grew by ${growth} MiB`);
  await session.close();
});

test('data that nobody refers to are freed without a release', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const addon = loadAddon();
  const number = addon.workloads().indexOf('time-series');
  const growth = await growthMiB(async (frame) => {
    await addon.load(number, frame);
    collect();
    // Node runs finalisers when the event loop turns.
    await new Promise(setImmediate);
  });
  assert.ok(growth < 100, `grew by ${growth} MiB`);
});

test('data that somebody refers to stay', async () => {
  const addon = loadAddon();
  const number = addon.workloads().indexOf('time-series');
  const kept: unknown[] = [];
  const growth = await growthMiB(async (frame) => {
    kept.push(await addon.load(number, frame));
  });
  assert.ok(growth > 200, `grew by ${growth} MiB`);
  assert.equal(kept.length, 21);
});

test('an addon that is not there is said to be missing', async (t) => {
  const folder = await temporaryFolder(t);
  assert.throws(() => loadAddon(join(folder, 'absent.node')), ImplementationError);
});

test('an addon that Node refuses is refused with the reason', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'text.node');
  await writeFile(path, 'this is a text');
  assert.throws(() => loadAddon(path), /^ImplementationError: the addon .* can't be loaded: /);
});
