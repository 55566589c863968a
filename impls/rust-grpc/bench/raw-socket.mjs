/**
 * `node raw-socket.mjs BYTES`: an echo over a Unix socket without gRPC, the least that a second process can cost from Node. Frames are four
 * bytes of length and the payload; the other side is a Node process, too, that collects a frame and sends it back.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

const headerBytes = 4;

/** Calls `take` with each whole payload that arrives. */
function onFrames(socket, take) {
  let chunks = [];
  let have = 0;
  let needed = headerBytes;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    have += chunk.length;
    while (have >= needed) {
      const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, have);
      const end = headerBytes + bytes.readUInt32LE(0);
      chunks = [bytes];
      needed = end;
      if (have < end) return;
      take(bytes.subarray(headerBytes, end));
      chunks = have > end ? [bytes.subarray(end)] : [];
      have -= end;
      needed = headerBytes;
    }
  });
}

/** Sends a payload: one system call, no copy. */
function send(socket, payload) {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(payload.length, 0);
  socket.cork();
  socket.write(header);
  socket.write(payload);
  socket.uncork();
}

function serve(file) {
  const server = net.createServer((socket) => {
    onFrames(socket, (payload) => send(socket, payload));
    socket.on('close', () => server.close());
  });
  server.listen(file, () => process.stdout.write('ready\n'));
}

async function call(bytes) {
  const folder = mkdtempSync(path.join(tmpdir(), 'crossover-raw-'));
  const file = path.join(folder, 'echo.sock');
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--serve', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    const socket = net.connect(file);
    await once(socket, 'connect');
    let answered;
    onFrames(socket, (payload) => answered(payload));
    const echo = (input) =>
      new Promise((resolve) => {
        answered = resolve;
        send(socket, input);
      });
    await measure(echo, bytes);
    socket.end();
    await once(child, 'exit');
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first, file] = process.argv.slice(2);
if (first === '--serve') serve(file);
else await call(Number(first));
