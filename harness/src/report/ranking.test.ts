import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figure } from '../results/schema.js';
import { compare, groups, sharedRanks } from './ranking.js';
import { emulated, madeUpRun, withCell } from './run.fixture.js';

const between = (lo: number, value: number, hi: number): Figure => ({ value, lo, hi, n: 10 });

test('a ratio is a difference only if its interval excludes 1 and it is more than 2%', () => {
  for (const [figure, reading] of [
    [between(1.5, 2, 2.5), 'more'],
    [between(0.4, 0.5, 0.6), 'less'],
    [between(0.9, 1.3, 1.6), 'not distinguishable'],
    [between(1.005, 1.01, 1.015), 'not distinguishable'],
    [between(0.985, 0.99, 0.995), 'not distinguishable'],
    [{ value: 3, lo: null, hi: null, n: 1 }, 'not distinguishable'],
    [{ value: null, reason: 'not measured' }, 'not distinguishable'],
  ] as const) {
    assert.equal(compare(figure), reading);
  }
});

test('figures whose intervals overlap share a rank', () => {
  assert.deepEqual(
    sharedRanks([between(95, 100, 105), between(90, 97, 104), between(50, 52, 54), between(49, 51, 53)]),
    [1, 1, 3, 3],
  );
});

test('a chain of overlapping neighbours does not put the first and the last on one rank', () => {
  assert.deepEqual(sharedRanks([between(95, 100, 105), between(88, 92, 96), between(80, 85, 90)]), [1, 1, 3]);
});

test('single trials can not be told apart', () => {
  const single = (value: number): Figure => ({ value, lo: null, hi: null, n: 1 });
  assert.deepEqual(sharedRanks([single(100), single(50)]), [1, 1]);
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
