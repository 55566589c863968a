import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { Implementation } from '@crossover/contract/implementation';

const text = (output: Uint8Array) => Buffer.from(output).toString();

/** A series frame of one row: time 1000, values 2.5 and 3.5, codes 7, 8, 9. */
function frame(): Uint8Array {
  const bytes = new Uint8Array(64 + 36);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('XOTS'));
  view.setUint32(4, 1, true);
  for (let column = 0; column < 6; column += 1) view.setBigUint64(8 + 8 * column, 1n, true);
  [1000, 2.5, 3.5].forEach((value, column) => {
    view.setFloat64(64 + 8 * column, value, true);
  });
  [7, 8, 9].forEach((code, column) => {
    view.setUint32(88 + 4 * column, code, true);
  });
  return bytes;
}

/** The tests that every in-process implementation of the Rust core must pass, with what it really builds. */
export function testSessions(implementation: Implementation): void {
  before(async () => {
    const availability = await implementation.prepare(() => {});
    assert.equal(availability.status, 'ready', JSON.stringify(availability));
  });

  const variants = implementation.variants.map(({ id }) => id);

  for (const variant of variants) {
    test(`${variant}: a call gives the output and the time that the core took`, async () => {
      const session = await implementation.open(variant);
      const { output, computeNs } = await session.invoke(
        'json',
        { drop: ['b'] },
        Buffer.from('{"a" : 1, "b" : 2}'),
      );
      assert.equal(text(output), '{"a":1}');
      assert.ok(computeNs > 0);
      assert.deepEqual(session.processes(), []);
      await session.close();
    });

    test(`${variant}: a result larger than any before it arrives whole`, async () => {
      const session = await implementation.open(variant);
      for (const count of [10, 100_000, 10, 400_000]) {
        const input = JSON.stringify(Array.from({ length: count }, (_, index) => index));
        const { output } = await session.invoke('json', {}, Buffer.from(input));
        assert.equal(text(output), input);
      }
      await session.close();
    });

    test(`${variant}: an output may be the input of the next call`, async () => {
      const session = await implementation.open(variant);
      const first = await session.invoke('json', {}, Buffer.from('[ 1 , { "a" : null } ]'));
      const second = await session.invoke('json', { dropNulls: true }, first.output);
      assert.equal(text(second.output), '[1,{}]');
      await session.close();
    });

    test(`${variant}: errors arrive with their code and message, and the session goes on`, async () => {
      const session = await implementation.open(variant);
      const call = async (workload: string, options: object, input: string) =>
        session.invoke(workload, options, Buffer.from(input));
      await assert.rejects(
        call('json', {}, '[1,]'),
        new WorkloadError('invalid-json', 'the input is not valid JSON at byte 3'),
      );
      await assert.rejects(
        call('json', {}, ''),
        new WorkloadError('invalid-json', 'the JSON text ends early, at byte 0'),
      );
      await assert.rejects(
        call('json', { dorp: [] }, '[]'),
        new WorkloadError('invalid-options', 'unknown option "dorp"'),
      );
      await assert.rejects(
        call('nope', {}, ''),
        new WorkloadError('unknown-workload', 'unknown workload "nope"'),
      );
      assert.equal(text((await call('json', {}, '[]')).output), '[]');
      await session.close();
    });

    test(`${variant}: loaded data answer as shipped data do, until they are released`, async () => {
      const session = await implementation.open(variant);
      const shipped = Buffer.from((await session.invoke('time-series', {}, frame())).output);
      const resident = await session.load('time-series', frame());
      for (let round = 0; round < 3; round += 1) {
        assert.deepEqual(Buffer.from((await resident.invoke({})).output), shipped);
      }
      await resident.release();
      await resident.release();
      await assert.rejects(async () => resident.invoke({}), ImplementationError);
      await session.close();
    });

    test(`${variant}: bad data and workloads without resident data are refused at loading`, async () => {
      const session = await implementation.open(variant);
      await assert.rejects(
        session.load('time-series', Buffer.from('nonsense')),
        new WorkloadError('invalid-series', 'the input is not a series frame'),
      );
      await assert.rejects(
        session.load('json', Buffer.from('[]')),
        new WorkloadError('unknown-workload', 'the workload "json" has no resident data'),
      );
      await session.close();
    });

    test(`${variant}: a closed session refuses calls`, async () => {
      const session = await implementation.open(variant);
      const resident = await session.load('time-series', frame());
      await session.close();
      await session.close();
      await assert.rejects(async () => session.invoke('json', {}, Buffer.from('[]')), ImplementationError);
      await assert.rejects(async () => resident.invoke({}), ImplementationError);
    });
  }

  for (const { id: variant } of implementation.variants.filter(({ blocksEventLoop }) => !blocksEventLoop)) {
    test(`${variant}: calls in parallel don’t disturb each other`, async () => {
      const session = await implementation.open(variant);
      const inputs = Array.from({ length: 64 }, (_, call) =>
        JSON.stringify(Array.from({ length: 10 + 100 * call }, (_, index) => call * index)),
      );
      const results = await Promise.all(
        inputs.map((input) => session.invoke('json', {}, Buffer.from(input))),
      );
      assert.deepEqual(
        results.map(({ output }) => text(output)),
        inputs,
      );
      await session.close();
    });

    test(`${variant}: a call may begin while others run`, async () => {
      const session = await implementation.open(variant);
      const lane = async (name: number) => {
        for (let round = 0; round < 100; round += 1) {
          const input = JSON.stringify([name, round]);
          const { output } = await session.invoke('json', {}, Buffer.from(input));
          assert.equal(text(output), input);
          if (round % 10 === name) await new Promise(setImmediate);
        }
      };
      await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(lane));
      await session.close();
    });

    test(`${variant}: data stay until the calls that use them have ended`, async () => {
      const session = await implementation.open(variant);
      const resident = await session.load('time-series', frame());
      const calls = Array.from({ length: 16 }, () => resident.invoke({}));
      await Promise.all([resident.release(), ...calls]);
      await session.close();
    });

    test(`${variant}: closing waits for the calls in flight`, async () => {
      const session = await implementation.open(variant);
      const call = session.invoke('json', {}, Buffer.from('[1]'));
      const ended: string[] = [];
      const watched = Promise.resolve(call).then(({ output }) => ended.push(text(output)));
      await session.close();
      await watched;
      assert.deepEqual(ended, ['[1]']);
    });
  }

  test('an unknown variant is refused', async () => {
    await assert.rejects(
      implementation.open('telepathy'),
      new ImplementationError(
        `${implementation.id} has no variant "telepathy"`,
        `choose one of ${variants.join(', ')}`,
      ),
    );
  });

  test('without cargo the implementation is unavailable and says how to get it', async (t) => {
    const path = process.env.PATH;
    t.after(() => {
      process.env.PATH = path;
    });
    process.env.PATH = '/nonexistent';
    assert.deepEqual(await implementation.prepare(() => {}), {
      status: 'unavailable',
      reason: 'cargo is not on the PATH',
      remedy: 'install Rust from https://rustup.rs and run again',
    });
  });
}
