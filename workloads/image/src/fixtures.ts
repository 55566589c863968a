import { chromaSize, type Subsampling } from './encoder-frame.js';
import { type EncoderOptions, encodeJpeg } from './jpeg-encoder.js';
import type { Plane } from './plane.js';

/**
 * What a test picture is made with, besides its size. Its content is in colour, grey, in colour but stored as red, green and
 * blue, or without edges and waves: then every interpolation gives nearly the same.
 */
export interface FixtureOptions extends Partial<EncoderOptions> {
  readonly content?: 'colour' | 'grey' | 'rgb' | 'smooth';
}

/**
 * A small picture with a gradient, an edge and a wave, different in every direction, so that a wrong turn or a wrong
 * plane shows. Smooth enough to survive a low quality.
 */
export function fixture(width: number, height: number, options: FixtureOptions = {}): Uint8Array {
  const { content = 'colour', ...given } = options;
  const subsampling = content === 'rgb' ? '4:4:4' : (given.subsampling ?? '4:2:0');
  const planes = contents[content](width, height, subsampling);
  return encodeJpeg(planes, { quality: 90, ...given, subsampling });
}

type Content = (width: number, height: number, subsampling: Subsampling) => readonly Plane[];

const contents: Readonly<Record<NonNullable<FixtureOptions['content']>, Content>> = {
  colour: fixturePlanes,
  grey: (width, height) => [lumaPlane(width, height)],
  rgb: (width, height) => [lumaPlane(width, height), lumaPlane(width, height), blueish(width, height)],
  smooth: (width, height, subsampling) => {
    const [, ...chroma] = fixturePlanes(width, height, subsampling);
    return [plane(width, height, (x, y) => 60 + 90 * x + 50 * y), ...chroma];
  },
};

/** The same picture in four components, as a printer would want it. */
export function cmykFixture(width: number, height: number): Uint8Array {
  const plane = lumaPlane(width, height);
  return encodeJpeg([plane, plane, plane, plane], { quality: 90, subsampling: '4:4:4', adobeTransform: 0 });
}

/** The planes of {@link fixture}. */
export function fixturePlanes(width: number, height: number, subsampling: Subsampling): readonly Plane[] {
  const chroma = chromaSize(width, height, subsampling);
  return [
    lumaPlane(width, height),
    plane(chroma.width, chroma.height, (x, y) => 100 + 60 * x - 20 * y),
    plane(chroma.width, chroma.height, (x, y) => 150 - 30 * x - 40 * y),
  ];
}

function lumaPlane(width: number, height: number): Plane {
  return plane(width, height, (x, y) => {
    const gradient = 60 + 90 * x + 40 * y;
    const edge = x > 0.6 && y < 0.4 ? 60 : 0;
    return gradient + edge + 40 * wave(9 * x + 5 * y * y);
  });
}

/** A little off the other two colours. */
function blueish(width: number, height: number): Plane {
  const { samples } = lumaPlane(width, height);
  return { samples: samples.map((level) => Math.max(0, level - 50)), width, height };
}

/** A parabola's arc for each half period, within ±1: close to a sine, and the same on every machine. */
function wave(phase: number): number {
  const t = phase - Math.floor(phase);
  return t < 0.5 ? 16 * t * (0.5 - t) : -16 * (t - 0.5) * (1 - t);
}

/** A plane of a function of the place, both coordinates from 0 to 1. */
function plane(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = value((x + 0.5) / width, (y + 0.5) / height);
      samples[y * width + x] = Math.min(255, Math.max(0, Math.floor(level + 0.5)));
    }
  }
  return { samples, width, height };
}
