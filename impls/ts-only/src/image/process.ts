import { chromaSize } from '@crossover/workload-image/encoder-frame';
import { type Turn, turnOf } from '@crossover/workload-image/exif-orientation';
import { encodeJpeg } from '@crossover/workload-image/jpeg-encoder';
import { readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import type { ImageOptions } from '@crossover/workload-image/options';
import type { Plane } from '@crossover/workload-image/plane';
import { decodeJpeg } from './decode.js';
import type { BlockSize } from './decoder-frame.js';
import { gaussianBlur, unsharpMask } from './gaussian.js';
import { type FloatPlane, type ResizeTarget, resize } from './resize.js';
import { subsampledYcc } from './rgb.js';

/**
 * The image workload in TypeScript alone. Colour stays YCbCr from the decoder to the encoder, and chroma is worked on at
 * the half size at which it is written; each component is decoded at the smallest of four scales that is not below its target.
 * @throws {WorkloadError} as the workload's specification says.
 */
export function processImage(options: ImageOptions, input: Uint8Array): Uint8Array {
  const structure = readJpegStructure(input);
  const turn = turnOf(structure.orientation);
  const targets = structure.components.map((_, index) =>
    resizeTarget(options, turn, structure.colour === 'ycbcr' && index > 0 ? 2 : 1),
  );
  const decoded = decodeJpeg(input, structure, (component, fullWidth, fullHeight) =>
    smallestSize(targets[component] as ResizeTarget, fullWidth, fullHeight),
  );
  const finished = decoded.map((plane, index) => {
    const target = targets[index] as ResizeTarget;
    const subsampled = structure.colour === 'ycbcr' && index > 0 ? 2 : 1;
    return turned(filtered(resize(plane, target), options, subsampled), turn);
  });
  const planes = structure.colour === 'rgb' ? subsampledYcc(finished) : finished.map(toBytes);
  return encodeJpeg(planes, { quality: options.quality, subsampling: '4:2:0' });
}

/** The size of a component as it is stored, before rows become columns. */
function resizeTarget(options: ImageOptions, turn: Turn, subsampled: 1 | 2): ResizeTarget {
  const upright = subsampled === 2 ? chromaSize(options.width, options.height, '4:2:0') : options;
  const across = { count: upright.width, extent: options.width / subsampled };
  const down = { count: upright.height, extent: options.height / subsampled };
  return turn.transpose
    ? { x: down, y: across, mirrorX: turn.mirrorX, mirrorY: turn.mirrorY }
    : { x: across, y: down, mirrorX: turn.mirrorX, mirrorY: turn.mirrorY };
}

function smallestSize(target: ResizeTarget, fullWidth: number, fullHeight: number): BlockSize {
  const sizes = [1, 2, 4] as const;
  const large = (size: number): boolean =>
    (fullWidth * size) / 8 >= target.x.extent && (fullHeight * size) / 8 >= target.y.extent;
  return sizes.find(large) ?? 8;
}

function filtered(plane: FloatPlane, options: ImageOptions, subsampled: 1 | 2): FloatPlane {
  const { blurSigma, sharpenSigma, sharpenAmount } = options;
  const blurred = blurSigma > 0 ? gaussianBlur(plane, blurSigma / subsampled) : plane;
  if (sharpenSigma === 0 || sharpenAmount === 0) return blurred;
  return unsharpMask(blurred, sharpenSigma / subsampled, sharpenAmount);
}

/** Rows become columns where the orientation asks for it; mirroring is part of the resize. */
function turned(plane: FloatPlane, turn: Turn): FloatPlane {
  if (!turn.transpose) return plane;
  const { values, width, height } = plane;
  const out = new Float32Array(values.length);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) out[x * height + y] = values[from] as number;
  }
  return { values: out, width: height, height: width };
}

function toBytes({ values, width, height }: FloatPlane): Plane {
  return { samples: new Uint8Array(new Uint8ClampedArray(values).buffer), width, height };
}
