import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Server, ServerCredentials, type ServerDuplexStream, status } from '@grpc/grpc-js';
import { callStream, methods, toNumber } from './messages.js';
import { StreamTransport } from './stream-transport.js';

type Stream = ServerDuplexStream<Buffer, Buffer>;

const deadlineMs = 10_000;

/** A server whose side of the stream is the test's, and a transport to it. */
async function transportTo(t: TestContext, handle: (stream: Stream) => void): Promise<StreamTransport> {
  const asTheyAre = (bytes: Buffer) => bytes;
  const server = new Server();
  const definition = {
    path: callStream.path,
    requestStream: true,
    responseStream: true,
    requestSerialize: asTheyAre,
    requestDeserialize: asTheyAre,
    responseSerialize: asTheyAre,
    responseDeserialize: asTheyAre,
  };
  server.addService({ call: definition }, { call: handle });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const transport = new StreamTransport(`ipv4:127.0.0.1:${port}`, 1000);
  t.after(() => {
    transport.close();
    server.forceShutdown();
  });
  return transport;
}

/** The id of a request, its first field; below 128 it is one byte. */
const idOf = (request: Buffer): number => request[1] ?? 0;

/** A response whose member `echo` says that its work took so many nanoseconds. */
const response = (id: number, computeNs: number): Buffer => Buffer.of(0x08, id, 0x4a, 2, 0x10, computeNs);

/** Echoes; resolves with the nanoseconds that the response names. */
async function call(transport: StreamTransport, ms = deadlineMs): Promise<number> {
  const { computeNs } = await transport.call(methods.echo, { payload: new Uint8Array(0) }, ms);
  return toNumber(computeNs);
}

test('answers find their calls, in whatever order they come', async (t) => {
  const ids: number[] = [];
  const transport = await transportTo(t, (stream) => {
    stream.on('data', (request: Buffer) => {
      ids.push(idOf(request));
      if (ids.length === 3) for (const id of [...ids].reverse()) stream.write(response(id, 10 * id));
    });
  });
  const times = await Promise.all([call(transport), call(transport), call(transport)]);
  assert.deepEqual(
    times,
    ids.map((id) => 10 * id),
  );
});

test('an answer that comes too late, or to nothing that was asked, is passed over', async (t) => {
  const late: number[] = [];
  const transport = await transportTo(t, (stream) => {
    stream.on('data', (request: Buffer) => {
      late.push(idOf(request));
      if (late.length < 2) return;
      stream.write(response(late[0] ?? 0, 1));
      stream.write(response(99, 1));
      stream.write(response(late[1] ?? 0, 2));
    });
  });
  await assert.rejects(call(transport, 50), { name: 'TransportFailure', status: status.DEADLINE_EXCEEDED });
  assert.equal(await call(transport), 2);
});

test('a failure of one call leaves the others alone', async (t) => {
  // Field 2, the failure, with the status 5 and the message "no".
  const failure = (id: number) => Buffer.of(0x08, id, 0x12, 6, 0x08, 5, 0x1a, 2, 0x6e, 0x6f);
  const transport = await transportTo(t, (stream) => {
    stream.on('data', (request: Buffer) => {
      const id = idOf(request);
      stream.write(id === 1 ? failure(id) : response(id, id));
    });
  });
  const [first, second] = await Promise.allSettled([call(transport), call(transport)]);
  assert.equal(first.status === 'rejected' && first.reason.message, 'no');
  assert.deepEqual(second, { status: 'fulfilled', value: 2 });
});

test('a response without the member of its request is a failure of the server', async (t) => {
  const transport = await transportTo(t, (stream) => {
    stream.on('data', (request: Buffer) => stream.write(Buffer.of(0x08, idOf(request))));
  });
  await assert.rejects(call(transport), { status: status.INTERNAL, message: /no member "echo"/ });
});

test('a stream that the server ends fails its calls, and the next call opens another', async (t) => {
  let streams = 0;
  const transport = await transportTo(t, (stream) => {
    streams++;
    stream.on('data', (request: Buffer) => {
      if (streams === 1) stream.end();
      else stream.write(response(idOf(request), 1));
    });
  });
  await assert.rejects(call(transport), { name: 'TransportFailure', status: status.UNAVAILABLE });
  assert.equal(await call(transport), 1);
  assert.equal(streams, 2);
});

test('a request that is too long fails alone', async (t) => {
  const transport = await transportTo(t, (stream) => {
    stream.on('data', (request: Buffer) => stream.write(response(idOf(request), 1)));
  });
  await assert.rejects(
    async () => transport.call(methods.echo, { payload: new Uint8Array(1100) }, deadlineMs),
    { name: 'TransportFailure', status: status.RESOURCE_EXHAUSTED },
  );
  assert.equal(await call(transport), 1);
});

test('calls for which a server that does not read has no room are not sent, and fail at their deadline', async (t) => {
  const seen: number[] = [];
  let stream: Stream | undefined;
  const transport = await transportTo(t, (opened) => {
    stream = opened;
    opened.pause();
  });
  const early = Array.from({ length: 3000 }, () =>
    transport.call(methods.echo, { payload: new Uint8Array(900) }, 300),
  );
  for (const { status: ended } of await Promise.allSettled(early)) assert.equal(ended, 'rejected');
  stream?.on('data', (request: Buffer) => {
    seen.push(idOf(request));
    if (request.length < 100)
      stream?.write(Buffer.concat([request.subarray(0, 3), Buffer.of(0x4a, 2, 0x10, 7)]));
  });
  stream?.resume();
  assert.equal(await call(transport), 7);
  assert.ok(seen.length < 3000, `${seen.length} of 3000 were sent`);
});
