import { type BitWriter, type CodeTable, codeTable } from './bit-writer.js';
import { type EncodedComponent, type EncodedFrame, loadBlock } from './encoder-frame.js';
import { writeScanHeader, writeTable } from './encoder-segments.js';
import { reciprocals, transformBlock } from './forward-dct.js';
import { marker } from './jpeg-structure.js';
import { type QuantisationTables, standardHuffman } from './jpeg-tables.js';

/** Writes the Huffman tables of Annex K and the one scan of a baseline JPEG, transforming block by block. */
export function writeBaseline(
  out: BitWriter,
  frame: EncodedFrame,
  tables: QuantisationTables,
  restartInterval: number,
): void {
  writeTable(out, 0x00, standardHuffman.luminanceDc);
  writeTable(out, 0x10, standardHuffman.luminanceAc);
  if (frame.components.some((component) => component.tables === 1)) {
    writeTable(out, 0x01, standardHuffman.chrominanceDc);
    writeTable(out, 0x11, standardHuffman.chrominanceAc);
  }
  writeScanHeader(out, frame.components, { band: [0, 63], high: 0, low: 0 });
  const coders = frame.components.map((component) => new BaselineCoder(out, component, tables));
  let mcu = 0;
  for (let row = 0; row < frame.mcuRows; row++) {
    for (let column = 0; column < frame.mcuColumns; column++, mcu++) {
      if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
        out.align();
        out.raw([0xff, marker.rst0 + ((mcu / restartInterval - 1) & 7)]);
        for (const coder of coders) coder.restart();
      }
      for (const coder of coders) coder.mcu(column, row);
    }
  }
  out.align();
}

/** No block needs more: 64 coefficients of at most 16 + 11 bits, each byte perhaps an FF with its 00. */
const mostBytesOfBlock = 64 * 8;

class BaselineCoder {
  readonly #out: BitWriter;
  readonly #component: EncodedComponent;
  readonly #scales: Float64Array;
  readonly #dc: CodeTable;
  readonly #ac: CodeTable;
  readonly #samples = new Float64Array(64);
  readonly #block = new Int32Array(64);
  #previousDc = 0;

  constructor(out: BitWriter, component: EncodedComponent, tables: QuantisationTables) {
    const isChroma = component.tables === 1;
    this.#out = out;
    this.#component = component;
    this.#scales = reciprocals(isChroma ? tables.chrominance : tables.luminance);
    this.#dc = codeTable(isChroma ? standardHuffman.chrominanceDc : standardHuffman.luminanceDc);
    this.#ac = codeTable(isChroma ? standardHuffman.chrominanceAc : standardHuffman.luminanceAc);
  }

  restart(): void {
    this.#previousDc = 0;
  }

  mcu(column: number, row: number): void {
    const { plane, horizontal, vertical } = this.#component;
    for (let y = row * vertical; y < (row + 1) * vertical; y++) {
      for (let x = column * horizontal; x < (column + 1) * horizontal; x++) {
        loadBlock(plane, x, y, this.#samples);
        transformBlock(this.#samples, this.#scales, this.#block, 0);
        this.#write();
      }
    }
  }

  #write(): void {
    const out = this.#out;
    const block = this.#block;
    const ac = this.#ac;
    out.ensure(mostBytesOfBlock);
    const dc = block[0] as number;
    this.#put(this.#dc, 0, dc - this.#previousDc);
    this.#previousDc = dc;
    let zeros = 0;
    for (let k = 1; k < 64; k++) {
      const value = block[k] as number;
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) {
        const entry = ac[0xf0] as number;
        out.bits(entry >> 5, entry & 31);
      }
      this.#put(ac, zeros << 4, value);
      zeros = 0;
    }
    if (zeros > 0) {
      const entry = ac[0] as number;
      out.bits(entry >> 5, entry & 31);
    }
  }

  /** A symbol of a run and a size, and the bits of the value. */
  #put(table: CodeTable, run: number, value: number): void {
    const sign = value >> 31;
    const size = 32 - Math.clz32((value ^ sign) - sign);
    const entry = table[run | size] as number;
    this.#out.bits(entry >> 5, entry & 31);
    if (size > 0) this.#out.bits((value + sign) & ((1 << size) - 1), size);
  }
}
