import { chromaSize } from '@crossover/workload-image/encoder-frame';
import type { Plane } from '@crossover/workload-image/plane';
import type { FloatPlane } from './resize.js';

/** Converts planes of red, green and blue to luma and chroma (JFIF), chroma being the mean of 2 × 2 pixels. */
export function subsampledYcc(rgb: readonly FloatPlane[]): readonly Plane[] {
  const [red, green, blue] = rgb as [FloatPlane, FloatPlane, FloatPlane];
  const { width, height } = red;
  const half = chromaSize(width, height, '4:2:0');
  const mix = (r: number, g: number, b: number): Float32Array =>
    red.values.map(
      (value, i) => r * value + g * (green.values[i] as number) + b * (blue.values[i] as number),
    );
  const chroma = (full: Float32Array): Plane => ({ samples: halved(full, width, height), ...half });
  return [
    { samples: bytes(mix(0.299, 0.587, 0.114)), width, height },
    chroma(mix(-0.168735892, -0.331264108, 0.5)),
    chroma(mix(0.5, -0.418687589, -0.081312411)),
  ];
}

function halved(values: Float32Array, width: number, height: number): Uint8Array {
  const size = chromaSize(width, height, '4:2:0');
  const means = new Float32Array(size.width * size.height);
  for (let y = 0, to = 0; y < size.height; y++) {
    const above = 2 * y * width;
    const below = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < size.width; x++) {
      const left = 2 * x;
      const right = Math.min(2 * x + 1, width - 1);
      const sum =
        (values[above + left] as number) +
        (values[above + right] as number) +
        (values[below + left] as number) +
        (values[below + right] as number);
      means[to++] = sum / 4 + 128;
    }
  }
  return bytes(means);
}

function bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(new Uint8ClampedArray(values).buffer);
}
