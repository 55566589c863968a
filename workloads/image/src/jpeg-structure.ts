import { WorkloadError } from '@crossover/contract/error';
import { exifOrientation, type Orientation } from './exif-orientation.js';

/** A component as the frame header describes it. */
export interface FrameComponent {
  readonly id: number;
  /** Horizontal sampling factor, as it stands in the file. */
  readonly horizontal: number;
  /** Vertical sampling factor, as it stands in the file. */
  readonly vertical: number;
  readonly quantisationTable: number;
}

/** One marker segment that has a length; offsets into the input. */
export interface Segment {
  /** The marker's code, e.g. 0xDA for a start of scan. */
  readonly code: number;
  /** The first byte after the length. */
  readonly start: number;
  /** The byte after the segment. For a start of scan the entropy-coded data begin here. */
  readonly end: number;
  /** For a start of scan, the FF of the marker that ends the entropy-coded data; otherwise equal to `end`. */
  readonly dataEnd: number;
}

/** What the three components mean. */
export type Colour = 'grey' | 'ycbcr' | 'rgb';

/** What can be known of a JPEG without decoding a pixel. */
export interface JpegStructure {
  /** Columns as coded, before the orientation is applied. */
  readonly width: number;
  /** Rows as coded, before the orientation is applied. */
  readonly height: number;
  /** One or three. */
  readonly components: readonly FrameComponent[];
  readonly colour: Colour;
  readonly orientation: Orientation;
  readonly process: 'baseline' | 'extended' | 'progressive';
  /** All segments with a length up to the end-of-image marker, in their order. */
  readonly segments: readonly Segment[];
}

/** Markers by their name in ITU T.81, table B.1, and JFIF. */
export const marker = {
  sof0: 0xc0,
  sof1: 0xc1,
  sof2: 0xc2,
  dht: 0xc4,
  jpg: 0xc8,
  dac: 0xcc,
  sof15: 0xcf,
  rst0: 0xd0,
  rst7: 0xd7,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dri: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
  app14: 0xee,
  tem: 0x01,
} as const;

const megapixelLimit = 100;
const processes = ['baseline', 'extended', 'progressive'] as const;

/** The error for every kind of damage. */
export function corruptJpeg(): WorkloadError {
  return new WorkloadError('corrupt-jpeg', 'the JPEG is damaged');
}

function truncatedJpeg(): WorkloadError {
  return new WorkloadError('truncated-jpeg', 'the JPEG ends before its end-of-image marker');
}

/**
 * Walks the markers from the start to the end-of-image marker and checks what can be checked without decoding, in the
 * order that the specification gives. What follows the end-of-image marker is ignored.
 * @throws {WorkloadError} every error of the specification but the options' and those of the coded data.
 */
export function readJpegStructure(input: Uint8Array): JpegStructure {
  const segments = walk(input);
  const frame = segments.find(({ code }) => isFrameHeader(code));
  if (frame === undefined || !segments.some(({ code }) => code === marker.sos)) throw corruptJpeg();
  const process = processes[frame.code - marker.sof0];
  const precision = byteAt(input, frame.start);
  if (process === undefined || precision !== 8) {
    const kind = `the JPEG uses a coding process that is not supported (SOF ${frame.code - marker.sof0})`;
    throw new WorkloadError('unsupported-jpeg', kind);
  }
  const components = frameComponents(input, frame);
  if (components.length !== 1 && components.length !== 3) {
    const message = `the JPEG has ${components.length} components; 1 and 3 are supported`;
    throw new WorkloadError('unsupported-jpeg', message);
  }
  const height = wordAt(input, frame.start + 1);
  const width = wordAt(input, frame.start + 3);
  if (width === 0 || height === 0) {
    throw new WorkloadError('corrupt-jpeg', `the JPEG claims a size of ${width}×${height} pixels`);
  }
  if (width * height > megapixelLimit * 1e6) {
    const message = `the JPEG has ${width}×${height} pixels; the limit is ${megapixelLimit} megapixels`;
    throw new WorkloadError('image-too-large', message);
  }
  const colour = components.length === 1 ? 'grey' : colourOf(input, segments);
  const orientation = orientationOf(input, segments);
  return { width, height, components, colour, orientation, process, segments };
}

