import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeFrame } from '@crossover/workload-time-series/series-frame';
import { prepare } from './prepare.js';

/** Makes the tests of this file wait until the server is built. */
export function needsServer(): void {
  before(async () => {
    const { status, ...why } = await prepare(() => undefined);
    assert.equal(status, 'ready', JSON.stringify(why));
  });
}

/** Bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Four rows in two groups of d0. */
export const smallFrame = encodeFrame({
  time: Float64Array.of(0, 250, 500, 1000),
  values: [Float64Array.of(1, 2, 4, 8), Float64Array.of(-1, 0.5, 1e300, 3)],
  dims: [Uint32Array.of(9, 4, 9, 4), Uint32Array.of(0, 1, 2, 4294967295), Uint32Array.of(0, 0, 0, 0)],
});

/** Stops a process, and waits until it stands still: until then its other threads could go on answering. */
export async function standStill(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  while (!/^T/.test(execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim())) {
    await sleep(5);
  }
}

/** Waits until a process is gone. */
export async function goneWithin(pid: number, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return !isAlive(pid);
}

/** Does this process run? One that has ended but whose parent has not asked how doesn't. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const file = `/proc/${pid}/stat`;
    return !(existsSync(file) && /\) Z /.test(readFileSync(file, 'utf8')));
  } catch {
    return false;
  }
}
