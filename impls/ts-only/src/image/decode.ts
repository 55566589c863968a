import { corruptJpeg, type JpegStructure, marker } from '@crossover/workload-image/jpeg-structure';
import { naturalOrder } from '@crossover/workload-image/jpeg-tables';
import {
  type BlockSize,
  type DecodedComponent,
  type DecodedPlane,
  decodedFrame,
  emptyPlane,
} from './decoder-frame.js';
import { EntropyReader } from './entropy-reader.js';
import { inverseDct, lastNeeded } from './inverse-dct.js';
import { CoefficientStore, progressiveDecoder } from './progressive-scan.js';
import { decodeBlocks } from './scan-blocks.js';
import { DecoderTables, type ScanComponent, type ScanHeader, scanHeader } from './scan-header.js';
import { SequentialDecoder } from './sequential-scan.js';

/**
 * Decodes all components of a JPEG whose structure has been read, each at the scale that `chooseSize` picks from its size
 * in samples at full scale.
 * @throws {WorkloadError} `corrupt-jpeg`
 */
export function decodeJpeg(
  input: Uint8Array,
  structure: JpegStructure,
  chooseSize: (component: number, fullWidth: number, fullHeight: number) => BlockSize,
): readonly DecodedPlane[] {
  const frame = decodedFrame(structure, chooseSize);
  const sink = structure.process === 'progressive' ? new ProgressivePlanes() : new SequentialPlanes();
  const tables = new DecoderTables();
  for (const segment of structure.segments) {
    if (segment.code !== marker.sos) {
      tables.read(input, segment);
      continue;
    }
    const scan = scanHeader(input, segment, structure, frame, tables);
    const reader = new EntropyReader(input, segment.end, segment.dataEnd);
    const decoders = scan.components.map((part) => sink.decoder(reader, scan, part, tables));
    decodeBlocks(frame, scan, reader, decoders);
  }
  return frame.components.map((_, index) => sink.plane(index));
}

/** Samples are made as the blocks are read. */
class SequentialPlanes {
  readonly #planes: DecodedPlane[] = [];

  decoder(
    reader: EntropyReader,
    _scan: ScanHeader,
    part: ScanComponent,
    tables: DecoderTables,
  ): SequentialDecoder {
    this.#planes[part.index] ??= emptyPlane(part.component);
    const steps = tables.steps[part.component.quantisationTable];
    return new SequentialDecoder(reader, part, steps, this.#planes[part.index] as DecodedPlane);
  }

  plane(index: number): DecodedPlane {
    const plane = this.#planes[index];
    if (plane === undefined) throw corruptJpeg();
    return plane;
  }
}

/** Coefficients are gathered, and samples are made after the last scan. */
class ProgressivePlanes {
  readonly #stores: { component: DecodedComponent; store: CoefficientStore; steps: Int32Array }[] = [];

  decoder(reader: EntropyReader, scan: ScanHeader, part: ScanComponent, tables: DecoderTables) {
    if (this.#stores[part.index] === undefined) {
      const { component } = part;
      // A component's steps are those that hold at its first scan, which must be that of its DC.
      const steps = tables.steps[component.quantisationTable];
      if (steps === undefined || scan.first > 0) throw corruptJpeg();
      this.#stores[part.index] = { component, store: new CoefficientStore(component), steps };
    }
    return progressiveDecoder(
      reader,
      scan,
      part,
      (this.#stores[part.index] as { store: CoefficientStore }).store,
    );
  }

  plane(index: number): DecodedPlane {
    const found = this.#stores[index];
    if (found === undefined) throw corruptJpeg();
    return transformed(found.component, found.store, found.steps);
  }
}

function transformed(component: DecodedComponent, store: CoefficientStore, steps: Int32Array): DecodedPlane {
  const plane = emptyPlane(component);
  const size = component.blockSize;
  const inverse = inverseDct(size);
  const wanted = lastNeeded[size];
  const coefficients = new Int32Array(64);
  const work = new Int32Array(64);
  for (let row = 0, block = 0; row < component.paddedRows; row++) {
    for (let column = 0; column < component.paddedColumns; column++, block++) {
      const last = Math.min(wanted, store.last[block] as number);
      coefficients.fill(0);
      for (let k = 0; k <= last; k++) {
        const value = store.values[block * 64 + k] as number;
        coefficients[naturalOrder[k] as number] = value * (steps[k] as number);
      }
      inverse(coefficients, work, plane.samples, (row * plane.stride + column) * size, plane.stride);
    }
  }
  return plane;
}
