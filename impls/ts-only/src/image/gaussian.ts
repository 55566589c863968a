import type { FloatPlane } from './resize.js';

/** A separable Gaussian with radius ⌈3σ⌉, edge pixels repeated; `sigma` above 0, in samples of the plane. */
export function gaussianBlur(plane: FloatPlane, sigma: number): FloatPlane {
  const kernel = new HalfKernel(sigma);
  return blurColumns(blurRows(plane, kernel), kernel);
}

/** The unsharp mask p + amount · (p − G(p)), clamped to 0…255. */
export function unsharpMask(plane: FloatPlane, sigma: number, amount: number): FloatPlane {
  const blurred = gaussianBlur(plane, sigma).values;
  const { values, width, height } = plane;
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = values[i] as number;
    const sharpened = value + amount * (value - (blurred[i] as number));
    out[i] = Math.min(255, Math.max(0, sharpened));
  }
  return { values: out, width, height };
}

/** Pairs of samples, one on each side of the centre, that are added in one go. */
const pairsAtOnce = 4;

/** A symmetric kernel: the weight of the centre, then those of the pairs around it from the inside outwards. */
class HalfKernel {
  readonly radius: number;
  readonly centre: number;
  /** Filled up with zeros to a multiple of {@link pairsAtOnce}. */
  readonly pairs: Float64Array;

  constructor(sigma: number) {
    this.radius = Math.ceil(3 * sigma);
    const raw = Float64Array.from({ length: this.radius }, (_, i) =>
      Math.exp(-((i + 1) ** 2) / (2 * sigma * sigma)),
    );
    const sum = raw.reduce((total, weight) => total + 2 * weight, 1);
    this.centre = 1 / sum;
    this.pairs = new Float64Array(Math.ceil(this.radius / pairsAtOnce) * pairsAtOnce);
    this.pairs.set(raw.map((weight) => weight / sum));
  }
}

function blurRows({ values, width, height }: FloatPlane, kernel: HalfKernel): FloatPlane {
  const out = new Float32Array(values.length);
  const reach = kernel.pairs.length;
  const padded = new Float32Array(width + 2 * reach);
  const before = Int32Array.from({ length: reach }, (_, i) => reach - 1 - i);
  const behind = Int32Array.from({ length: reach }, (_, i) => reach + 1 + i);
  for (let y = 0, at = 0; y < height; y++, at += width) {
    const row = values.subarray(at, at + width);
    padded.fill(row[0] as number, 0, reach);
    padded.set(row, reach);
    padded.fill(row[width - 1] as number, reach + width);
    addSymmetric(padded, reach, before, behind, kernel, out, at, width);
  }
  return { values: out, width, height };
}

function blurColumns({ values, width, height }: FloatPlane, kernel: HalfKernel): FloatPlane {
  const out = new Float32Array(values.length);
  const above = new Int32Array(kernel.pairs.length);
  const below = new Int32Array(kernel.pairs.length);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < above.length; i++) {
      above[i] = Math.max(0, y - 1 - i) * width;
      below[i] = Math.min(height - 1, y + 1 + i) * width;
    }
    addSymmetric(values, y * width, above, below, kernel, out, y * width, width);
  }
  return { values: out, width, height };
}

/** Keeps the arithmetic in 32 bits, which is twice as fast as doubles loaded from and stored to 32 bits. */
const f32 = Math.fround;

/**
 * Writes `length` sums of one line: the samples from `centre` on, and those from each pair of places on, weighted.
 */
function addSymmetric(
  from: Float32Array,
  centre: number,
  before: Int32Array,
  behind: Int32Array,
  kernel: HalfKernel,
  out: Float32Array,
  at: number,
  length: number,
): void {
  const middle = f32(kernel.centre);
  for (let x = 0; x < length; x++) out[at + x] = f32(middle * (from[centre + x] as number));
  for (let i = 0; i < kernel.pairs.length; i += pairsAtOnce) {
    const weight0 = f32(kernel.pairs[i] as number);
    const weight1 = f32(kernel.pairs[i + 1] as number);
    const weight2 = f32(kernel.pairs[i + 2] as number);
    const weight3 = f32(kernel.pairs[i + 3] as number);
    const before0 = before[i] as number;
    const before1 = before[i + 1] as number;
    const before2 = before[i + 2] as number;
    const before3 = before[i + 3] as number;
    const behind0 = behind[i] as number;
    const behind1 = behind[i + 1] as number;
    const behind2 = behind[i + 2] as number;
    const behind3 = behind[i + 3] as number;
    for (let x = 0; x < length; x++) {
      const pair0 = f32(weight0 * f32((from[before0 + x] as number) + (from[behind0 + x] as number)));
      const pair1 = f32(weight1 * f32((from[before1 + x] as number) + (from[behind1 + x] as number)));
      const pair2 = f32(weight2 * f32((from[before2 + x] as number) + (from[behind2 + x] as number)));
      const pair3 = f32(weight3 * f32((from[before3 + x] as number) + (from[behind3 + x] as number)));
      out[at + x] = f32(f32((out[at + x] as number) + f32(pair0 + pair1)) + f32(pair2 + pair3));
    }
  }
}
