import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { chromaSize } from './encoder-frame.js';
import type { Plane } from './plane.js';
import { hash, ValueNoise } from './value-noise.js';

/** What a generated picture is made from. */
export interface PhotoSettings {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** Peak of the sensor's noise, in 8-bit levels. */
  readonly grain: number;
}

/**
 * A picture with the statistics of a photograph that matter to a JPEG codec and a resizer: large gradients, detail at
 * every scale that fades towards the fine end, smooth and busy regions, edges of objects, and the grain of a sensor.
 * Made in YCbCr with 4:2:0 planes, row by row, from integers and the exactly rounded operations of doubles.
 */
export function generatePhoto(photo: PhotoSettings): readonly [Plane, Plane, Plane] {
  const { seed, width, height } = photo;
  const shapes = scene(seed, width, height);
  const chroma = chromaSize(width, height, '4:2:0');
  return [
    luma(photo, shapes),
    chromaPlane(seed + 101, chroma, shapes, (shape) => shape.cb),
    chromaPlane(seed + 102, chroma, shapes, (shape) => shape.cr),
  ];
}

/** An ellipse or a box with soft edges; lengths in pixels of the luma plane. */
interface Shape {
  readonly isBox: boolean;
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
}

const shapeCount = 260;

/** Large things first, so that small ones stand in front of them. */
function scene(seed: number, width: number, height: number): readonly Shape[] {
  const random = xoroshiro128plus(seed);
  const between = (from: number, to: number): number => uniformInt(random, from, to);
  return Array.from({ length: shapeCount }, (_, index) => {
    const largest = Math.floor(width / (5 + index / 4));
    return {
      isBox: between(0, 2) === 0,
      x: between(0, width - 1),
      y: between(Math.floor(height / 5), height - 1),
      radiusX: between(3 + (largest >> 3), 4 + largest),
      radiusY: between(3 + (largest >> 3), 4 + largest),
      luma: between(30, 225),
      cb: between(108, 146),
      cr: between(112, 148),
    };
  });
}

/** log2 of the lattice cell and gain of each octave; detail falls with the square root of its size or faster. */
const octaves = [
  { shift: 10, gain: 30 },
  { shift: 9, gain: 22 },
  { shift: 8, gain: 16 },
  { shift: 7, gain: 12 },
  { shift: 6, gain: 9 },
] as const;

/** The fine octaves, whose strength changes from region to region. */
const texture = [
  { shift: 5, gain: 34 },
  { shift: 4, gain: 30 },
  { shift: 3, gain: 24 },
  { shift: 2, gain: 24 },
  { shift: 1, gain: 18 },
] as const;

function luma({ seed, width, height, grain }: PhotoSettings, shapes: readonly Shape[]): Plane {
  const samples = new Uint8Array(width * height);
  const noise = (offset: number, shift: number): ValueNoise => new ValueNoise(seed + offset, shift, width);
  const coarse = octaves.map(({ shift, gain }) => ({ noise: noise(shift, shift), gain }));
  const fine = texture.map(({ shift, gain }) => ({ noise: noise(shift, shift), gain }));
  const region = noise(50, 9);
  const level = new Float64Array(width);
  const coarseRow = new Int32Array(width);
  const fineRow = new Int32Array(width);
  const regionRow = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    for (const row of [coarseRow, fineRow, regionRow]) row.fill(0);
    for (const { noise, gain } of coarse) noise.addRow(y, gain, coarseRow);
    for (const { noise, gain } of fine) noise.addRow(y, gain, fineRow);
    region.addRow(y, 1, regionRow);
    level.fill(210 - (120 * y) / height);
    for (const shape of shapes) paint(level, shape, y, 1, shape.luma);
    for (let x = 0; x < width; x++) {
      // From 0 in the calm regions to about 1 in the busy ones.
      const busy = Math.max(0, (regionRow[x] as number) + 12000) / 44000;
      const detail = ((coarseRow[x] as number) + busy * (fineRow[x] as number)) / 32768;
      const bits = hash(x, y, seed);
      const speckle = (((bits & 0xffff) + (bits >>> 16) - 65535) * grain) / 65535;
      samples[y * width + x] = level8((level[x] as number) + detail + speckle);
    }
  }
  return { samples, width, height };
}

function chromaPlane(
  seed: number,
  size: { width: number; height: number },
  shapes: readonly Shape[],
  value: (shape: Shape) => number,
): Plane {
  const { width, height } = size;
  const samples = new Uint8Array(width * height);
  const octaves = [
    { noise: new ValueNoise(seed, 8, width), gain: 12 },
    { noise: new ValueNoise(seed + 1, 6, width), gain: 6 },
    { noise: new ValueNoise(seed + 2, 3, width), gain: 3 },
  ];
  const level = new Float64Array(width);
  const row = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    row.fill(0);
    for (const { noise, gain } of octaves) noise.addRow(y, gain, row);
    level.fill(128);
    for (const shape of shapes) paint(level, shape, 2 * y, 2, value(shape));
    for (let x = 0; x < width; x++) {
      samples[y * width + x] = level8((level[x] as number) + (row[x] as number) / 32768);
    }
  }
  return { samples, width, height };
}

/** Width of the ramp at the left and right edge of a shape, in pixels of the luma plane. */
const softness = 4;

/** Blends a shape's value into the row `y` of the luma plane, of which `row` has every `step`-th pixel. */
function paint(row: Float64Array, shape: Shape, y: number, step: number, value: number): void {
  const offset = (y - shape.y) / shape.radiusY;
  const inside = 1 - offset * offset;
  if (inside <= 0) return;
  const half = shape.isBox ? shape.radiusX : shape.radiusX * Math.sqrt(inside);
  const first = Math.max(0, Math.ceil((shape.x - half - softness) / step));
  const last = Math.min(row.length - 1, Math.floor((shape.x + half + softness) / step));
  for (let i = first; i <= last; i++) {
    const coverage = Math.min(1, Math.max(0, (half - Math.abs(i * step - shape.x)) / softness + 0.5));
    const before = row[i] as number;
    row[i] = before + (value - before) * coverage;
  }
}

/** Rounds and clamps to 8 bits. */
function level8(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 0.5)));
}
