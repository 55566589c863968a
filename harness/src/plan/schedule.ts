import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { generatorFor } from '../stats/seed.js';

/**
 * The order of one block: all items once, in a random order that depends on the seed and the block's number alone
 * (Fisher-Yates), so that a resumed run goes on with the same schedule. Drift of the machine then hits all cells alike.
 */
export function blockOrder<T>(items: readonly T[], seed: number, block: number): T[] {
  const generator = generatorFor(seed, `block ${block}`);
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
