import { corruptJpeg } from '@crossover/workload-image/jpeg-structure';
import type { DecodedComponent } from './decoder-frame.js';
import { type EntropyReader, longCode } from './entropy-reader.js';
import { codeBits, type HuffmanLookup } from './huffman-lookup.js';
import type { BlockDecoder } from './scan-blocks.js';
import type { ScanComponent, ScanHeader } from './scan-header.js';
import { receivedValue } from './sequential-block.js';

/** The quantised coefficients of a component, gathered over the scans of a progressive JPEG. */
export class CoefficientStore {
  /** 64 in zigzag order for each block of the padded grid. */
  readonly values: Int16Array;
  /** For each block the index of the last coefficient that is not zero, so that nobody looks behind it. */
  readonly last: Uint8Array;
  readonly columns: number;

  constructor(component: DecodedComponent) {
    const blocks = component.paddedColumns * component.paddedRows;
    this.values = new Int16Array(blocks * 64);
    this.last = new Uint8Array(blocks);
    this.columns = component.paddedColumns;
  }
}

/**
 * The decoder for one component of a progressive scan (ITU T.81, annex G).
 * @throws {WorkloadError} `corrupt-jpeg` when a table is missing.
 */
export function progressiveDecoder(
  reader: EntropyReader,
  scan: ScanHeader,
  { dc, ac }: ScanComponent,
  store: CoefficientStore,
): BlockDecoder {
  if (scan.first === 0) {
    if (scan.high > 0) return new DcRefinement(reader, store, scan.low);
    if (dc === undefined) throw corruptJpeg();
    return new DcFirst(reader, store, scan.low, dc);
  }
  if (ac === undefined) throw corruptJpeg();
  return scan.high > 0 ? new AcRefinement(reader, store, scan, ac) : new AcFirst(reader, store, scan, ac);
}

class DcFirst implements BlockDecoder {
  #predicted = 0;

  constructor(
    private readonly reader: EntropyReader,
    private readonly store: CoefficientStore,
    private readonly low: number,
    private readonly table: HuffmanLookup,
  ) {}

  block(column: number, row: number): void {
    const { view, base, bit } = this.reader;
    const window = view.getInt32(base) << bit;
    const entry = this.table.codes[window >>> (32 - codeBits)] || longCode(this.table, window);
    const size = entry >> 8;
    const behind = bit + (entry & 0xff);
    if (size > 15) throw corruptJpeg();
    if (size > 0) this.#predicted += receivedValue(view.getInt32(base + (behind >> 3)) << (behind & 7), size);
    this.store.values[(row * this.store.columns + column) * 64] = this.#predicted << this.low;
    this.reader.moveTo(behind + size);
  }

  restart(): void {
    this.#predicted = 0;
  }
}

class DcRefinement implements BlockDecoder {
  constructor(
    private readonly reader: EntropyReader,
    private readonly store: CoefficientStore,
    private readonly low: number,
  ) {}

  block(column: number, row: number): void {
    const { view, base, bit } = this.reader;
    const at = (row * this.store.columns + column) * 64;
    const value = (view.getUint8(base) >> (7 - bit)) & 1;
    this.store.values[at] = (this.store.values[at] as number) | (value << this.low);
    this.reader.moveTo(bit + 1);
  }

  restart(): void {}
}

class AcFirst implements BlockDecoder {
  #endedBlocks = 0;

  constructor(
    private readonly reader: EntropyReader,
    private readonly store: CoefficientStore,
    private readonly scan: ScanHeader,
    private readonly table: HuffmanLookup,
  ) {}

