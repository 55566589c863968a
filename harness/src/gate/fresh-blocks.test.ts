import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gate as defaults } from '../defaults.js';
import { scattered } from './duel.fixture.js';
import type { Screened } from './evidence.js';
import { fewestBlocksFor, freshBlocks } from './fresh-blocks.js';

describe('the fresh blocks that a metric wants', () => {
  const wanted = (sd: number, other: Partial<Screened> = {}, tests = 1): number =>
    freshBlocks(
      { effects: scattered(sd), margin: 0.05, decides: true, outcome: 'undecided', ...other },
      tests,
    ).wanted;

  it('grow with the square of its scatter, from the fewest that say something to the most', () => {
    // 9 / 5.38 (χ² with 9 degrees of freedom lies above that in 80 of 100) · (1.645 + 2.326)² · π/3 · (sd / ln 1.05)², without the ten that there are
    assert.equal(wanted(0.04), 19 - 10);
    assert.equal(wanted(0.07), 57 - 10);
    assert.equal(wanted(0.01), defaults.fewestFurtherBlocks);
    assert.equal(wanted(0.5), defaults.mostConfirmBlocks);
  });

  it('are more where the margin is smaller, up to the most where there is none', () => {
    assert.equal(wanted(0.02, { margin: 0.02 }), 29 - 10);
    assert.equal(wanted(0.02, { margin: 0 }), defaults.mostConfirmBlocks);
  });

  it('find 3% of a suspect that decides, and the margin of one that does not, the more the more look like it', () => {
    // 9 / 5.38 · (2.326 + 1.036)² · π/3 · (sd / (ln 1.03 − ln 1.01))²
    assert.equal(wanted(0.02, { outcome: 'suspect' }), 21);
    assert.equal(wanted(0.05, { outcome: 'suspect', decides: false }), 33);
    assert.equal(wanted(0.02, { outcome: 'suspect' }, 5), 28);
  });

  it('are so many that all which look like a regression can be rejected', () =>
    assert.equal(wanted(0.01, { outcome: 'suspect' }, 100), fewestBlocksFor(100)));
});
