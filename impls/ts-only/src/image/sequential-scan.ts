import { corruptJpeg } from '@crossover/workload-image/jpeg-structure';
import type { DecodedComponent, DecodedPlane } from './decoder-frame.js';
import type { EntropyReader } from './entropy-reader.js';
import type { HuffmanLookup } from './huffman-lookup.js';
import { type InverseDct, inverseDct, lastNeeded } from './inverse-dct.js';
import type { BlockDecoder } from './scan-blocks.js';
import type { ScanComponent } from './scan-header.js';
import { readBlock } from './sequential-block.js';

/** Decodes the blocks of a baseline or extended sequential scan straight into samples. */
export class SequentialDecoder implements BlockDecoder {
  readonly #reader: EntropyReader;
  readonly #component: DecodedComponent;
  readonly #dc: HuffmanLookup;
  readonly #ac: HuffmanLookup;
  readonly #steps: Int32Array;
  readonly #plane: DecodedPlane;
  readonly #inverse: InverseDct;
  readonly #block = new Int32Array(64);
  readonly #work = new Int32Array(64);
  #predictedDc = 0;

  /** @throws {WorkloadError} `corrupt-jpeg` when a table is missing. */
  constructor(
    reader: EntropyReader,
    { component, dc, ac }: ScanComponent,
    steps: Int32Array | undefined,
    plane: DecodedPlane,
  ) {
    if (dc === undefined || ac === undefined || steps === undefined) throw corruptJpeg();
    this.#reader = reader;
    this.#component = component;
    this.#dc = dc;
    this.#ac = ac;
    this.#steps = steps;
    this.#plane = plane;
    this.#inverse = inverseDct(component.blockSize);
  }

  block(column: number, row: number): void {
    const block = this.#block;
    const size = this.#component.blockSize;
    const { samples, stride } = this.#plane;
    block.fill(0);
    this.#predictedDc = readBlock(
      this.#reader,
      this.#dc,
      this.#ac,
      this.#steps,
      this.#predictedDc,
      block,
      lastNeeded[size],
    );
    this.#inverse(block, this.#work, samples, (row * stride + column) * size, stride);
  }

  restart(): void {
    this.#predictedDc = 0;
  }
}
