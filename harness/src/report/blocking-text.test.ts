import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../results/schema.js';
import { blockingSentence } from './blocking-text.js';
import type { MadeUpCell } from './cells.fixture.js';
import { groups } from './ranking.js';
import { madeUpRun } from './run.fixture.js';

const cell = { workload: 'json', input: 'large', boundaryMs: 0.1, cpuMs: 80, hostMiB: 80 };
const sync: MadeUpCell = { ...cell, impl: 'rust-ffi', variant: 'sync', latencyMs: 80 };
const grpc: MadeUpCell = { ...cell, impl: 'rust-grpc', variant: 'unary-uds', latencyMs: 320 };

const sentences = (run: Run): (string | null)[] => groups(run).map((group) => blockingSentence(run, group));

test('a synchronous call that answers first says whom it blocked, and for how long', () => {
  assert.deepEqual(sentences(madeUpRun({ cells: [sync, grpc] })), [
    'rust-ffi/sync answered 4.00× faster than rust-grpc/unary-uds, and blocked everyone else for up to 80.0 ms (rust-grpc/unary-uds: 0.400 ms).',
  ]);
});

test('nothing is said where the first does not block, where it is hardly faster, or where its block is short', () => {
  assert.deepEqual(sentences(madeUpRun({ cells: [{ ...sync, latencyMs: 400 }, grpc] })), [null]);
  assert.deepEqual(sentences(madeUpRun({ cells: [{ ...sync, latencyMs: 310 }, grpc] })), [null]);
  assert.deepEqual(sentences(madeUpRun({ cells: [{ ...sync, latencyMs: 4 }, grpc] })), [null]);
  assert.deepEqual(sentences(madeUpRun({ cells: [sync] })), [null]);
});
