import type { Plane } from './plane.js';

/** One channel of a picture in floating point, row by row. */
export interface Channel {
  readonly values: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** Luma and the two chroma channels of JFIF, from red, green and blue. */
export function toYcc(rgb: readonly Channel[]): readonly [Channel, Channel, Channel] {
  const [red, green, blue] = rgb as [Channel, Channel, Channel];
  const mix = (r: number, g: number, b: number, offset: number): Channel => ({
    ...red,
    values: red.values.map(
      (value, i) => r * value + g * (green.values[i] as number) + b * (blue.values[i] as number) + offset,
    ),
  });
  return [
    mix(0.299, 0.587, 0.114, 0),
    mix(-0.168735892, -0.331264108, 0.5, 128),
    mix(0.5, -0.418687589, -0.081312411, 128),
  ];
}

/** Rounded and clamped to 8 bits. */
export function toPlane({ values, width, height }: Channel): Plane {
  return { samples: Uint8Array.from(values, clamp8), width, height };
}

/** The mean of 2 × 2 pixels, with edge pixels repeated: chroma as 4:2:0 has it. */
export function halved({ values, width, height }: Channel): Channel {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const out = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const lines = [2 * y, Math.min(2 * y + 1, height - 1)];
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (const line of lines) {
        sum += values[line * width + 2 * x] as number;
        sum += values[line * width + Math.min(2 * x + 1, width - 1)] as number;
      }
      out[y * columns + x] = sum / 4;
    }
  }
  return { values: out, width: columns, height: rows };
}

function clamp8(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
