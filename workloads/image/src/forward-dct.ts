import { naturalOrder } from './jpeg-tables.js';

/**
 * The forward DCT and quantisation of one 8 × 8 block after Arai, Agui and Nakajima (1988), in the flow graph of libjpeg's
 * `jfdctflt.c`. Only additions and multiplications of doubles by literals: the same bits on every machine.
 */

/** cos(kπ/16)·√2 for k > 0, 1 for k = 0: what the flow graph leaves for the quantisation. */
const outputScale = [
  1.0, 1.387039845, 1.306562965, 1.175875602, 1.0, 0.785694958, 0.5411961, 0.275899379,
] as const;

/** What each coefficient is multiplied with, in zigzag order, for the quantisation steps given row by row. */
export function reciprocals(steps: Uint8Array): Float64Array {
  return Float64Array.from(naturalOrder, (position) => {
    const scale = (outputScale[position >> 3] ?? 1) * (outputScale[position & 7] ?? 1) * 8;
    return 1 / ((steps[position] ?? 1) * scale);
  });
}

/**
 * Transforms and quantises `block` (64 samples row by row, level-shifted, used as scratch) into `out` from `at`, in zigzag order.
 */
export function transformBlock(
  block: Float64Array,
  scales: Float64Array,
  out: Int16Array | Int32Array,
  at: number,
): void {
  for (let row = 0; row < 64; row += 8) transformLine(block, row, 1);
  for (let column = 0; column < 8; column++) transformLine(block, column, 8);
  for (let k = 0; k < 64; k++) {
    // Rounds to the nearest without a branch: the sum is positive, so `| 0` rounds down.
    const value = (block[naturalOrder[k] as number] as number) * (scales[k] as number);
    out[at + k] = ((value + 16384.5) | 0) - 16384;
  }
}

function transformLine(d: Float64Array, at: number, step: number): void {
  const d0 = d[at] as number;
  const d1 = d[at + step] as number;
  const d2 = d[at + 2 * step] as number;
  const d3 = d[at + 3 * step] as number;
  const d4 = d[at + 4 * step] as number;
  const d5 = d[at + 5 * step] as number;
  const d6 = d[at + 6 * step] as number;
  const d7 = d[at + 7 * step] as number;
  const sum07 = d0 + d7;
  const sum16 = d1 + d6;
  const sum25 = d2 + d5;
  const sum34 = d3 + d4;
  const difference07 = d0 - d7;
  const difference16 = d1 - d6;
  const difference25 = d2 - d5;
  const difference34 = d3 - d4;

  const even0 = sum07 + sum34;
  const even3 = sum07 - sum34;
  const even1 = sum16 + sum25;
  const even2 = sum16 - sum25;
  d[at] = even0 + even1;
  d[at + 4 * step] = even0 - even1;
  const turned = (even2 + even3) * Math.SQRT1_2;
  d[at + 2 * step] = even3 + turned;
  d[at + 6 * step] = even3 - turned;

  const odd0 = difference34 + difference25;
  const odd1 = difference25 + difference16;
  const odd2 = difference16 + difference07;
  const z5 = (odd0 - odd2) * 0.382683433;
  const z2 = 0.5411961 * odd0 + z5;
  const z4 = 1.306562965 * odd2 + z5;
  const z3 = odd1 * Math.SQRT1_2;
  const z11 = difference07 + z3;
  const z13 = difference07 - z3;
  d[at + 5 * step] = z13 + z2;
  d[at + 3 * step] = z13 - z2;
  d[at + step] = z11 + z4;
  d[at + 7 * step] = z11 - z4;
}
