import type { BlockSize } from './decoder-frame.js';

/**
 * Writes one block of samples from dequantised coefficients (64, row by row) into `out` from `at`, rows `stride` apart.
 * `out` clamps. `work` is scratch of 64 numbers.
 */
export type InverseDct = (
  coefficients: Int32Array,
  work: Int32Array,
  out: Uint8ClampedArray,
  at: number,
  stride: number,
) => void;

/**
 * The inverse DCT that gives blocks of the wanted size. The reduced ones are the inverse DCT of that many points over the
 * lowest frequencies: the block as a low-pass filter and decimation would leave it.
 */
export function inverseDct(size: BlockSize): InverseDct {
  switch (size) {
    case 8:
      return inverse8;
    case 4:
      return inverse4;
    case 2:
      return inverse2;
    case 1:
      return inverse1;
  }
}

/** The last coefficient in zigzag order that an inverse DCT of this size looks at. */
export const lastNeeded: Readonly<Record<BlockSize, number>> = { 8: 63, 4: 24, 2: 4, 1: 0 };

const inverse1: InverseDct = (coefficients, _work, out, at) => {
  out[at] = (((coefficients[0] as number) + 4) >> 3) + 128;
};

const inverse2: InverseDct = (coefficients, _work, out, at, stride) => {
  const mean = (coefficients[0] as number) + 4;
  const across = coefficients[1] as number;
  const down = coefficients[8] as number;
  const both = coefficients[9] as number;
  out[at] = ((mean + across + down + both) >> 3) + 128;
  out[at + 1] = ((mean - across + down - both) >> 3) + 128;
  out[at + stride] = ((mean + across - down - both) >> 3) + 128;
  out[at + stride + 1] = ((mean - across - down + both) >> 3) + 128;
};

/** cos(π/8)/√2 and cos(3π/8)/√2 in units of 1/8192. */
const quarter1 = 5352;
const quarter3 = 2217;

const inverse4: InverseDct = (coefficients, work, out, at, stride) => {
  for (let x = 0; x < 4; x++) {
    const even = (coefficients[x] as number) << 12;
    const even2 = (coefficients[x + 16] as number) << 12;
    const odd1 = coefficients[x + 8] as number;
    const odd3 = coefficients[x + 24] as number;
    const outer = odd1 * quarter1 + odd3 * quarter3;
    const inner = odd1 * quarter3 - odd3 * quarter1;
    work[x] = (even + even2 + outer + 1024) >> 11;
    work[x + 4] = (even - even2 + inner + 1024) >> 11;
    work[x + 8] = (even - even2 - inner + 1024) >> 11;
    work[x + 12] = (even + even2 - outer + 1024) >> 11;
  }
  for (let y = 0, to = at; y < 16; y += 4, to += stride) {
    const even = ((work[y] as number) << 12) + (128 << 16) + (1 << 15);
    const even2 = (work[y + 2] as number) << 12;
    const odd1 = work[y + 1] as number;
    const odd3 = work[y + 3] as number;
    const outer = odd1 * quarter1 + odd3 * quarter3;
    const inner = odd1 * quarter3 - odd3 * quarter1;
    out[to] = (even + even2 + outer) >> 16;
    out[to + 1] = (even - even2 + inner) >> 16;
    out[to + 2] = (even - even2 - inner) >> 16;
    out[to + 3] = (even + even2 - outer) >> 16;
  }
};

/** Constants of Loeffler, Ligtenberg and Moschytz (1989), in units of 1/8192, named as in libjpeg's `jidctint.c`. */
const fix0298 = 2446;
const fix0390 = 3196;
const fix0541 = 4433;
const fix0765 = 6270;
const fix0899 = 7373;
const fix1175 = 9633;
const fix1501 = 12299;
const fix1847 = 15137;
const fix1961 = 16069;
const fix2053 = 16819;
const fix2562 = 20995;
const fix3072 = 25172;

