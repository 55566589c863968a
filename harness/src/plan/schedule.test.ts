import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blockOrder } from './schedule.js';

const cells = ['a', 'b', 'c', 'd'];

describe('the schedule', () => {
  it('has every cell exactly once in a block', () => {
    for (let block = 0; block < 50; block++) assert.deepEqual([...blockOrder(cells, 1, block)].sort(), cells);
  });

  it('is the same for the same seed and another for another', () => {
    const orders = (seed: number): string[] =>
      Array.from({ length: 20 }, (_, block) => blockOrder(cells, seed, block).join(''));
    assert.deepEqual(orders(5), orders(5));
    assert.notDeepEqual(orders(5), orders(6));
  });

  it('puts every cell at every place about equally often', () => {
    const blocks = 4000;
    const count = new Map<string, number>();
    for (let block = 0; block < blocks; block++) {
      for (const [place, cell] of blockOrder(cells, 3, block).entries()) {
        count.set(`${cell}${place}`, (count.get(`${cell}${place}`) ?? 0) + 1);
      }
    }
    assert.equal(count.size, 16);
    // Binomial(4000, 1/4): five standard deviations are 137.
    for (const [where, times] of count) assert.ok(Math.abs(times - blocks / 4) < 137, `${where}: ${times}`);
  });
});
