import { marker, readJpegStructure, type Segment } from './jpeg-structure.js';

/** Ways to change a JPEG for a test; each gives a changed copy. */

/** The first segment with that marker. */
export function segmentOf(jpeg: Uint8Array, code: number): Segment {
  const found = readJpegStructure(jpeg).segments.find((segment) => segment.code === code);
  if (found === undefined) throw new RangeError(`the fixture has no segment ${code.toString(16)}`);
  return found;
}

/** Other bytes in place of those from `at` on. */
export function patched(jpeg: Uint8Array, at: number, bytes: readonly number[]): Uint8Array {
  const copy = jpeg.slice();
  copy.set(bytes, at);
  return copy;
}

/** `bytes` in place of those from `start` to `end`. */
export function spliced(
  jpeg: Uint8Array,
  start: number,
  end: number,
  bytes: Uint8Array | readonly number[],
): Uint8Array {
  return Uint8Array.from([...jpeg.subarray(0, start), ...bytes, ...jpeg.subarray(end)]);
}

/** Without the first segment of that marker. */
export function without(jpeg: Uint8Array, code: number): Uint8Array {
  const { start, dataEnd } = segmentOf(jpeg, code);
  return spliced(jpeg, start - 4, dataEnd, []);
}

/** With `bytes` before the first segment of that marker. */
export function insertedBefore(
  jpeg: Uint8Array,
  code: number,
  bytes: Uint8Array | readonly number[],
): Uint8Array {
  const { start } = segmentOf(jpeg, code);
  return spliced(jpeg, start - 4, start - 4, bytes);
}

/** With other values in the frame header: the marker, the precision, the height or the width. */
export function reframed(
  jpeg: Uint8Array,
  frame: {
    readonly code?: number;
    readonly precision?: number;
    readonly width?: number;
    readonly height?: number;
  },
): Uint8Array {
  const { start } = segmentOf(jpeg, marker.sof0);
  const copy = jpeg.slice();
  const view = new DataView(copy.buffer);
  if (frame.code !== undefined) view.setUint8(start - 3, frame.code);
  if (frame.precision !== undefined) view.setUint8(start, frame.precision);
  if (frame.height !== undefined) view.setUint16(start + 1, frame.height);
  if (frame.width !== undefined) view.setUint16(start + 3, frame.width);
  return copy;
}
