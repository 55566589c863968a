import type { Channel } from './channel.js';

/** The steps between decoding and encoding as the specification words them, in doubles. */

/** Weights of one new pixel: those of the old pixels from `first` on. */
interface Kernel {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Resizes with the Lanczos kernel, a = 3, stretched when shrinking; weights are normalised over the pixels inside. */
export function resizeLanczos(
  pixels: Uint8Array,
  channel: number,
  size: { width: number; height: number },
  target: { width: number; height: number },
): Channel {
  const across = lanczosKernels(size.width, target.width);
  const down = lanczosKernels(size.height, target.height);
  const narrow = new Float64Array(target.width * size.height);
  for (let y = 0; y < size.height; y++) {
    across.forEach(({ first, weights }, x) => {
      let sum = 0;
      let at = (y * size.width + first) * 3 + channel;
      for (const weight of weights) {
        sum += weight * (pixels[at] as number);
        at += 3;
      }
      narrow[y * target.width + x] = sum;
    });
  }
  const values = new Float64Array(target.width * target.height);
  down.forEach(({ first, weights }, y) => {
    weights.forEach((weight, i) => {
      const from = (first + i) * target.width;
      for (let x = 0; x < target.width; x++) {
        const at = y * target.width + x;
        values[at] = (values[at] as number) + weight * (narrow[from + x] as number);
      }
    });
  });
  return { values, ...target };
}

function lanczosKernels(from: number, to: number): readonly Kernel[] {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - 3 * stretch));
    const last = Math.min(from - 1, Math.floor(centre + 3 * stretch));
    const raw = Array.from({ length: last - first + 1 }, (_, j) => lanczos3((first + j - centre) / stretch));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

function lanczos3(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  return (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * Math.PI * x * x);
}

/** Gaussian blur with radius ⌈3σ⌉ and repeated edge pixels. */
export function blur(channel: Channel, sigma: number): Channel {
  const radius = Math.ceil(3 * sigma);
  const raw = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = raw.reduce((total, weight) => total + weight, 0);
  const kernel = raw.map((weight) => weight / sum);
  const { width, height } = channel;
  const rows = convolve(channel.values, kernel, { lines: height, length: width, line: width, step: 1 });
  const values = convolve(rows, kernel, { lines: width, length: height, line: 1, step: width });
  return { values, width, height };
}

/** The unsharp mask p + amount · (p − G(p)), clamped. */
export function sharpen(channel: Channel, sigma: number, amount: number): Channel {
  const blurred = blur(channel, sigma).values;
  const values = channel.values.map((p, i) => {
    return Math.min(255, Math.max(0, p + amount * (p - (blurred[i] as number))));
  });
  return { ...channel, values };
}

/** `lines` lines of `length` values, `line` apart, whose values are `step` apart. */
interface Lines {
  readonly lines: number;
  readonly length: number;
  readonly line: number;
  readonly step: number;
}

function convolve(values: Float64Array, kernel: readonly number[], shape: Lines): Float64Array {
  const radius = (kernel.length - 1) / 2;
  const out = new Float64Array(values.length);
  for (let line = 0; line < shape.lines; line++) {
    const origin = line * shape.line;
    for (let i = 0; i < shape.length; i++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const place = Math.min(shape.length - 1, Math.max(0, i + k));
        sum += (kernel[k + radius] as number) * (values[origin + place * shape.step] as number);
      }
      out[origin + i * shape.step] = sum;
    }
  }
  return out;
}
