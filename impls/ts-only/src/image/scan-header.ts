import {
  corruptJpeg,
  type JpegStructure,
  marker,
  type Segment,
} from '@crossover/workload-image/jpeg-structure';
import type { DecodedComponent, DecodedFrame } from './decoder-frame.js';
import { type HuffmanLookup, huffmanLookup } from './huffman-lookup.js';

/** The tables that segments between scans set and replace. */
export class DecoderTables {
  /** Quantisation steps in zigzag order. */
  readonly steps: (Int32Array | undefined)[] = [];
  readonly dc: (HuffmanLookup | undefined)[] = [];
  readonly ac: (HuffmanLookup | undefined)[] = [];
  /** MCUs between restart markers; 0: none. */
  restartInterval = 0;

  /**
   * Takes over a DQT, DHT or DRI segment; ignores the others.
   * @throws {WorkloadError} `corrupt-jpeg`
   */
  read(input: Uint8Array, segment: Segment): void {
    const payload = input.subarray(segment.start, segment.end);
    if (segment.code === marker.dqt) this.#readSteps(payload);
    else if (segment.code === marker.dht) this.#readHuffman(payload);
    else if (segment.code === marker.dri) {
      if (payload.length !== 2) throw corruptJpeg();
      this.restartInterval = ((payload[0] as number) << 8) | (payload[1] as number);
    }
  }

  #readSteps(payload: Uint8Array): void {
    for (let at = 0; at < payload.length; ) {
      const selector = payload[at++] as number;
      const bytes = 1 + (selector >> 4);
      if (selector >> 4 > 1 || (selector & 15) > 3 || at + 64 * bytes > payload.length) throw corruptJpeg();
      const steps = new Int32Array(64);
      for (let k = 0; k < 64; k++) {
        for (let i = 0; i < bytes; i++) steps[k] = ((steps[k] as number) << 8) | (payload[at++] as number);
      }
      this.steps[selector & 15] = steps;
    }
  }

  #readHuffman(payload: Uint8Array): void {
    for (let at = 0; at < payload.length; ) {
      const selector = payload[at++] as number;
      const counts = payload.subarray(at, at + 16);
      const total = counts.reduce((sum, count) => sum + count, 0);
      at += 16;
      if (selector >> 4 > 1 || (selector & 15) > 3 || total > 256 || at + total > payload.length) {
        throw corruptJpeg();
      }
      const tables = selector >> 4 === 0 ? this.dc : this.ac;
      tables[selector & 15] = huffmanLookup(counts, payload.subarray(at, at + total));
      at += total;
    }
  }
}

/** A component's part in a scan. */
export interface ScanComponent {
  /** Its index in the frame. */
  readonly index: number;
  readonly component: DecodedComponent;
  readonly dc: HuffmanLookup | undefined;
  readonly ac: HuffmanLookup | undefined;
}

/** One scan's header with the tables that hold for it. */
export interface ScanHeader {
  readonly components: readonly ScanComponent[];
  /** First and last coefficient in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** The bit at which the scan before stopped, and that at which this one stops. */
  readonly high: number;
  readonly low: number;
  readonly restartInterval: number;
}

/**
 * Reads a start-of-scan segment and checks it against the frame.
 * @throws {WorkloadError} `corrupt-jpeg`
 */
export function scanHeader(
  input: Uint8Array,
  segment: Segment,
  structure: JpegStructure,
  frame: DecodedFrame,
  tables: DecoderTables,
): ScanHeader {
  const payload = input.subarray(segment.start, segment.end);
  const count = payload[0] ?? 0;
  if (count < 1 || count > frame.components.length || payload.length !== 4 + 2 * count) throw corruptJpeg();
  const components = Array.from({ length: count }, (_, i): ScanComponent => {
    const index = frame.components.findIndex(({ id }) => id === payload[1 + 2 * i]);
    const component = frame.components[index];
    if (component === undefined) throw corruptJpeg();
    const selectors = payload[2 + 2 * i] as number;
    return { index, component, dc: tables.dc[selectors >> 4], ac: tables.ac[selectors & 15] };
  });
  const blocksInMcu = components.reduce(
    (sum, { component }) => sum + component.horizontal * component.vertical,
    0,
  );
  if (new Set(components.map(({ index }) => index)).size < count || (count > 1 && blocksInMcu > 10)) {
    throw corruptJpeg();
  }
  const [first, last, approximation] = payload.subarray(1 + 2 * count) as unknown as [number, number, number];
  const header = {
    components,
    first,
    last,
    high: approximation >> 4,
    low: approximation & 15,
    restartInterval: tables.restartInterval,
  };
  const valid = structure.process === 'progressive' ? isProgressiveBand(header) : isWholeBlock(header);
  if (!valid) throw corruptJpeg();
  return header;
}

function isWholeBlock({ first, last, high, low }: ScanHeader): boolean {
  return first === 0 && last === 63 && high === 0 && low === 0;
}

/** ITU T.81, G.1.1.1; a DC band has one component or several, an AC band one, and a refinement adds one bit. */
function isProgressiveBand({ components, first, last, high, low }: ScanHeader): boolean {
  const band = first === 0 ? last === 0 : components.length === 1 && last >= first && last <= 63;
  return band && low <= 13 && (high === 0 || high === low + 1);
}
