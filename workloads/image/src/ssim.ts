import type { Channel } from './channel.js';

/** Half of the 11 × 11 window. */
const radius = 5;
const sigma = 1.5;
const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;

/**
 * The mean structural similarity of two channels of the same size, 1 for equal ones: Z. Wang, A. C. Bovik, H. R. Sheikh,
 * E. P. Simoncelli, "Image quality assessment: from error visibility to structural similarity", IEEE Transactions on Image
 * Processing 13(4), 2004, with its 11 × 11 Gaussian window. The window is clipped at the borders, so every pixel counts.
 */
export function meanSsim(a: Channel, b: Channel): number {
  const { width, height } = a;
  const product = (x: Float64Array, y: Float64Array): Float64Array =>
    x.map((value, i) => value * (y[i] as number));
  const local = (values: Float64Array): Float64Array => localMeans(values, width, height);
  const meanA = local(a.values);
  const meanB = local(b.values);
  const meanAa = local(product(a.values, a.values));
  const meanBb = local(product(b.values, b.values));
  const meanAb = local(product(a.values, b.values));
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const muA = meanA[i] as number;
    const muB = meanB[i] as number;
    const varianceA = (meanAa[i] as number) - muA * muA;
    const varianceB = (meanBb[i] as number) - muB * muB;
    const covariance = (meanAb[i] as number) - muA * muB;
    const luminance = (2 * muA * muB + c1) / (muA * muA + muB * muB + c1);
    const structure = (2 * covariance + c2) / (varianceA + varianceB + c2);
    sum += luminance * structure;
  }
  return sum / meanA.length;
}

/** Means under the window around each pixel; the window is separable, and so is its clipping. */
function localMeans(values: Float64Array, width: number, height: number): Float64Array {
  const columns = clippedWindows(width);
  const rows = clippedWindows(height);
  const across = new Float64Array(values.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const { first, weights } = columns[x] as Window;
      const from = y * width + first;
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (values[from + i] as number);
      across[at] = sum;
    }
  }
  const out = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y] as Window;
    const line = out.subarray(y * width, (y + 1) * width);
    for (let i = 0; i < weights.length; i++) {
      const from = (first + i) * width;
      const weight = weights[i] as number;
      for (let x = 0; x < width; x++) line[x] = (line[x] as number) + weight * (across[from + x] as number);
    }
  }
  return out;
}

/** The weights of the pixels from `first` on, whose sum is 1. */
interface Window {
  readonly first: number;
  readonly weights: Float64Array;
}

function clippedWindows(length: number): readonly Window[] {
  return Array.from({ length }, (_, centre) => {
    const first = Math.max(0, centre - radius);
    const last = Math.min(length - 1, centre + radius);
    const raw = Float64Array.from({ length: last - first + 1 }, (_, i) => {
      return Math.exp(-((first + i - centre) ** 2) / (2 * sigma * sigma));
    });
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}
