import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { blockOrder } from '../plan/schedule.js';
import { generatorFor } from './seed.js';

describe('the generators of neighbouring purposes', () => {
  /** The first draws of many, as a coin. */
  const coins = Array.from({ length: 4000 }, (_, i) => uniformInt(generatorFor(1, `block ${i}`), 0, 1));

  // Each bound below leaves out what happens by chance less than once in 10,000 times (3.9 standard deviations).
  it('begin with either side of a coin equally often', () => {
    const heads = coins.filter((coin) => coin === 1).length;
    assert.ok(Math.abs(heads - 2000) < 3.9 * Math.sqrt(1000), `${heads} of 4000`);
  });

  it('do not begin alike, or in turns', () => {
    for (const distance of [1, 2, 3, 4, 8, 10, 16]) {
      const pairs = coins.slice(distance);
      const alike = pairs.filter((coin, i) => coin === coins[i]).length;
      assert.ok(
        Math.abs(alike - pairs.length / 2) < 3.9 * Math.sqrt(pairs.length / 4),
        `${alike} of ${pairs.length} at distance ${distance}`,
      );
    }
  });

  it('put three things into each order after each other order', () => {
    const orders = Array.from({ length: 7201 }, (_, block) => blockOrder(['a', 'b', 'c'], 1, block).join(''));
    const followed = new Map<string, number>();
    for (const [i, order] of orders.slice(1).entries()) {
      const pair = `${orders[i]} ${order}`;
      followed.set(pair, (followed.get(pair) ?? 0) + 1);
    }
    assert.equal(followed.size, 36);
    // χ² of 35 degrees of freedom: 74.9 is passed once in 10,000 times.
    const chi2 = [...followed.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    assert.ok(chi2 < 74.9, `χ² is ${chi2}`);
  });

  it('give the same for the same seed', () => {
    const draw = (seed: number): number => uniformInt(generatorFor(seed, 'x'), 0, 1e9);
    assert.equal(draw(1), draw(1));
    assert.notEqual(draw(1), draw(2));
  });
});
