import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fewestCallsToJudge, hasSettled } from './steady-state.js';

/** Values that repeat: 100 ± 4, the same spread everywhere. */
const steady = (calls: number): number[] => Array.from({ length: calls }, (_, i) => 100 + ((i * 3) % 9) - 4);

describe('hasSettled', () => {
  it('is true for calls that take the same all the time', () => {
    assert.equal(hasSettled(steady(400)), true);
    assert.equal(hasSettled(Array<number>(400).fill(7)), true);
  });

  it('forgets a start that was slow once the later half is steady', () => {
    const slow = Array.from({ length: 400 }, (_, i) => 1000 - i);
    assert.equal(hasSettled([...slow, ...steady(100)]), false);
    assert.equal(hasSettled([...slow, ...steady(600)]), true);
  });

  it('is false while calls get faster, however long that lasts', () => {
    for (const calls of [100, 1000, 10_000]) {
      const falling = steady(calls).map((latency, i) => latency * (2 - i / calls));
      assert.equal(hasSettled(falling), false, `${calls} calls`);
    }
  });

  it('allows quartiles 5% and deviations 10% of the later window, and no more', () => {
    const windows = (before: number): number[] => [
      ...steady(300),
      ...steady(100).map((x) => x * before),
      ...steady(100),
    ];
    const earlierTwo = (before: number): number[] => windows(before).slice(100);
    assert.equal(hasSettled(earlierTwo(1.049)), true);
    assert.equal(hasSettled(earlierTwo(1.051)), false);
    const spread = (by: number): number[] => steady(100).map((x) => 100 + (x - 100) * by);
    assert.equal(hasSettled([...steady(200), ...spread(1.09), ...steady(100)]), true);
    assert.equal(hasSettled([...steady(200), ...spread(1.11), ...steady(100)]), false);
  });

  it('does not judge slow work by few calls', () => {
    assert.equal(hasSettled(steady(fewestCallsToJudge - 1)), null);
    assert.notEqual(hasSettled(steady(fewestCallsToJudge)), null);
    assert.equal(hasSettled([]), null);
  });
});
