import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { PlannedCell } from '../plan/plan.js';
import type { Progress } from '../run/run-blocks.js';
import { ProgressLine } from './progress.js';

/** What is written to stderr, which is no terminal, while `work` goes on. */
function written(t: TestContext, work: () => void): string[] {
  const write = t.mock.method(process.stderr, 'write', () => true);
  work();
  const lines = write.mock.calls.map(({ arguments: [text] }) => String(text));
  write.mock.restore();
  return lines;
}

/** The end of a trial of one variant in a block of so many arms. */
function ended(variant: string, block: number, armsInBlock: number): Progress {
  const key = { workload: 'json', input: 'small', impl: 'rust-ffi', variant, load: 'closed:1' };
  return {
    cell: { key, twin: false } as PlannedCell,
    outcome: { status: 'failed', reason: 'why', remedy: 'because' },
    block,
    armsInBlock,
    trialsDone: 1,
    trialsPlanned: 10,
    remainingMs: 61_000,
  };
}

describe('progress without a terminal', { skip: process.stderr.isTTY && 'stderr is a terminal' }, () => {
  it('is a line for each cell whose planned blocks are done, and for each that failed', (t) => {
    const progress = new ProgressLine(2);
    const lines = written(t, () => {
      progress.trialEnded(ended('sync', 0, 1));
      progress.trialEnded(ended('sync', 1, 1));
    });
    assert.deepEqual(lines, [
      'json/small/rust-ffi/sync/closed:1: failed: why\n',
      'json/small/rust-ffi/sync/closed:1: failed: why\n',
      'measured json/small/rust-ffi/sync/closed:1\n',
    ]);
  });

  it('goes on with a line for each further block', (t) => {
    const progress = new ProgressLine(2);
    const lines = written(t, () => {
      for (const block of [2, 3])
        for (const variant of ['sync', 'async']) progress.trialEnded(ended(variant, block, 2));
    });
    const blocks = lines.filter((line) => line.startsWith('block'));
    assert.deepEqual(blocks, [
      'block 3: 2 cells, for ratios that are still wide · at most 1 min 1 s left\n',
      'block 4: 2 cells, for ratios that are still wide · at most 1 min 1 s left\n',
    ]);
  });
});
