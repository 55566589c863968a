/**
 * How the stored picture must be turned to be upright, as Exif counts: 1 upright, 2 mirrored left to right, 3 turned by
 * 180°, 4 mirrored top to bottom, 5 transposed, 6 to be turned by 90° clockwise, 7 transposed over the other diagonal,
 * 8 to be turned by 90° counter-clockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** An orientation as what is done to the stored picture: mirror its axes, then exchange them. */
export interface Turn {
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
  /** After mirroring, rows become columns. */
  readonly transpose: boolean;
}

const turns: Readonly<Record<Orientation, Turn>> = {
  1: { mirrorX: false, mirrorY: false, transpose: false },
  2: { mirrorX: true, mirrorY: false, transpose: false },
  3: { mirrorX: true, mirrorY: true, transpose: false },
  4: { mirrorX: false, mirrorY: true, transpose: false },
  5: { mirrorX: false, mirrorY: false, transpose: true },
  6: { mirrorX: false, mirrorY: true, transpose: true },
  7: { mirrorX: true, mirrorY: true, transpose: true },
  8: { mirrorX: true, mirrorY: false, transpose: true },
};

/** What an orientation asks for. */
export function turnOf(orientation: Orientation): Turn {
  return turns[orientation];
}

const orientationTag = 0x0112;
const shortType = 3;

/**
 * Reads the orientation from the TIFF structure of an Exif segment (what follows `Exif\0\0`): a single SHORT from 1 to 8
 * in the first directory. Anything else, and every damage, means 1.
 */
export function exifOrientation(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return 1;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, little) !== orientationTag) continue;
    const isShort =
      view.getUint16(entry + 2, little) === shortType && view.getUint32(entry + 4, little) === 1;
    return isShort ? asOrientation(view.getUint16(entry + 8, little)) : 1;
  }
  return 1;
}

function asOrientation(value: number): Orientation {
  return value >= 1 && value <= 8 ? (value as Orientation) : 1;
}