function walk(input: Uint8Array): Segment[] {
  if (input[0] !== 0xff || input[1] !== marker.soi) {
    throw new WorkloadError('not-a-jpeg', 'the input is not a JPEG: it does not begin with FF D8');
  }
  const segments: Segment[] = [];
  let framed = false;
  let at = 2;
  for (;;) {
    if (byteAt(input, at) !== 0xff) throw corruptJpeg();
    do at++;
    while (byteAt(input, at) === 0xff);
    const code = byteAt(input, at++);
    if (code === marker.eoi) return segments;
    if (standsAlone(code)) throw corruptJpeg();
    const length = wordAt(input, at);
    if (length < 2) throw corruptJpeg();
    const start = at + 2;
    const end = at + length;
    if (end > input.length) throw truncatedJpeg();
    if (isFrameHeader(code)) {
      if (framed || length < 8 || length !== 8 + 3 * byteAt(input, start + 5)) throw corruptJpeg();
      framed = true;
    } else if (code === marker.sos && !framed) {
      throw corruptJpeg();
    }
    at = code === marker.sos ? endOfEntropyCodedData(input, end) : end;
    segments.push({ code, start, end, dataEnd: at });
  }
}

function standsAlone(code: number): boolean {
  return code === 0 || code === marker.tem || (code >= marker.rst0 && code <= marker.soi);
}

function isFrameHeader(code: number): boolean {
  const isTable = code === marker.dht || code === marker.jpg || code === marker.dac;
  return code >= marker.sof0 && code <= marker.sof15 && !isTable;
}

function endOfEntropyCodedData(input: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = input.indexOf(0xff, at);
    if (at < 0 || at + 1 >= input.length) throw truncatedJpeg();
    const next = byteAt(input, at + 1);
    const belongsToData = next === 0 || next === 0xff || (next >= marker.rst0 && next <= marker.rst7);
    if (!belongsToData) return at;
  }
}

function frameComponents(input: Uint8Array, frame: Segment): FrameComponent[] {
  return Array.from({ length: byteAt(input, frame.start + 5) }, (_, index) => {
    const at = frame.start + 6 + 3 * index;
    const factors = byteAt(input, at + 1);
    return {
      id: byteAt(input, at),
      horizontal: factors >> 4,
      vertical: factors & 15,
      quantisationTable: byteAt(input, at + 2),
    };
  });
}

/** A JFIF marker means YCbCr; without one, an Adobe marker of transform 0 means RGB. This is libjpeg's order. */
function colourOf(input: Uint8Array, segments: readonly Segment[]): Colour {
  if (segments.some((segment) => segment.code === marker.app0 && beginsWith(input, segment, 'JFIF\0'))) {
    return 'ycbcr';
  }
  const adobe = segments.find(
    (segment) => segment.code === marker.app14 && beginsWith(input, segment, 'Adobe'),
  );
  return adobe !== undefined && adobe.end - adobe.start >= 12 && input[adobe.start + 11] === 0
    ? 'rgb'
    : 'ycbcr';
}

function orientationOf(input: Uint8Array, segments: readonly Segment[]): Orientation {
  const exif = segments.find(
    (segment) => segment.code === marker.app1 && beginsWith(input, segment, 'Exif\0\0'),
  );
  return exif === undefined ? 1 : exifOrientation(input.subarray(exif.start + 6, exif.end));
}

function beginsWith(input: Uint8Array, segment: Segment, text: string): boolean {
  if (segment.end - segment.start < text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (input[segment.start + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

function wordAt(input: Uint8Array, at: number): number {
  return (byteAt(input, at) << 8) | byteAt(input, at + 1);
}

function byteAt(input: Uint8Array, at: number): number {
  const byte = input[at];
  if (byte === undefined) throw truncatedJpeg();
  return byte;
}
