import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatePolicySchema } from '../plan/gate-policy.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import type { DuelBlock } from './duel.js';
import type { Seen } from './measure.js';
import { relationsOf, relationWishes } from './relations.js';

const ffi = madeUpDuel('rust-ffi');
const ts = madeUpDuel('ts-only');
const policy = gatePolicySchema.parse({
  mustHold: [{ faster: 'json/orders/rust-ffi', than: 'json/orders/ts-only', times: 4 }],
});

/** What a stage of `count` blocks from the `first` on saw of a cell that takes 1 ms a call and one that takes `times` as much, to 30% more or less in turns. */
function stage(count: number, first: number, times: number): Seen {
  const blocks = (ms: (i: number) => number): DuelBlock[] =>
    Array.from({ length: count }, (_, i) =>
      madeUpBlocks(1, { perCallMs: ms(i) }).map((block) => ({ ...block, block: first + i })),
    ).flat();
  return seen([
    [ffi, blocks(() => 1)],
    [ts, blocks((i) => times * 1.3 ** (i % 2 === 0 ? 1 : -1))],
  ]);
}

const verdictOf = (...stages: Seen[]): string | undefined => relationsOf(policy, ...stages)[0]?.verdict;

describe('a relation', () => {
  it('that the screening is unsure of gets fresh blocks of its cells, and is judged by all of them', () => {
    const screened = stage(8, 0, 5);
    assert.equal(verdictOf(screened), 'inconclusive');
    const wishes = relationWishes(policy, screened);
    // 8 · ((1.960 + 2.326) / 1.960 · ln 1.3 / ln (5 / 4))² − 8.
    assert.deepEqual(
      wishes,
      new Map([
        [ffi, { wanted: 45, fewest: 4 }],
        [ts, { wanted: 45, fewest: 4 }],
      ]),
    );
    assert.equal(verdictOf(screened, stage(45, 8, 5)), 'ok');
    assert.equal(verdictOf(screened, stage(45, 8, 2)), 'regression');
    assert.match(
      relationsOf(policy, screened)[0]?.reason ?? '',
      /rust-ffi is 5\.\d\d times \(3\.\d\d to 6\.\d\d\) as fast as .*ts-only; that it is 4 times is not sure$/,
    );
  });

  it('that is sure, either way, gets none', () => {
    for (const times of [8, 2]) {
      assert.notEqual(verdictOf(stage(8, 0, times)), 'inconclusive');
      assert.deepEqual(relationWishes(policy, stage(8, 0, times)), new Map());
    }
  });

  it('is judged by the blocks that its cells share', () => {
    const [[, ofFfi] = assert.fail('two cells')] = stage(45, 8, 5);
    assert.equal(verdictOf(stage(8, 0, 5), new Map([[ffi, ofFfi]])), 'inconclusive');
    const { measured } = relationsOf(policy, stage(8, 0, 5), new Map([[ffi, ofFfi]]))[0] ?? assert.fail();
    assert.equal(measured?.n, 8);
  });
});
