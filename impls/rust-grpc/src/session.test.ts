import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import type { Session } from '@crossover/contract/implementation';
import { encodeJpeg } from '@crossover/workload-image/jpeg-encoder';
import { parseOptions as parseJsonOptions } from '@crossover/workload-json/options';
import { reference as jsonReference } from '@crossover/workload-json/reference';
import { check as checkSeries } from '@crossover/workload-time-series/check';
import { reference as seriesReference } from '@crossover/workload-time-series/reference';
import { implementation } from './index.js';
import { goneWithin, needsServer, smallFrame, utf8 } from './testing.js';

needsServer();

const groupedQuery = { groupBy: [0, 2], bucketMs: 500, where: [{ dim: 0, in: [9, 4] }] };
const greyPlane = { width: 16, height: 8, samples: new Uint8Array(128).fill(90) };

for (const variant of ['unary-tcp', 'unary-uds', 'stream-uds', 'unary-uds-bytes', 'stream-uds-bytes']) {
  describe(variant, () => {
    let session: Session;
    before(async () => {
      session = await implementation.open(variant);
    });
    after(() => session.close());

    test('every option of json takes part in the result', async () => {
      const options = {
        drop: ['secret'],
        rename: { items: 'lines', näme: 'name' },
        redact: ['mail'],
        redactWith: 'gelöscht #1?',
        dropNulls: true,
        totals: { array: 'items', left: 'price', right: 'count', into: 'total' },
      };
      const text =
        '{"items":[{"price":1.5,"count":2},{"price":0.1,"count":3}],"secret":1,"näme":null,"mail":"a@b","2":"x"}';
      const { output, computeNs } = await session.invoke('json', options, utf8(text));
      assert.deepEqual(
        Buffer.from(output),
        Buffer.from(jsonReference(parseJsonOptions(options), utf8(text))),
      );
      assert.ok(computeNs > 0 && Number.isInteger(computeNs));
    });

    test('a picture goes there and comes back', async () => {
      const jpeg = encodeJpeg([greyPlane], { quality: 90, subsampling: '4:4:4' });
      const options = { width: 20, height: 10, blurSigma: 0, sharpenAmount: 0 };
      const { output, computeNs } = await session.invoke('image', options, jpeg);
      assert.deepEqual([...output.subarray(0, 2)], [0xff, 0xd8]);
      assert.ok(computeNs > 0);
    });

    test('shipped and resident columns give the same table, byte for byte', async () => {
      const shipped = await session.invoke('time-series', groupedQuery, smallFrame);
      const resident = await session.load('time-series', smallFrame);
      const answered = await resident.invoke(groupedQuery);
      assert.deepEqual(Buffer.from(answered.output), Buffer.from(shipped.output));
      assertSeries(shipped.output, groupedQuery);
      await resident.release();
      await resident.release();
      await assert.rejects(async () => resident.invoke(groupedQuery), {
        name: 'ImplementationError',
        message: /NOT_FOUND: no series is loaded under the handle/,
      });
    });

    test('no group at all, and no percentiles, cross as well', async () => {
      for (const query of [{ from: 1e9 }, { percentiles: false, groupBy: [] }]) {
        const { output } = await session.invoke('time-series', query, smallFrame);
        assertSeries(output, query);
      }
    });

    test('a frame at an odd address is read as well', async () => {
      const shifted = new Uint8Array(smallFrame.length + 1).subarray(1);
      shifted.set(smallFrame);
      const { output } = await session.invoke('time-series', groupedQuery, shifted);
      assertSeries(output, groupedQuery);
    });

    test('bad data and bad options keep their code and their message', async () => {
      const notFinite = Uint8Array.from(smallFrame);
      new DataView(notFinite.buffer).setFloat64(64 + 8, Number.NaN, true);
      const cases: [string, object, Uint8Array, string, string][] = [
        ['json', {}, utf8('[1,]'), 'invalid-json', 'the input is not valid JSON at byte 3'],
        ['json', {}, Uint8Array.of(0x22, 0xff), 'invalid-utf8', 'the input is not valid UTF-8 at byte 1'],
        ['json', { 'größe #1?': 1 }, utf8('[]'), 'invalid-options', 'unknown option "größe #1?"'],
        ['json', { dropNulls: 1 }, utf8('['), 'invalid-options', 'option "dropNulls" must be a boolean'],
        ['image', {}, utf8('GIF89a'), 'not-a-jpeg', 'the input is not a JPEG: it does not begin with FF D8'],
        ['time-series', {}, utf8('XOTS'), 'invalid-series', 'the input is not a series frame'],
        ['time-series', {}, notFinite, 'not-finite', 'column "time" row 1 is NaN'],
        ['xml', {}, utf8('<a/>'), 'unknown-workload', 'unknown workload "xml"'],
      ];
      for (const [workload, options, input, code, message] of cases) {
        await assert.rejects(
          async () => session.invoke(workload, options, input),
          new WorkloadError(code as WorkloadError['code'], message),
        );
      }
      await assert.rejects(session.load('time-series', notFinite), { code: 'not-finite' });
      await assert.rejects(session.load('json', utf8('[]')), {
        code: 'unknown-workload',
        message: 'the workload "json" has no resident data',
      });
    });

    test('hostile bytes are refused and harm nothing', async () => {
      const hostile = [
        new Uint8Array(0),
        new Uint8Array(100_000).fill(0xff),
        utf8('['.repeat(1_000_000)),
        Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2),
        Uint8Array.from(smallFrame.subarray(0, 70)),
      ];
      for (const input of hostile) {
        for (const workload of ['json', 'image', 'time-series']) {
          await assert.rejects(async () => session.invoke(workload, {}, input), { name: 'WorkloadError' });
        }
      }
      const { output } = await session.invoke('json', {}, utf8(' [ 1 ] '));
      assert.equal(Buffer.from(output).toString(), '[1]');
    });

    test('calls at the same time do not mix', async () => {
      const calls = Array.from({ length: 64 }, async (_, n) => {
        const { output } = await session.invoke(
          'json',
          {},
          utf8(`{"n": ${n}, "text": "${'x'.repeat(n * 100)}"}`),
        );
        assert.equal(Buffer.from(output).toString(), JSON.stringify({ n, text: 'x'.repeat(n * 100) }));
      });
      await Promise.all(calls);
    });

    test('a document of 10 MB crosses', async () => {
      const document = JSON.stringify(
        Array.from({ length: 250_000 }, (_, n) => `element number ${n} of many more to come`),
      );
      assert.ok(document.length > 9e6);
      const { output } = await session.invoke('json', {}, utf8(document));
      assert.ok(Buffer.from(output).equals(utf8(document)));
    });
  });
}

test('close() ends the server, may be called twice, and later calls say so', async () => {
  const session = await implementation.open('unary-uds');
  const [server] = session.processes();
  assert.equal(server?.role, 'server');
  const resident = await session.load('time-series', smallFrame);
  await Promise.all([session.close(), session.close()]);
  await session.close();
  await resident.release();
  assert.ok(await goneWithin(server.pid, 0));
  await assert.rejects(async () => session.invoke('json', {}, utf8('[]')), {
    name: 'ImplementationError',
    message: 'the session is closed',
  });
});

test('a variant that does not exist is named with those that do', async () => {
  await assert.rejects(implementation.open('pigeon'), {
    name: 'ImplementationError',
    message: 'rust-grpc has no variant "pigeon"',
    remedy: 'use one of: unary-tcp, unary-uds, stream-uds, unary-uds-bytes, stream-uds-bytes',
  });
});

/** The answer for {@link smallFrame} passes the workload's own check. */
function assertSeries(output: Uint8Array, query: object): void {
  const { verdict, ...details } = checkSeries(output, seriesReference(query, smallFrame));
  assert.notEqual(verdict, 'differs', JSON.stringify(details));
}
