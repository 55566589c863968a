import type { EncodedComponent, EncodedFrame } from './encoder-frame.js';
import type { Scan } from './progressive-scans.js';

/** Takes what a scan consists of: once to count the symbols for the Huffman tables, once to write. */
export interface ScanSink {
  /** A Huffman-coded symbol of the table pair 0 or 1. */
  symbol(tables: 0 | 1, symbol: number): void;
  /** The low `count` bits of `value`, as they are. */
  bits(value: number, count: number): void;
  /** The end of a restart interval, counted from 0. */
  restart(index: number): void;
}

/** The quantised coefficients of a component, 64 in zigzag order for each block, over the padded grid. */
export type Coefficients = Int16Array;

/** Runs through one scan (ITU T.81, annex G) and gives its symbols to `sink`. */
export function codeScan(
  frame: EncodedFrame,
  coefficients: readonly Coefficients[],
  scan: Scan,
  restartInterval: number,
  sink: ScanSink,
): void {
  const coders = scan.components.map((index) => {
    const component = frame.components[index] as EncodedComponent;
    return { component, coder: blockCoder(coefficients[index] as Coefficients, component, scan, sink) };
  });
  const [only] = coders;
  const alone = coders.length === 1 ? only : undefined;
  const columns = alone?.component.blockColumns ?? frame.mcuColumns;
  const rows = alone?.component.blockRows ?? frame.mcuRows;
  for (let mcu = 0; mcu < columns * rows; mcu++) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
      for (const { coder } of coders) coder.flush();
      sink.restart(mcu / restartInterval - 1);
    }
    const column = mcu % columns;
    const row = (mcu - column) / columns;
    for (const { component, coder } of coders) {
      const across = alone === undefined ? component.horizontal : 1;
      const down = alone === undefined ? component.vertical : 1;
      for (let y = row * down; y < (row + 1) * down; y++) {
        for (let x = column * across; x < (column + 1) * across; x++) {
          coder.block((y * component.paddedColumns + x) * 64);
        }
      }
    }
  }
  for (const { coder } of coders) coder.flush();
}

interface BlockCoder {
  /** Codes the block whose coefficients begin at `at`. */
  block(at: number): void;
  /** Ends a restart interval or the scan. */
  flush(): void;
}

function blockCoder(from: Coefficients, component: EncodedComponent, scan: Scan, sink: ScanSink): BlockCoder {
  const { tables } = component;
  if (scan.band[0] > 0) return new AcCoder(from, tables, scan, sink);
  return scan.high === 0 ? new DcFirst(from, tables, scan.low, sink) : new DcRefinement(from, scan.low, sink);
}

class DcFirst implements BlockCoder {
  #previous = 0;

  constructor(
    private readonly from: Coefficients,
    private readonly tables: 0 | 1,
    private readonly low: number,
    private readonly sink: ScanSink,
  ) {}

  block(at: number): void {
    const value = (this.from[at] as number) >> this.low;
    const difference = value - this.#previous;
    this.#previous = value;
    const size = bitLength(Math.abs(difference));
    this.sink.symbol(this.tables, size);
    if (size > 0) this.sink.bits(magnitudeBits(difference, size), size);
  }

  flush(): void {
    this.#previous = 0;
  }
}

class DcRefinement implements BlockCoder {
  constructor(
    private readonly from: Coefficients,
    private readonly low: number,
    private readonly sink: ScanSink,
  ) {}

  block(at: number): void {
    this.sink.bits(((this.from[at] as number) >> this.low) & 1, 1);
  }

  flush(): void {}
}

/** Longest run of ended blocks that one symbol can tell. */
const longestRun = 0x7fff;
/** As many correction bits as a run of ended blocks may hold back. */
const mostHeldBack = 937;

/** AC bands, first scans and refinements: figures G.3 to G.9. */
class AcCoder implements BlockCoder {
  #endedBlocks = 0;
  /** Correction bits of the ended blocks. */
  readonly #heldBack = new BitList(mostHeldBack + 64);
  /** Correction bits of this block since its last symbol. */
  readonly #corrections = new BitList(64);

  constructor(
    private readonly from: Coefficients,
    private readonly tables: 0 | 1,
    private readonly scan: Scan,
    private readonly sink: ScanSink,
  ) {}

  block(at: number): void {
    const { high, low, band } = this.scan;
    const [first, last] = band;
    const lastNew = high === 0 ? last : this.#lastNew(at);
    let zeros = 0;
    for (let k = first; k <= last; k++) {
      const value = this.from[at + k] as number;
      const magnitude = Math.abs(value) >> low;
      if (magnitude === 0) {
        zeros++;
        continue;
      }
      while (zeros > 15 && k <= lastNew) {
        this.flush();
        this.sink.symbol(this.tables, 0xf0);
        this.#corrections.giveTo(this.sink);
        zeros -= 16;
      }
      if (high > 0 && magnitude > 1) {
        this.#corrections.add(magnitude & 1);
        continue;
      }
      this.flush();
      const size = bitLength(magnitude);
      this.sink.symbol(this.tables, (zeros << 4) | size);
      this.sink.bits(magnitudeBits(value < 0 ? -magnitude : magnitude, size), size);
      this.#corrections.giveTo(this.sink);
      zeros = 0;
    }
    if (zeros > 0 || this.#corrections.length > 0) {
      this.#endedBlocks++;
      this.#corrections.giveTo(this.#heldBack);
      if (this.#endedBlocks === longestRun || this.#heldBack.length > mostHeldBack) this.flush();
    }
  }

  /** The last coefficient that becomes other than zero in this refinement. */
  #lastNew(at: number): number {
    const { low, band } = this.scan;
    let k = band[1];
    while (k >= band[0] && Math.abs(this.from[at + k] as number) >> low !== 1) k--;
    return k;
  }

  flush(): void {
    if (this.#endedBlocks > 0) {
      const size = bitLength(this.#endedBlocks) - 1;
      this.sink.symbol(this.tables, size << 4);
      if (size > 0) this.sink.bits(this.#endedBlocks & ((1 << size) - 1), size);
      this.#endedBlocks = 0;
    }
    this.#heldBack.giveTo(this.sink);
  }
}

/** Single bits that wait for their symbol. */
class BitList {
  readonly #bits: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.#bits = new Uint8Array(capacity);
  }

  add(bit: number): void {
    this.#bits[this.length++] = bit;
  }

  /** Takes one bit, as a {@link ScanSink} does. */
  bits(value: number): void {
    this.add(value);
  }

  /** Hands all bits over in their order. */
  giveTo(taker: Pick<ScanSink, 'bits'>): void {
    for (let i = 0; i < this.length; i++) taker.bits(this.#bits[i] as number, 1);
    this.length = 0;
  }
}

/** Bits of a number that is not negative; 0 for 0. */
function bitLength(magnitude: number): number {
  return 32 - Math.clz32(magnitude);
}

/** The bits that follow a size category (ITU T.81, F.1.2.1): a negative value minus one, in `size` bits. */
function magnitudeBits(value: number, size: number): number {
  return value < 0 ? value + (1 << size) - 1 : value;
}
