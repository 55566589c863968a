import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Pseudo-random bytes: the same seed and size give the same bytes everywhere. */
export function randomBytes(size: number, seed: number): Uint8Array {
  const generator = xoroshiro128plus(seed);
  const bytes = new Uint8Array(size);
  // One byte a step: which end of a number comes first in memory then can't matter.
  for (let offset = 0; offset < size; offset++) bytes[offset] = generator.next() >>> 24;
  return bytes;
}
