import { corruptJpeg } from '@crossover/workload-image/jpeg-structure';

/** Bits that one look into {@link HuffmanLookup.codes} takes. With up to 15 bits of value it fits a 25-bit window. */
export const codeBits = 10;
/** Bits that one look into {@link HuffmanLookup.skips} takes. */
export const skipBits = 12;

/** Bits of a {@link HuffmanLookup.skips} entry: set if the last of its symbols ends the block. */
export const skipEndsBlock = 1 << 16;

/** A Huffman table made for fast reading. */
export interface HuffmanLookup {
  /** By the next 10 bits: symbol · 256 + length of its code; 0 where the code is longer than that. */
  readonly codes: Uint16Array;
  /**
   * For blocks of which the remaining AC coefficients aren't wanted. By the next 12 bits: all symbols whose codes lie within them,
   * as (coefficients passed) · 256 + (bits passed, values included) + {@link skipEndsBlock}; 0 where not even the first code fits.
   */
  readonly skips: Int32Array;
  /** By the code's length: the smallest number above all codes of at most that length, aligned to 16 bits. */
  readonly limits: Int32Array;
  /** By the code's length: what is added to a code to get its index in {@link symbols}. */
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/**
 * Builds the lookup from a DHT segment's sixteen counts and its symbols.
 * @throws {WorkloadError} `corrupt-jpeg` when the counts ask for more codes than there are.
 */
export function huffmanLookup(counts: Uint8Array, symbols: Uint8Array): HuffmanLookup {
  const limits = new Int32Array(17);
  const offsets = new Int32Array(17);
  const codes = new Uint16Array(1 << codeBits);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] as number;
    offsets[length] = index - code;
    if (code + count > 1 << length) throw corruptJpeg();
    if (length <= codeBits) {
      const span = 1 << (codeBits - length);
      for (let i = 0; i < count; i++) {
        const entry = ((symbols[index + i] as number) << 8) | length;
        codes.fill(entry, (code + i) * span, (code + i + 1) * span);
      }
    }
    code += count;
    index += count;
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { codes, skips: skipTable(codes), limits, offsets, symbols };
}

function skipTable(codes: Uint16Array): Int32Array {
  const skips = new Int32Array(1 << skipBits);
  for (let prefix = 0; prefix < skips.length; prefix++) {
    let bits = 0;
    let coefficients = 0;
    let ends = 0;
    while (ends === 0) {
      const rest = ((prefix << bits) & (skips.length - 1)) >> (skipBits - codeBits);
      const entry = codes[rest] as number;
      const length = entry & 0xff;
      if (length === 0 || bits + length > skipBits) break;
      const size = (entry >> 8) & 15;
      const run = entry >> 12;
      if (size === 0 && run < 15) ends = skipEndsBlock;
      else coefficients += run + 1;
      bits += length + size;
      if (bits >= skipBits) break;
    }
    if (bits > 0) skips[prefix] = ends | (coefficients << 8) | bits;
  }
  return skips;
}
