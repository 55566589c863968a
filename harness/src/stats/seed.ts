import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A generator for one purpose of one run: the same seed and purpose give the same numbers, and two purposes share none.
 * `purpose` is mixed in by FNV-1a (Fowler, Noll, Vo), so that neighbouring seeds don't give neighbouring streams.
 */
export function generatorFor(seed: number, purpose: string): RandomGenerator {
  let hash = 0x811c9dc5 ^ seed;
  for (const byte of new TextEncoder().encode(purpose)) hash = Math.imul(hash ^ byte, 0x01000193);
  return xoroshiro128plus(hash);
}
