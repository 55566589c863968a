import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figure } from '../results/schema.js';
import { groups, sharedRanks } from './ranking.js';
import { emulated, madeUpRun, withCell } from './run.fixture.js';

const between = (lo: number, value: number, hi: number): Figure => ({ value, lo, hi, n: 10, warnings: [] });

test('figures whose intervals overlap share a rank', () => {
  assert.deepEqual(
    sharedRanks(
      [between(95, 100, 105), between(90, 97, 104), between(50, 52, 54), between(49, 51, 53)],
      0.02,
    ),
    [1, 1, 3, 3],
  );
});

test('a chain of overlapping neighbours does not put the first and the last on one rank', () => {
  assert.deepEqual(
    sharedRanks([between(95, 100, 105), between(88, 92, 96), between(80, 85, 90)], 0.02),
    [1, 1, 3],
  );
});

test('single trials can not be told apart', () => {
  const single = (value: number): Figure => ({ value, lo: null, hi: null, n: 1, warnings: [] });
  assert.deepEqual(sharedRanks([single(100), single(50)], 0.02), [1, 1]);
});

test('figures closer than the smallest difference share a rank, however narrow their intervals', () => {
  const figures = [between(99, 100, 101), between(95, 96, 97)];
  assert.deepEqual(sharedRanks(figures, 0.02), [1, 2]);
  assert.deepEqual(sharedRanks(figures, 0.05), [1, 1]);
});

test('cells are grouped by workload, input and load, best throughput first', () => {
  const [json] = groups(madeUpRun());
  assert.deepEqual(
    json?.ranked.map(({ cell }) => `${cell.impl}/${cell.variant}`),
    [
      'rust-ffi/sync',
      'rust-plugin/sync',
      'rust-ffi/async',
      'rust-grpc/stream-uds',
      'rust-grpc/unary-uds',
      'ts-only/main',
      'ts-only/worker-pool',
    ],
  );
});

test('an invalid cell is never ranked', () => {
  const run = withCell(madeUpRun(), 'rust-ffi', 'sync', () => ({
    status: 'invalid',
    reason: 'byte 7 differs',
    metrics: null,
  }));
  const [json] = groups(run);
  assert.ok(json?.ranked.every(({ cell }) => cell.status === 'ok'));
  assert.deepEqual(
    json?.unranked.map(({ variant }) => variant),
    ['sync'],
  );
});

test('cells of an emulated machine are never ranked, not even if they have ratios', () => {
  for (const { ranked, unranked } of groups(emulated(madeUpRun()))) {
    assert.deepEqual(ranked, []);
    assert.ok(unranked.every(({ metrics, versusBaseline }) => metrics === null && versusBaseline === null));
  }
});
