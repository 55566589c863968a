import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import type { Session } from '@crossover/contract/implementation';
import { check } from '@crossover/workload-time-series/check';
import { conformanceCases } from '@crossover/workload-time-series/conformance';
import { generatePoints } from '@crossover/workload-time-series/generate-points';
import { reference } from '@crossover/workload-time-series/reference';
import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import { openDuckdb } from './duckdb.js';

let session: Session;
before(async () => {
  session = await openDuckdb();
});
after(() => session.close());

async function shipped(options: object, frame: Uint8Array): Promise<Uint8Array> {
  return (await session.invoke('time-series', options, frame)).output;
}

async function resident(options: object, frame: Uint8Array): Promise<Uint8Array> {
  const data = await session.load('time-series', frame);
  try {
    return (await data.invoke(options)).output;
  } finally {
    await data.release();
  }
}

function assertAgrees(output: Uint8Array, options: object, frame: Uint8Array): void {
  const result = check(output, reference(options, frame));
  assert.notEqual(result.verdict, 'differs', JSON.stringify(result));
}

for (const { name, options, input, expect } of conformanceCases) {
  for (const way of [shipped, resident]) {
    test(`${way.name}: ${name}`, async () => {
      const frame = await input();
      if (expect === 'reference') assertAgrees(await way(options, frame), options, frame);
      else
        await assert.rejects(
          way(options, frame),
          new WorkloadError(expect.code as 'internal', expect.message),
        );
    });
  }
}

const points = encodeFrame(generatePoints(5000));

test('calls in flight at the same time do not mix their data', async () => {
  const frames = [1, 10, 2049, 5000].map((rows) => encodeFrame(generatePoints(rows)));
  const outputs = await Promise.all(frames.map((frame) => shipped({}, frame)));
  outputs.forEach((output, index) => {
    assertAgrees(output, {}, frames[index] as Uint8Array);
  });
});

test('one statement serves all queries of a shape', async () => {
  const data = await session.load('time-series', points);
  for (const codes of [[0], [1, 2, 3], [], [9]]) {
    const options = { where: [{ dim: 0, in: codes }], groupBy: [1] };
    assertAgrees((await data.invoke(options)).output, options, points);
  }
  await data.release();
});

test('more shapes than are kept still get answers', async () => {
  const data = await session.load('time-series', points);
  for (let length = 0; length < 70; length++) {
    const options = { where: Array.from({ length }, () => ({ dim: 0, in: [1] })), groupBy: [] };
    assertAgrees((await data.invoke(options)).output, options, points);
  }
  await data.release();
});

test('releasing one data set leaves the others', async () => {
  const first = await session.load('time-series', points);
  const second = await session.load('time-series', points);
  await first.invoke({});
  await first.release();
  await first.release();
  assertAgrees((await second.invoke({})).output, {}, points);
  await second.release();
});

test('options are looked at before the data', async () => {
  const message = 'option "to" must be null or a finite number';
  await assert.rejects(shipped({ to: [] }, new Uint8Array()), new WorkloadError('invalid-options', message));
});

test('another workload is unknown', async () => {
  const error = new WorkloadError('unknown-workload', 'unknown workload "json"');
  await assert.rejects(async () => session.invoke('json', {}, points), error);
  await assert.rejects(session.load('json', points), error);
});

test('a session can be closed twice, and while it works', async () => {
  const other = await openDuckdb();
  const pending = Promise.resolve(other.invoke('time-series', {}, points));
  await Promise.all([other.close(), other.close()]);
  assertAgrees((await pending).output, {}, points);
});
