import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groups } from './ranking.js';
import { madeUpRun, withCell } from './run.fixture.js';
import { stagesTable } from './stages-table.js';

const table = (run = madeUpRun()) => {
  const [group] = groups(run);
  assert.ok(group !== undefined);
  return stagesTable(group);
};

/** The made-up run, in which this cell's stages are these milliseconds. */
const withStages = (ms: Readonly<Record<string, number | null>>) =>
  withCell(madeUpRun(), 'rust-ffi', 'sync', ({ metrics }) => ({
    metrics: metrics && {
      ...metrics,
      stages: {
        ...metrics.stages,
        ...Object.fromEntries(
          Object.entries(ms).map(([name, value]) => [
            name,
            value === null ? { value, reason: 'is part of cross' } : { value, lo: value, hi: value, n: 10 },
          ]),
        ),
      },
    },
  }));

const row = (run: ReturnType<typeof madeUpRun>) =>
  table(run)?.rows.find(({ name }) => name === 'rust-ffi/sync');

test('the pieces of a bar follow each other and fill it', () => {
  const ms = { encodeMs: 1, queueMs: 0, crossMs: 2, computeMs: 5, decodeMs: 1, missingMs: 1 };
  const found = row(withStages({ wholeMs: 10, ...ms }));
  assert.deepEqual(
    found?.bar.map(({ stage, x, width }) => [stage, Number(x), Number(width)]),
    [
      ['encode', 0, 10],
      ['cross', 10, 20],
      ['compute', 30, 50],
      ['decode', 80, 10],
      ['rest', 90, 10],
    ],
  );
  assert.deepEqual(
    found?.entries.map(({ share }) => share),
    ['10%', '0%', '20%', '50%', '10%', '10%'],
  );
});

test('a queue that can not be told is a dash, with a note that says where it is', () => {
  const run = withStages({ queueMs: null });
  assert.equal(row(run)?.entries[1]?.share, '–');
  assert.deepEqual(table(run)?.notes, ['rust-ffi/sync: queue is part of cross.']);
});

test('a cell that tells nothing has no bar but a note, and without any there is no table', () => {
  const silent = { wholeMs: { value: null, reason: 'the implementation does not tell' } } as const;
  const one = withCell(madeUpRun(), 'rust-ffi', 'sync', ({ metrics }) => ({
    metrics: metrics && { ...metrics, stages: { ...metrics.stages, ...silent } },
  }));
  assert.equal(row(one), undefined);
  assert.deepEqual(table(one)?.notes, ['rust-ffi/sync: the implementation does not tell.']);
  const run = madeUpRun();
  const cells = run.cells.map((cell) => ({
    ...cell,
    metrics: cell.metrics && { ...cell.metrics, stages: { ...cell.metrics.stages, ...silent } },
  }));
  assert.equal(table({ ...run, cells }), null);
});
