import type { DecodedFrame } from './decoder-frame.js';
import type { EntropyReader } from './entropy-reader.js';
import type { ScanHeader } from './scan-header.js';

/** What a scan does with the blocks of one component. */
export interface BlockDecoder {
  /** Decodes the block in that column and row of the component. */
  block(column: number, row: number): void;
  /** Forgets what earlier blocks predict. */
  restart(): void;
}

/**
 * Visits the blocks of a scan in the order in which they are coded (ITU T.81, A.2), restart intervals included.
 * `decoders` stand in the order of the scan's components.
 * @throws {WorkloadError} `corrupt-jpeg` when the data end before all blocks are there.
 */
export function decodeBlocks(
  frame: DecodedFrame,
  scan: ScanHeader,
  reader: EntropyReader,
  decoders: readonly BlockDecoder[],
): void {
  const [only] = scan.components;
  const alone = scan.components.length === 1 ? only?.component : undefined;
  const columns = alone?.blockColumns ?? frame.mcuColumns;
  const rows = alone?.blockRows ?? frame.mcuRows;
  const parts = scan.components.map(({ component }, i) => ({
    decoder: decoders[i] as BlockDecoder,
    across: alone === undefined ? component.horizontal : 1,
    down: alone === undefined ? component.vertical : 1,
  }));
  let untilRestart = scan.restartInterval;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (scan.restartInterval > 0) {
        if (untilRestart === 0) {
          reader.nextInterval();
          for (const { decoder } of parts) decoder.restart();
          untilRestart = scan.restartInterval;
        }
        untilRestart--;
      }
      for (const { decoder, across, down } of parts) {
        for (let y = row * down; y < (row + 1) * down; y++) {
          for (let x = column * across; x < (column + 1) * across; x++) decoder.block(x, y);
        }
      }
      reader.checkEnd();
    }
  }
}
