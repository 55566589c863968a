import type { DecodedPlane } from './decoder-frame.js';
import { type Axis, type AxisWeights, lanczosWeights } from './lanczos-weights.js';

/** One channel of the picture while it is worked on; values beyond 0 to 255 are kept until the end. */
export interface FloatPlane {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** What a plane is resized to. */
export interface ResizeTarget {
  readonly x: Axis;
  readonly y: Axis;
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
}

/**
 * Resizes with the Lanczos kernel: rows are resampled as they are needed and kept only while the vertical kernel reaches
 * them, so that memory doesn't grow with the source.
 */
export function resize(plane: DecodedPlane, target: ResizeTarget): FloatPlane {
  const across = lanczosWeights({ count: plane.width, extent: plane.extentX }, target.x, target.mirrorX);
  const down = lanczosWeights({ count: plane.height, extent: plane.extentY }, target.y, target.mirrorY);
  const width = target.x.count;
  const height = target.y.count;
  const values = new Float32Array(width * height);
  const window = new RowWindow(plane, across, down.taps, width);
  // Mirrored, the rows are made from the last to the first: so that the source is always read downwards.
  for (let i = 0; i < height; i++) {
    const y = target.mirrorY ? height - 1 - i : i;
    const rows = window.rowsFrom(down.first[y] as number);
    const weights = down.weights.subarray(y * down.taps, (y + 1) * down.taps);
    combine(rows, weights, values.subarray(y * width, (y + 1) * width));
  }
  return { values, width, height };
}

/** The rows of the source under the vertical kernel, already resampled horizontally. */
class RowWindow {
  readonly #plane: DecodedPlane;
  readonly #across: AxisWeights;
  #rows: Float32Array[];
  #first = 0;
  #filled = 0;

  constructor(plane: DecodedPlane, across: AxisWeights, taps: number, width: number) {
    this.#plane = plane;
    this.#across = across;
    this.#rows = Array.from({ length: taps }, () => new Float32Array(width));
  }

  /** As many rows as the kernel has taps, from source row `first` on, which never decreases between calls. */
  rowsFrom(first: number): readonly Float32Array[] {
    const gone = Math.min(first - this.#first, this.#rows.length);
    if (gone > 0) {
      this.#rows = [...this.#rows.slice(gone), ...this.#rows.slice(0, gone)];
      this.#filled = Math.max(0, this.#filled - gone);
      this.#first = first;
    }
    const { samples, stride } = this.#plane;
    for (; this.#filled < this.#rows.length; this.#filled++) {
      const from = (first + this.#filled) * stride;
      resample(samples, from, this.#across, this.#rows[this.#filled] as Float32Array);
    }
    return this.#rows;
  }
}

function resample(samples: Uint8ClampedArray, from: number, axis: AxisWeights, out: Float32Array): void {
  const { taps, first, weights } = axis;
  const inFours = taps - (taps % 4);
  for (let x = 0, w = 0; x < out.length; x++) {
    let at = from + (first[x] as number);
    let sum = 0;
    for (const end = at + inFours; at < end; at += 4, w += 4) {
      sum +=
        (samples[at] as number) * (weights[w] as number) +
        (samples[at + 1] as number) * (weights[w + 1] as number) +
        (samples[at + 2] as number) * (weights[w + 2] as number) +
        (samples[at + 3] as number) * (weights[w + 3] as number);
    }
    for (let rest = inFours; rest < taps; rest++) sum += (samples[at++] as number) * (weights[w++] as number);
    out[x] = sum;
  }
}

/** Keeps the arithmetic in 32 bits, which is faster than doubles loaded from and stored to 32 bits. */
const f32 = Math.fround;

/** Adds weighted rows to `out`, four at a time: a sum is then loaded and stored a quarter as often. */
function combine(rows: readonly Float32Array[], weights: Float32Array, out: Float32Array): void {
  let t = 0;
  for (; t + 4 <= rows.length; t += 4) {
    const row0 = rows[t] as Float32Array;
    const row1 = rows[t + 1] as Float32Array;
    const row2 = rows[t + 2] as Float32Array;
    const row3 = rows[t + 3] as Float32Array;
    const weight0 = f32(weights[t] as number);
    const weight1 = f32(weights[t + 1] as number);
    const weight2 = f32(weights[t + 2] as number);
    const weight3 = f32(weights[t + 3] as number);
    for (let x = 0; x < out.length; x++) {
      const sum01 = f32(f32(weight0 * (row0[x] as number)) + f32(weight1 * (row1[x] as number)));
      const sum23 = f32(f32(weight2 * (row2[x] as number)) + f32(weight3 * (row3[x] as number)));
      out[x] = f32((out[x] as number) + f32(sum01 + sum23));
    }
  }
  for (; t < rows.length; t++) {
    const row = rows[t] as Float32Array;
    const weight = f32(weights[t] as number);
    for (let x = 0; x < out.length; x++) out[x] = f32((out[x] as number) + f32(weight * (row[x] as number)));
  }
}