const inverse8: InverseDct = (coefficients, work, out, at, stride) => {
  for (let x = 0; x < 8; x++) {
    const c0 = coefficients[x] as number;
    const c1 = coefficients[x + 8] as number;
    const c2 = coefficients[x + 16] as number;
    const c3 = coefficients[x + 24] as number;
    const c4 = coefficients[x + 32] as number;
    const c5 = coefficients[x + 40] as number;
    const c6 = coefficients[x + 48] as number;
    const c7 = coefficients[x + 56] as number;
    if ((c1 | c2 | c3 | c4 | c5 | c6 | c7) === 0) {
      const flat = c0 << 2;
      for (let y = x; y < 64; y += 8) work[y] = flat;
      continue;
    }
    const shared = (c2 + c6) * fix0541;
    const even2 = shared - c6 * fix1847;
    const even3 = shared + c2 * fix0765;
    const sum = ((c0 + c4) << 13) + 1024;
    const difference = ((c0 - c4) << 13) + 1024;

    const z5 = (c7 + c3 + c5 + c1) * fix1175;
    const z1 = (c7 + c1) * -fix0899;
    const z2 = (c5 + c3) * -fix2562;
    const z3 = (c7 + c3) * -fix1961 + z5;
    const z4 = (c5 + c1) * -fix0390 + z5;
    const odd0 = c7 * fix0298 + z1 + z3;
    const odd1 = c5 * fix2053 + z2 + z4;
    const odd2 = c3 * fix3072 + z2 + z3;
    const odd3 = c1 * fix1501 + z1 + z4;

    work[x] = (sum + even3 + odd3) >> 11;
    work[x + 56] = (sum + even3 - odd3) >> 11;
    work[x + 8] = (difference + even2 + odd2) >> 11;
    work[x + 48] = (difference + even2 - odd2) >> 11;
    work[x + 16] = (difference - even2 + odd1) >> 11;
    work[x + 40] = (difference - even2 - odd1) >> 11;
    work[x + 24] = (sum - even3 + odd0) >> 11;
    work[x + 32] = (sum - even3 - odd0) >> 11;
  }
  const rounding = (1 << 17) + (128 << 18);
  for (let y = 0, to = at; y < 64; y += 8, to += stride) {
    const c0 = work[y] as number;
    const c1 = work[y + 1] as number;
    const c2 = work[y + 2] as number;
    const c3 = work[y + 3] as number;
    const c4 = work[y + 4] as number;
    const c5 = work[y + 5] as number;
    const c6 = work[y + 6] as number;
    const c7 = work[y + 7] as number;
    const shared = (c2 + c6) * fix0541;
    const even2 = shared - c6 * fix1847;
    const even3 = shared + c2 * fix0765;
    const sum = ((c0 + c4) << 13) + rounding;
    const difference = ((c0 - c4) << 13) + rounding;

    const z5 = (c7 + c3 + c5 + c1) * fix1175;
    const z1 = (c7 + c1) * -fix0899;
    const z2 = (c5 + c3) * -fix2562;
    const z3 = (c7 + c3) * -fix1961 + z5;
    const z4 = (c5 + c1) * -fix0390 + z5;
    const odd0 = c7 * fix0298 + z1 + z3;
    const odd1 = c5 * fix2053 + z2 + z4;
    const odd2 = c3 * fix3072 + z2 + z3;
    const odd3 = c1 * fix1501 + z1 + z4;

    out[to] = (sum + even3 + odd3) >> 18;
    out[to + 7] = (sum + even3 - odd3) >> 18;
    out[to + 1] = (difference + even2 + odd2) >> 18;
    out[to + 6] = (difference + even2 - odd2) >> 18;
    out[to + 2] = (difference - even2 + odd1) >> 18;
    out[to + 5] = (difference - even2 - odd1) >> 18;
    out[to + 3] = (sum - even3 + odd0) >> 18;
    out[to + 4] = (sum - even3 - odd0) >> 18;
  }
};
