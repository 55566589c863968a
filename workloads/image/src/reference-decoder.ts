import { decode } from 'jpeg-js';
import { corruptJpeg, type JpegStructure, marker } from './jpeg-structure.js';

/** Pixels of three channels (red, green, blue; grey three times the same), row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** What jpeg-js may take for 100 megapixels without subsampling; it keeps every coefficient in 32 bits. */
const memoryLimitMiB = 8192;

/**
 * Decodes with jpeg-js, which shares no code with any implementation. Chroma is upsampled by repetition.
 *
 * jpeg-js gets a copy that holds only what decoding needs: it trips over fill bytes and some application segments, and of
 * an Adobe segment with transform 0 it makes YCbCr. It can't read scans of one component whose last restart interval is a short one.
 * @throws {WorkloadError} `corrupt-jpeg` whatever jpeg-js says.
 */
export function decodeForReference(input: Uint8Array, structure: JpegStructure): Pixels {
  try {
    const { width, height, data } = decode(essence(input, structure), {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      colorTransform: structure.colour !== 'rgb',
      maxResolutionInMP: 100,
      maxMemoryUsageInMB: memoryLimitMiB,
    });
    return { width, height, rgb: data };
  } catch {
    throw corruptJpeg();
  }
}

const needed: ReadonlySet<number> = new Set([
  marker.sof0,
  marker.sof1,
  marker.sof2,
  marker.dht,
  marker.dqt,
  marker.dri,
  marker.sos,
]);

/** The segments that decoding needs, without fill bytes. */
function essence(input: Uint8Array, structure: JpegStructure): Uint8Array {
  const out = new Uint8Array(input.length);
  let length = 0;
  const append = (bytes: ArrayLike<number>): void => {
    out.set(bytes, length);
    length += bytes.length;
  };
  append([0xff, marker.soi]);
  for (const { code, start, end, dataEnd } of structure.segments) {
    if (!needed.has(code)) continue;
    append([0xff, code]);
    append(input.subarray(start - 2, end));
    for (let at = end; at < dataEnd; at++) {
      const isFill = input[at] === 0xff && input[at + 1] === 0xff;
      if (!isFill) out[length++] = input[at] as number;
    }
  }
  append([0xff, marker.eoi]);
  return out.subarray(0, length);
}
