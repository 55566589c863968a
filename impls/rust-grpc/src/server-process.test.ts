import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { defaultLimits } from './limits.js';
import { ServerProcess } from './server-process.js';
import { goneWithin, isAlive, needsServer } from './testing.js';

needsServer();

test('the socket is for this user alone, and nothing of it is left after the end', async () => {
  const server = await ServerProcess.start({ listen: 'unix', limits: defaultLimits });
  const socket = server.target.slice('unix:'.length);
  assert.equal((await stat(socket)).mode & 0o777, 0o600);
  assert.equal((await stat(dirname(socket))).mode & 0o777, 0o700);
  await server.stop();
  await assert.rejects(stat(dirname(socket)), { code: 'ENOENT' });
});

test('the folder of a server that was killed is removed for it', async () => {
  const server = await ServerProcess.start({ listen: 'unix', limits: defaultLimits });
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
  await assert.rejects(stat(dirname(server.target.slice('unix:'.length))), { code: 'ENOENT' });
});

test('TCP is on loopback', async () => {
  const server = await ServerProcess.start({ listen: 'tcp', limits: defaultLimits });
  assert.match(server.target, /^ipv4:127\.0\.0\.1:\d+$/);
  await server.stop();
});

test('a port that is taken is reported with the reason of the system', async (t) => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  t.after(() => holder.close());
  const { port } = holder.address() as AddressInfo;
  await assert.rejects(ServerProcess.start({ listen: `tcp:${port}`, limits: defaultLimits }), {
    name: 'ImplementationError',
    message:
      /ended with exit code 1 before it was ready; its last words: .*can't listen on 127\.0\.0\.1:.*in use/,
  });
});

test('a server that was not built is reported as such', async () => {
  await assert.rejects(
    ServerProcess.start({ listen: 'tcp', limits: defaultLimits, path: '/nowhere/crossover-server' }),
    { name: 'ImplementationError', message: /can't be started: .*ENOENT/ },
  );
});

test('a server that says nothing is given up, and does not stay', async (t) => {
  const path = await script(t, 'echo $$ >&2; exec sleep 1000');
  const error = await ServerProcess.start({
    listen: 'tcp',
    limits: { ...defaultLimits, startDeadlineMs: 500 },
    path,
  }).then(
    () => assert.fail('it started'),
    (reason: Error) => reason,
  );
  const said = /said nothing for 0\.5 s before it was ready; its last words: (\d+)$/.exec(error.message);
  assert.ok(said, error.message);
  assert.ok(await goneWithin(Number(said[1]), 5_000));
});

test('the server sees nothing of the environment but the place for temporary files', async (t) => {
  process.env.CROSSOVER_TEST_SECRET = 'hush';
  t.after(() => delete process.env.CROSSOVER_TEST_SECRET);
  const path = await script(t, '/usr/bin/env >&2; exit 3');
  await assert.rejects(
    ServerProcess.start({ listen: 'tcp', limits: defaultLimits, path }),
    (error: Error) => {
      assert.match(error.message, /ended with exit code 3/);
      assert.doesNotMatch(error.message, /hush|HOME=/);
      return true;
    },
  );
});

test('a parent that is killed leaves no server and no socket behind', async () => {
  const program = `
    import { implementation } from ${JSON.stringify(new URL('index.js', import.meta.url).href)};
    const session = await implementation.open('unary-uds');
    console.log(session.processes()[0].pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => {
    createInterface({ input: parent.stdout }).once('line', resolve);
  });
  const pid = Number(line);
  assert.ok(isAlive(pid), line);
  parent.kill('SIGKILL');
  assert.ok(await goneWithin(pid, 10_000));
  await assert.rejects(stat(join(tmpdir(), `crossover-${pid}-0`)), { code: 'ENOENT' });
});

/** An executable shell script in place of the server. */
async function script(t: TestContext, body: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossover-grpc-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'server');
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o700);
  return path;
}
