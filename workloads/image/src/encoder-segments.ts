import type { BitWriter } from './bit-writer.js';
import type { EncodedComponent } from './encoder-frame.js';
import { marker } from './jpeg-structure.js';
import type { HuffmanSpec } from './jpeg-tables.js';
import type { Scan } from './progressive-scans.js';

/** Writes a Huffman table; `slot` is class (0: DC, 1: AC) · 16 + number. */
export function writeTable(out: BitWriter, slot: number, spec: HuffmanSpec): void {
  out.segment(marker.dht, [slot, ...spec.counts, ...spec.symbols]);
}

/** Writes the start of a scan of `components` with the band and the bits of `scan`. */
export function writeScanHeader(
  out: BitWriter,
  components: readonly EncodedComponent[],
  scan: Omit<Scan, 'components'>,
): void {
  const selectors = components.flatMap(({ id, tables }) => [id, (tables << 4) | tables]);
  const approximation = (scan.high << 4) | scan.low;
  out.segment(marker.sos, [components.length, ...selectors, ...scan.band, approximation]);
}
