import { corruptJpeg } from '@crossover/workload-image/jpeg-structure';
import { codeBits, type HuffmanLookup } from './huffman-lookup.js';

/**
 * More than the blocks of one MCU can take: 10 blocks of 64 coefficients of 31 bits. The reader looks whether it passed
 * the end once an MCU, so it may run that far into the zeros behind the data.
 */
const padding = 4096;

/** The entropy-coded data of one scan without their stuffed zeros, read from the place `base` (bytes) + `bit`. */
export class EntropyReader {
  readonly view: DataView;
  /** Byte from which {@link bit} counts. */
  base = 0;
  /** Bits already read from `base` on, 0 to 7 between two blocks. */
  bit = 0;
  readonly #intervalEnds: readonly number[];
  #interval = 0;

  /** Takes the data between `start` and `end` of `input`, which ends at a marker. */
  constructor(input: Uint8Array, start: number, end: number) {
    const { bytes, intervalEnds } = unstuff(input, start, end);
    this.view = new DataView(bytes.buffer);
    this.#intervalEnds = intervalEnds;
  }

  /** How many restart intervals there are: one more than restart markers. */
  get intervals(): number {
    return this.#intervalEnds.length;
  }

  /** @throws {WorkloadError} `corrupt-jpeg` when more was read than the interval holds. */
  checkEnd(): void {
    const end = this.#intervalEnds[this.#interval] as number;
    if (this.base >= end && (this.base > end || this.bit > 0)) throw corruptJpeg();
  }

  /**
   * Goes on behind the next restart marker.
   * @throws {WorkloadError} `corrupt-jpeg` when there is none.
   */
  nextInterval(): void {
    this.base = this.#intervalEnds[this.#interval++] as number;
    this.bit = 0;
    if (this.#interval >= this.#intervalEnds.length) throw corruptJpeg();
  }

  /** Remembers a place that is `bits` behind {@link base}. */
  moveTo(bits: number): void {
    this.base += bits >> 3;
    this.bit = bits & 7;
  }
}

/**
 * Decodes a code that is longer than the lookup, from a window whose top 25 bits are data: symbol · 256 + length.
 * @throws {WorkloadError} `corrupt-jpeg` when no code begins so.
 */
export function longCode(table: HuffmanLookup, window: number): number {
  const next16 = window >>> 16;
  for (let length = codeBits + 1; length <= 16; length++) {
    if (next16 < (table.limits[length] as number)) {
      const index = (next16 >> (16 - length)) + (table.offsets[length] as number);
      return ((table.symbols[index] as number) << 8) | length;
    }
  }
  throw corruptJpeg();
}

/** Copies the data without the zero behind each FF and without restart markers, whose numbers must count up. */
function unstuff(
  input: Uint8Array,
  start: number,
  end: number,
): { bytes: Uint8Array; intervalEnds: readonly number[] } {
  const bytes = new Uint8Array(end - start + padding);
  const intervalEnds: number[] = [];
  let length = 0;
  let from = start;
  for (;;) {
    const found = input.indexOf(0xff, from);
    const next = found < 0 || found > end ? end : found;
    bytes.set(input.subarray(from, next), length);
    length += next - from;
    if (next >= end) break;
    from = next + 1;
    while (input[from] === 0xff && from < end) from++;
    if (from >= end) break;
    const code = input[from++] as number;
    if (code === 0) {
      bytes[length++] = 0xff;
    } else {
      if (code !== 0xd0 + (intervalEnds.length & 7)) throw corruptJpeg();
      intervalEnds.push(length);
    }
  }
  intervalEnds.push(length);
  return { bytes, intervalEnds };
}
