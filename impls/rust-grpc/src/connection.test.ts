import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@crossover/contract/implementation';
import { openChannel } from './channel.js';
import { defaultLimits, type Limits } from './limits.js';
import { openSession } from './session.js';
import { StreamTransport } from './stream-transport.js';
import { goneWithin, needsServer, standStill, utf8 } from './testing.js';
import type { Connect } from './transport.js';
import { UnaryTransport } from './unary-transport.js';

needsServer();

const transports: Readonly<Record<string, Connect>> = {
  unary: (target, maxMessageBytes) => new UnaryTransport(openChannel(target, maxMessageBytes)),
  stream: (target, maxMessageBytes) => new StreamTransport(target, maxMessageBytes),
};

async function call(session: Session, text = '[]'): Promise<string> {
  const { output } = await session.invoke('json', {}, utf8(text));
  return Buffer.from(output).toString();
}

for (const [name, connect] of Object.entries(transports)) {
  describe(name, () => {
    const open = async (t: TestContext, limits: Partial<Limits> = {}) => {
      const session = await openSession({ listen: 'unix', connect }, { ...defaultLimits, ...limits });
      t.after(() => session.close());
      return { session, pid: session.processes()[0]?.pid as number };
    };

    test('a call that takes longer than the deadline is given up, and the session goes on', async (t) => {
      const { session, pid } = await open(t, { callDeadlineMs: 300 });
      await standStill(pid);
      await assert.rejects(call(session), {
        name: 'ImplementationError',
        message: 'the call took longer than 0.3 s and was given up',
      });
      process.kill(pid, 'SIGCONT');
      // The first answers may still be late on a busy machine; each is given up or right.
      for (let left = 20; ; left--) {
        const outcome = await call(session).catch((error: Error) => error);
        if (outcome === '[]') break;
        assert.ok(left > 0 && outcome instanceof Error, String(outcome));
      }
    });

    test('a server that is killed during a call is reported with the signal', async (t) => {
      const { session, pid } = await open(t);
      await standStill(pid);
      const pending = call(session);
      const reported = assert.rejects(pending, {
        name: 'ImplementationError',
        message: /^the gRPC server was killed by SIGKILL during a call/,
        remedy: /^open the session again/,
      });
      await sleep(50);
      process.kill(pid, 'SIGKILL');
      await reported;
      await assert.rejects(call(session), {
        message: /^the gRPC server was killed by SIGKILL before this call/,
      });
    });

    test('a request and a response above the limit are both refused, and the session goes on', async (t) => {
      const { session } = await open(t, { maxMessageBytes: 4096 });
      const message = /^a message is longer than the limit of 4096 bytes: /;
      await assert.rejects(call(session, `["${'x'.repeat(5000)}"]`), {
        name: 'ImplementationError',
        message,
      });
      const thrice = `[${Array.from({ length: 500 }, () => '1e20').join()}]`;
      assert.ok(thrice.length < 4096);
      await assert.rejects(call(session, thrice), { name: 'ImplementationError', message });
      assert.equal(await call(session), '[]');
    });

    test('calls that a stopped server has no room for wait for it, and none is lost', async (t) => {
      const { session, pid } = await open(t);
      await standStill(pid);
      const inputs = Array.from({ length: 80 }, (_, n) => new Uint8Array(2 ** 20).fill(n));
      const calls = inputs.map(async (input) => session.invoke('echo', {}, input));
      await sleep(100);
      process.kill(pid, 'SIGCONT');
      for (const [n, { output }] of (await Promise.all(calls)).entries()) {
        assert.ok(Buffer.from(output).equals(inputs[n] as Uint8Array), `call ${n}`);
      }
    });

    test('a server that does not end when asked is killed', async (t) => {
      const { session, pid } = await open(t, { stopGraceMs: 100 });
      await standStill(pid);
      await session.close();
      assert.ok(await goneWithin(pid, 0));
    });

    test('close() during a call ends the call one way or the other', async (t) => {
      const { session, pid } = await open(t, { stopGraceMs: 100 });
      await standStill(pid);
      const reported = assert.rejects(call(session), {
        name: 'ImplementationError',
        message: 'the session was closed during a call',
      });
      await session.close();
      await reported;
    });
  });
}
