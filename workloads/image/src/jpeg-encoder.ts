import { writeBaseline } from './baseline-coder.js';
import { BitWriter } from './bit-writer.js';
import { type EncodedFrame, encodedFrame, type Subsampling } from './encoder-frame.js';
import { marker } from './jpeg-structure.js';
import { naturalOrder, type QuantisationTables, quantisationTables } from './jpeg-tables.js';
import type { Plane } from './plane.js';
import { colourScans, greyScans, type Scan } from './progressive-scans.js';
import { writeProgressive } from './progressive-writer.js';

/**
 * A JPEG encoder that gives the same bytes on every machine: its arithmetic is integers, and doubles with only the four
 * operations that IEEE 754 rounds exactly. It makes the fixtures and the seeded inputs, and it is the encoding step of
 * the pure TypeScript implementation. Written here because there is no kept-up encoder in JavaScript to take: jpeg-js
 * writes neither 4:2:0 nor progressive files, and the others are forks of it.
 */
export interface EncoderOptions {
  /** 1 to 100, as libjpeg scales the tables of Annex K. */
  readonly quality: number;
  /** How the second and third of three planes are subsampled; of no meaning for one or four planes. */
  readonly subsampling: Subsampling;
  /** The scans of a progressive file, `true` for those that libjpeg writes; absent or `false`: a baseline file. */
  readonly progressive?: boolean | readonly Scan[];
  /** MCUs between restart markers; 0 or absent: none. */
  readonly restartInterval?: number;
  /** Written as an Exif segment; absent: no such segment. */
  readonly orientation?: number;
  /** Writes an Adobe segment with this transform (0: RGB or CMYK, 1: YCbCr) instead of the JFIF segment. */
  readonly adobeTransform?: number;
}

/**
 * Encodes one plane (grey), three (YCbCr, the last two already subsampled: see `chromaSize`) or four (CMYK).
 * The picture's size is that of the first plane.
 */
export function encodeJpeg(planes: readonly Plane[], options: EncoderOptions): Uint8Array {
  const frame = encodedFrame(planes, options.subsampling);
  const tables = quantisationTables(options.quality);
  const restartInterval = options.restartInterval ?? 0;
  const out = new BitWriter((frame.width * frame.height) >> 1);
  const scans = scansOf(options.progressive ?? false, planes.length);
  writeHeaders(out, frame, tables, scans === undefined ? marker.sof0 : marker.sof2, options);
  if (restartInterval > 0) out.segment(marker.dri, [restartInterval >> 8, restartInterval & 0xff]);
  if (scans === undefined) writeBaseline(out, frame, tables, restartInterval);
  else writeProgressive(out, frame, tables, restartInterval, scans);
  out.raw([0xff, marker.eoi]);
  return out.finish();
}

function scansOf(progressive: boolean | readonly Scan[], components: number): readonly Scan[] | undefined {
  if (typeof progressive !== 'boolean') return progressive;
  if (!progressive) return undefined;
  return components === 1 ? greyScans : colourScans;
}

function writeHeaders(
  out: BitWriter,
  frame: EncodedFrame,
  tables: QuantisationTables,
  frameCode: number,
  options: EncoderOptions,
): void {
  out.raw([0xff, marker.soi]);
  if (options.adobeTransform === undefined) {
    out.segment(marker.app0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  } else {
    out.segment(marker.app14, [...ascii('Adobe'), 0, 100, 0, 0, 0, 0, options.adobeTransform]);
  }
  if (options.orientation !== undefined) out.segment(marker.app1, exifSegment(options.orientation));
  const quantisation = frame.components.some((component) => component.tables === 1)
    ? [tables.luminance, tables.chrominance]
    : [tables.luminance];
  quantisation.forEach((steps, index) => {
    out.segment(marker.dqt, [index, ...Array.from(naturalOrder, (position) => steps[position] as number)]);
  });
  const { width, height, components } = frame;
  out.segment(frameCode, [
    ...[8, height >> 8, height & 0xff, width >> 8, width & 0xff, components.length],
    ...components.flatMap(({ id, horizontal, vertical, tables }) => [
      id,
      (horizontal << 4) | vertical,
      tables,
    ]),
  ]);
}

/** A little-endian TIFF structure with one directory of one entry. */
function exifSegment(orientation: number): number[] {
  const header = [0x49, 0x49, 42, 0, 8, 0, 0, 0];
  const entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0];
  return [...ascii('Exif\0\0'), ...header, 1, 0, ...entry, 0, 0, 0, 0];
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
