import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A generator for one purpose of one run: the same seed and purpose give the same numbers, and two purposes share none. All 128 bits of its state come from a
 * SHA-256 of both: from a state that is made of 32 bits, the first draws of neighbouring seeds and purposes would depend on one another, and orders that take few
 * draws would alternate instead of being random.
 */
export function generatorFor(seed: number, purpose: string): RandomGenerator {
  const digest = createHash('sha256').update(`${seed} ${purpose}`).digest();
  return xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
}
