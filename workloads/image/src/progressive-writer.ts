import { type BitWriter, type CodeTable, codeTable } from './bit-writer.js';
import { type EncodedComponent, type EncodedFrame, loadBlock } from './encoder-frame.js';
import { writeScanHeader, writeTable } from './encoder-segments.js';
import { reciprocals, transformBlock } from './forward-dct.js';
import type { QuantisationTables } from './jpeg-tables.js';
import { optimalHuffman } from './optimal-huffman.js';
import { codeScan, type ScanSink } from './progressive-coder.js';
import type { Scan } from './progressive-scans.js';

/** Writes the scans of a progressive JPEG, each with the Huffman tables that suit it best. */
export function writeProgressive(
  out: BitWriter,
  frame: EncodedFrame,
  tables: QuantisationTables,
  restartInterval: number,
  scans: readonly Scan[],
): void {
  const coefficients = frame.components.map((component) => transformed(component, tables));
  for (const scan of scans) {
    const counter = new SymbolCounter();
    codeScan(frame, coefficients, scan, restartInterval, counter);
    const tableClass = scan.band[0] > 0 ? 0x10 : 0x00;
    const codes = counter.counts.map((counts, index) => {
      if (!counts.some((count) => count > 0)) return undefined;
      const spec = optimalHuffman(counts);
      writeTable(out, tableClass | index, spec);
      return codeTable(spec);
    });
    const components = scan.components.map((index) => frame.components[index] as EncodedComponent);
    writeScanHeader(out, components, scan);
    codeScan(frame, coefficients, scan, restartInterval, new SymbolWriter(out, codes));
    out.align();
  }
}

function transformed(component: EncodedComponent, tables: QuantisationTables): Int16Array {
  const { plane, paddedColumns, paddedRows } = component;
  const scales = reciprocals(component.tables === 1 ? tables.chrominance : tables.luminance);
  const samples = new Float64Array(64);
  const coefficients = new Int16Array(paddedColumns * paddedRows * 64);
  for (let row = 0, at = 0; row < paddedRows; row++) {
    for (let column = 0; column < paddedColumns; column++, at += 64) {
      loadBlock(plane, column, row, samples);
      transformBlock(samples, scales, coefficients, at);
    }
  }
  return coefficients;
}

/** Counts symbols. */
class SymbolCounter implements ScanSink {
  readonly counts = [new Uint32Array(256), new Uint32Array(256)] as const;

  symbol(tables: 0 | 1, symbol: number): void {
    const counts = this.counts[tables];
    counts[symbol] = (counts[symbol] as number) + 1;
  }

  bits(): void {}

  restart(): void {}
}

/** Writes symbols with the given tables. */
class SymbolWriter implements ScanSink {
  constructor(
    private readonly out: BitWriter,
    private readonly tables: readonly (CodeTable | undefined)[],
  ) {}

  symbol(tables: 0 | 1, symbol: number): void {
    const entry = this.tables[tables]?.[symbol] ?? 0;
    this.out.ensure(8);
    this.out.bits(entry >> 5, entry & 31);
  }

  bits(value: number, count: number): void {
    this.out.ensure(8);
    this.out.bits(value, count);
  }

  restart(index: number): void {
    this.out.align();
    this.out.raw([0xff, 0xd0 + (index & 7)]);
  }
}
