import type { Channel } from './channel.js';

/** What an output is compared with: luma, and for colour the two chroma channels at full size. */
export interface ReferencePicture {
  readonly width: number;
  readonly height: number;
  /** One or three. */
  readonly channels: readonly Channel[];
}

/** `XOIR`, then width, height and number of channels, each in 32 bits, little-endian; then the channels as f32. */
const magic = 0x52494f58;
const headerBytes = 16;

/** The picture as bytes that the harness may keep. */
export function writeReferencePicture({ width, height, channels }: ReferencePicture): Uint8Array {
  const bytes = new Uint8Array(headerBytes + 4 * width * height * channels.length);
  new Uint32Array(bytes.buffer, 0, 4).set([magic, width, height, channels.length]);
  channels.forEach(({ values }, index) => {
    new Float32Array(bytes.buffer, headerBytes + 4 * width * height * index, width * height).set(values);
  });
  return bytes;
}

/** Reads what {@link writeReferencePicture} wrote. */
export function readReferencePicture(bytes: Uint8Array): ReferencePicture {
  const aligned = bytes.slice();
  const [found, width, height, count] = new Uint32Array(aligned.buffer, 0, 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  if (found !== magic) throw new TypeError('these bytes are not a reference picture');
  const channels = Array.from({ length: count }, (_, index): Channel => {
    const from = headerBytes + 4 * width * height * index;
    return {
      values: Float64Array.from(new Float32Array(aligned.buffer, from, width * height)),
      width,
      height,
    };
  });
  return { width, height, channels };
}