  block(column: number, row: number): void {
    if (this.#endedBlocks > 0) {
      this.#endedBlocks--;
      return;
    }
    const { first, last, low } = this.scan;
    const { view, base } = this.reader;
    const { codes } = this.table;
    const { values, last: lastOfBlock } = this.store;
    const block = row * this.store.columns + column;
    const at = block * 64;
    let bit = this.reader.bit;
    let lastSet = 0;
    for (let k = first; k <= last; ) {
      const window = view.getInt32(base + (bit >> 3)) << (bit & 7);
      const entry = codes[window >>> (32 - codeBits)] || longCode(this.table, window);
      const size = (entry >> 8) & 15;
      const run = entry >> 12;
      bit += entry & 0xff;
      if (size === 0) {
        if (run < 15) {
          this.#endedBlocks = (1 << run) - 1;
          if (run > 0) this.#endedBlocks += (view.getInt32(base + (bit >> 3)) << (bit & 7)) >>> (32 - run);
          bit += run;
          break;
        }
        k += 16;
        continue;
      }
      k += run;
      if (k > 63) throw corruptJpeg();
      values[at + k] = receivedValue(view.getInt32(base + (bit >> 3)) << (bit & 7), size) << low;
      bit += size;
      lastSet = k++;
    }
    if (lastSet > (lastOfBlock[block] as number)) lastOfBlock[block] = lastSet;
    this.reader.moveTo(bit);
  }

  restart(): void {
    this.#endedBlocks = 0;
  }
}

class AcRefinement implements BlockDecoder {
  #endedBlocks = 0;
  /** Where {@link #correct} stopped in the data. */
  #bit = 0;

  constructor(
    private readonly reader: EntropyReader,
    private readonly store: CoefficientStore,
    private readonly scan: ScanHeader,
    private readonly table: HuffmanLookup,
  ) {}

  block(column: number, row: number): void {
    const { first, last, low } = this.scan;
    const block = row * this.store.columns + column;
    this.#bit = this.reader.bit;
    if (this.#endedBlocks > 0) {
      this.#endedBlocks--;
      this.#correct(block, first, toTheEnd);
    } else {
      this.#refine(block, first, last, low);
    }
    this.reader.moveTo(this.#bit);
  }

  restart(): void {
    this.#endedBlocks = 0;
  }

  #refine(block: number, first: number, last: number, low: number): void {
    const { view, base } = this.reader;
    const { values, last: lastOfBlock } = this.store;
    for (let k = first; k <= last; k++) {
      const window = view.getInt32(base + (this.#bit >> 3)) << (this.#bit & 7);
      const entry = this.table.codes[window >>> (32 - codeBits)] || longCode(this.table, window);
      const size = (entry >> 8) & 15;
      const run = entry >> 12;
      this.#bit += entry & 0xff;
      if (size > 1) throw corruptJpeg();
      const rest = view.getInt32(base + (this.#bit >> 3)) << (this.#bit & 7);
      if (size === 0 && run < 15) {
        this.#endedBlocks = (1 << run) - 1 + (run > 0 ? rest >>> (32 - run) : 0);
        this.#bit += run;
        this.#correct(block, k, toTheEnd);
        return;
      }
      this.#bit += size;
      k = this.#correct(block, k, run);
      if (size === 1) {
        if (k > last) throw corruptJpeg();
        values[block * 64 + k] = rest < 0 ? 1 << low : -1 << low;
        if (k > (lastOfBlock[block] as number)) lastOfBlock[block] = k;
      }
    }
  }

  /**
   * From coefficient `from` on, reads a correction bit for each that is not zero, until `zeros` zeros were passed and another is
   * met; gives the place of that one. Behind the last coefficient that is not zero there is nothing to read.
   */
  #correct(block: number, from: number, zeros: number): number {
    const { view, base } = this.reader;
    const { values } = this.store;
    const step = 1 << this.scan.low;
    const at = block * 64;
    const stop = at + Math.min(this.scan.last, this.store.last[block] as number);
    let left = zeros;
    let bit = this.#bit;
    let place = at + from;
    for (; place <= stop; place++) {
      const value = values[place] as number;
      if (value !== 0) {
        if ((view.getUint8(base + (bit >> 3)) << (bit & 7)) & 0x80) {
          values[place] = value < 0 ? value - step : value + step;
        }
        bit++;
      } else if (left-- === 0) {
        this.#bit = bit;
        return place - at;
      }
    }
    this.#bit = bit;
    return place - at + left;
  }
}

/** More zeros than a block has. */
const toTheEnd = 64;
