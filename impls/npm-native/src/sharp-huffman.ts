import {
  corruptJpeg,
  type JpegStructure,
  marker,
  type Segment,
} from '@crossover/workload-image/jpeg-structure';

/**
 * Refuses scans whose Huffman tables are defined nowhere before them. libjpeg-turbo decodes such a file with the tables of
 * ITU T.81, Annex K (motion JPEG leaves them out); the specification calls it damaged.
 * @throws {WorkloadError} `corrupt-jpeg`
 */
export function checkHuffmanTables(input: Uint8Array, structure: JpegStructure): void {
  const defined = new Set<number>();
  for (const segment of structure.segments) {
    if (segment.code === marker.dht) {
      for (const table of definedTables(input.subarray(segment.start, segment.end))) defined.add(table);
    } else if (segment.code === marker.sos) {
      for (const table of usedTables(input, segment)) {
        if (!defined.has(table)) throw corruptJpeg();
      }
    }
  }
}

const acClass = 0x10;

/** The selectors (class · 16 + number) of the tables in a DHT segment. */
function definedTables(payload: Uint8Array): readonly number[] {
  const tables: number[] = [];
  for (let at = 0; at < payload.length; ) {
    tables.push(payload[at] as number);
    const counts = payload.subarray(at + 1, at + 17);
    at += 17 + counts.reduce((sum, count) => sum + count, 0);
  }
  return tables;
}

/** The selectors that a scan needs: DC tables for its DC coefficients unless they are refined, AC tables for the others. */
function usedTables(input: Uint8Array, scan: Segment): readonly number[] {
  const payload = input.subarray(scan.start, scan.end);
  const count = payload[0] ?? 0;
  const [first = 0, last = 0, approximation = 0] = payload.subarray(1 + 2 * count);
  const needsDc = first === 0 && approximation >> 4 === 0;
  const needsAc = last > 0;
  return Array.from({ length: count }, (_, i) => payload[2 + 2 * i] ?? 0).flatMap((selectors) => [
    ...(needsDc ? [selectors >> 4] : []),
    ...(needsAc ? [acClass | (selectors & 15)] : []),
  ]);
}
