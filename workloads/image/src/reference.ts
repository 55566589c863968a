import { type Channel, halved, toPlane, toYcc } from './channel.js';
import { turnOf } from './exif-orientation.js';
import { encodeJpeg } from './jpeg-encoder.js';
import { type JpegStructure, readJpegStructure } from './jpeg-structure.js';
import { parseOptions } from './options.js';
import { decodeForReference, type Pixels } from './reference-decoder.js';
import { type ReferencePicture, writeReferencePicture } from './reference-picture.js';
import { blur, resizeLanczos, sharpen } from './reference-steps.js';

/** Below this quality an output is compared with a reference that went through the encoder, too. */
const roundTripBelow = 75;

/**
 * The specification as slow and obvious code: full-size decoding, doubles, one step after the other. The bytes are those
 * of `writeReferencePicture`.
 * @throws {WorkloadError} as the specification says.
 */
export function reference(rawOptions: object, input: Uint8Array): Uint8Array {
  const options = parseOptions(rawOptions);
  const structure = readJpegStructure(input);
  const upright = turned(decodeForReference(input, structure), structure);
  const channels = (structure.colour === 'grey' ? [0] : [0, 1, 2]).map((channel) => {
    const resized = resizeLanczos(upright.rgb, channel, upright, options);
    const blurred = options.blurSigma > 0 ? blur(resized, options.blurSigma) : resized;
    const isSharpened = options.sharpenSigma > 0 && options.sharpenAmount > 0;
    return isSharpened ? sharpen(blurred, options.sharpenSigma, options.sharpenAmount) : clamped(blurred);
  });
  const picture: ReferencePicture = {
    width: options.width,
    height: options.height,
    channels: channels.length === 1 ? channels : toYcc(channels),
  };
  return writeReferencePicture(
    options.quality < roundTripBelow ? roundTrip(picture, options.quality) : picture,
  );
}

/** The picture in an 8-bit output, as luma and chroma. */
export function decodedPicture(jpeg: Uint8Array, structure: JpegStructure): ReferencePicture {
  const { width, height, rgb } = decodeForReference(jpeg, structure);
  const channel = (index: number): Channel => ({
    values: Float64Array.from({ length: width * height }, (_, i) => rgb[3 * i + index] as number),
    width,
    height,
  });
  const channels = structure.colour === 'grey' ? [channel(0)] : toYcc([channel(0), channel(1), channel(2)]);
  return { width, height, channels };
}

function roundTrip(picture: ReferencePicture, quality: number): ReferencePicture {
  const planes = picture.channels.map((channel, index) => toPlane(index === 0 ? channel : halved(channel)));
  const jpeg = encodeJpeg(planes, { quality, subsampling: '4:2:0' });
  return decodedPicture(jpeg, readJpegStructure(jpeg));
}

function clamped(channel: Channel): Channel {
  return { ...channel, values: channel.values.map((value) => Math.min(255, Math.max(0, value))) };
}

/** Turns the picture upright. */
function turned(pixels: Pixels, structure: JpegStructure): Pixels {
  if (structure.orientation === 1) return pixels;
  const { mirrorX, mirrorY, transpose } = turnOf(structure.orientation);
  const { width: storedWidth, height: storedHeight, rgb: stored } = pixels;
  const width = transpose ? storedHeight : storedWidth;
  const height = transpose ? storedWidth : storedHeight;
  const rgb = new Uint8Array(stored.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mirroredX = transpose ? y : x;
      const mirroredY = transpose ? x : y;
      const fromX = mirrorX ? storedWidth - 1 - mirroredX : mirroredX;
      const fromY = mirrorY ? storedHeight - 1 - mirroredY : mirroredY;
      const from = (fromY * storedWidth + fromX) * 3;
      for (let channel = 0; channel < 3; channel++) rgb[to++] = stored[from + channel] as number;
    }
  }
  return { width, height, rgb };
}
