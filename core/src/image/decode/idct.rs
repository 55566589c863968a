//! From coefficients to samples: dequantisation and inverse DCT (T.81, A.3.3), at full size or smaller.
//!
//! A block at a reduced scale is the inverse transform of that size of its lowest frequencies: a low pass inside the
//! block, and far less to compute. Factors that belong to a frequency alone are folded into the quantisation steps.

use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};

/// The place of each coefficient of the zigzag order in a block of 8 rows (T.81, figure A.6).
pub const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Where the frequencies go that a reduced block leaves out.
const UNUSED: u8 = 64;

/// The coefficients of one block, dequantised: `block_size` rows of as many, and a place for the unused ones.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Long enough that a masked index needs no check.
    coefficients: [f32; 128],
}

impl Block {
    /// All coefficients zero.
    pub const ZERO: Self = Self {
        coefficients: [0.0; 128],
    };
}

/// How the blocks of one component become samples.
#[derive(Debug)]
pub struct Reconstruction {
    block_size: usize,
    /// For each coefficient in zigzag order: its place in a block.
    places: [u8; 64],
    /// Which coefficients of the zigzag order have a place in a block, a bit for each.
    used: u64,
    /// For each coefficient in zigzag order: its quantisation step and what the transform wants folded in.
    steps: [f32; 64],
}

impl Reconstruction {
    /// For a quantisation table in zigzag order and a `block_size` of 8, 4, 2 or 1.
    pub fn new(quantisation: &[u16; 64], block_size: usize) -> Self {
        let mut places = [UNUSED; 64];
        let mut used = 0;
        let mut steps = [0.0; 64];
        for (at, &natural) in ZIGZAG.iter().enumerate() {
            let (row, column) = (usize::from(natural / 8), usize::from(natural % 8));
            if row < block_size && column < block_size {
                places[at] = (row * block_size + column) as u8;
                used |= 1 << at;
                steps[at] =
                    f32::from(quantisation[at]) * factor(row, block_size) * factor(column, block_size);
            }
        }
        Self {
            block_size,
            places,
            used,
            steps,
        }
    }

    /// Makes a block one with nothing but its DC coefficient.
    #[inline(always)]
    pub fn start(&self, block: &mut Block, dc: i32) {
        match self.block_size {
            1 => {}
            2 => block.coefficients[..4].fill(0.0),
            4 => block.coefficients[..16].fill(0.0),
            _ => block.coefficients[..64].fill(0.0),
        }
        block.coefficients[0] = dc as f32 * self.steps[0];
    }

    /// Sets the coefficient `at` (0 to 63) of the zigzag order.
    #[inline(always)]
    pub fn set(&self, block: &mut Block, at: usize, value: i32) {
        block.coefficients[usize::from(self.places[at] & 127)] = value as f32 * self.steps[at];
    }

    /// Fills a block with coefficients in zigzag order, of which those are not zero that have a bit in `nonzero`.
    #[inline(always)]
    pub fn dequantise(&self, block: &mut Block, coefficients: &[i16; 64], nonzero: u64) {
        self.start(block, i32::from(coefficients[0]));
        for at in ones(nonzero & self.used & !1) {
            self.set(block, at, i32::from(coefficients[at]));
        }
    }

    /// Transforms `block` and writes its samples to the beginning of `out` and `stride` further on for each row.
    #[inline(always)]
    pub fn write(&self, block: &Block, out: &mut [u8], stride: usize) {
        match self.block_size {
            1 => out[0] = to_sample(block.coefficients[0]),
            2 => write_2(block, out, stride),
            4 => write_square::<4>(block, out, stride, transform_4),
            _ => write_square::<8>(block, out, stride, transform_8),
        }
    }
}

/// The places of the bits that are set, from the lowest.
pub fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(lowest)
    })
}

/// What a frequency is multiplied with in one direction before a transform of `block_size`, which is orthonormal but for
/// this; the square root of `block_size` / 8 keeps the level.
fn factor(frequency: usize, block_size: usize) -> f32 {
    match (block_size, frequency) {
        (8, 0) | (1 | 2, _) => FRAC_1_SQRT_2 / 2.0,
        (8, _) => (frequency as f32 * std::f32::consts::PI / 16.0).cos() / 2.0,
        (_, 0 | 2) => FRAC_1_SQRT_2 / 2.0,
        _ => 0.5,
    }
}

#[inline(always)]
fn write_2(block: &Block, out: &mut [u8], stride: usize) {
    let [dc, horizontal, vertical, both, ..] = block.coefficients;
    let (upper, lower) = (dc + vertical, dc - vertical);
    let (upper_slope, lower_slope) = (horizontal + both, horizontal - both);
    out[0] = to_sample(upper + upper_slope);
    out[1] = to_sample(upper - upper_slope);
    out[stride] = to_sample(lower + lower_slope);
    out[stride + 1] = to_sample(lower - lower_slope);
}

#[inline(always)]
fn write_square<const N: usize>(
    block: &Block,
    out: &mut [u8],
    stride: usize,
    transform: impl Fn([[f32; N]; N]) -> [[f32; N]; N],
) {
    let mut rows = [[0.0; N]; N];
    for (row, coefficients) in rows.iter_mut().zip(block.coefficients.as_chunks::<N>().0) {
        *row = *coefficients;
    }
    let samples = transposed(transform(transposed(transform(rows))));
    for (y, row) in samples.iter().enumerate() {
        for (sample, &value) in out[y * stride..][..N].iter_mut().zip(row) {
            *sample = to_sample(value);
        }
    }
}

fn transposed<const N: usize>(rows: [[f32; N]; N]) -> [[f32; N]; N] {
    std::array::from_fn(|y| std::array::from_fn(|x| rows[x][y]))
}

/// The four-point inverse transform of each column.
#[inline(always)]
fn transform_4(rows: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    const COS: f32 = 0.923_879_5;
    const SIN: f32 = 0.382_683_43;
    let mut out = [[0.0; 4]; 4];
    for x in 0..4 {
        let (even, odd) = (rows[0][x] + rows[2][x], rows[0][x] - rows[2][x]);
        let outer = rows[1][x] * COS + rows[3][x] * SIN;
        let inner = rows[1][x] * SIN - rows[3][x] * COS;
        (out[0][x], out[1][x], out[2][x], out[3][x]) = (even + outer, odd + inner, odd - inner, even - outer);
    }
    out
}

/// The eight-point inverse transform of each column: Arai, Agui and Nakajima 1988, as in libjpeg's `jidctflt.c`.
#[inline(always)]
fn transform_8(rows: [[f32; 8]; 8]) -> [[f32; 8]; 8] {
    let mut out = [[0.0; 8]; 8];
    for x in 0..8 {
        let (sum04, difference04) = (rows[0][x] + rows[4][x], rows[0][x] - rows[4][x]);
        let sum26 = rows[2][x] + rows[6][x];
        let difference26 = (rows[2][x] - rows[6][x]) * SQRT_2 - sum26;
        let even = [
            sum04 + sum26,
            difference04 + difference26,
            difference04 - difference26,
            sum04 - sum26,
        ];

        let (sum53, difference53) = (rows[5][x] + rows[3][x], rows[5][x] - rows[3][x]);
        let (sum17, difference17) = (rows[1][x] + rows[7][x], rows[1][x] - rows[7][x]);
        let rotated = (difference53 + difference17) * 1.847_759_1;
        let odd7 = sum17 + sum53;
        let odd6 = rotated - difference53 * 2.613_126 - odd7;
        let odd5 = (sum17 - sum53) * SQRT_2 - odd6;
        let odd4 = rotated - difference17 * 1.082_392_2 - odd5;
        let odd = [odd7, odd6, odd5, odd4];

        for y in 0..4 {
            out[y][x] = even[y] + odd[y];
            out[7 - y][x] = even[y] - odd[y];
        }
    }
    out
}

/// Rounds and limits. At 1.5 · 2²³ the unit of single precision is one: adding it leaves the rounded value in the lowest
/// bits, which vectorises where a saturating cast does not.
#[inline(always)]
fn to_sample(value: f32) -> u8 {
    ((value + 128.0).clamp(0.0, 255.0) + 12_582_912.0).to_bits() as u8
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    /// The inverse DCT of size `n` straight from its definition, of the lowest frequencies of an 8 × 8 block.
    fn by_definition(natural: &[f64; 64], n: usize) -> Vec<f64> {
        let scale = |frequency: usize| if frequency == 0 { (0.5_f64).sqrt() } else { 1.0 };
        let wave = |at: usize, frequency: usize| {
            scale(frequency) * ((2 * at + 1) as f64 * frequency as f64 * PI / (2 * n) as f64).cos()
        };
        let sample = |y: usize, x: usize| {
            let terms = (0..n * n).map(|i| natural[i / n * 8 + i % n] * wave(y, i / n) * wave(x, i % n));
            // 2/n for the orthonormal transform, n/8 for the level.
            (128.0 + terms.sum::<f64>() * (2.0 / n as f64) * (n as f64 / 8.0)).clamp(0.0, 255.0)
        };
        (0..n * n).map(|i| sample(i / n, i % n)).collect()
    }

    #[test]
    fn every_size_follows_the_definition() {
        let mut seed = 1_u32;
        let mut random = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16).cast_signed() % 41 - 20
        };
        let quantisation = std::array::from_fn(|at| 1 + at as u16 / 8);
        for size in [8, 4, 2, 1] {
            for _ in 0..50 {
                let reconstruction = Reconstruction::new(&quantisation, size);
                let mut natural = [0.0; 64];
                let dc = random() * 8;
                natural[0] = f64::from(dc) * f64::from(quantisation[0]);
                let mut block = Block::ZERO;
                reconstruction.start(&mut block, dc);
                for at in 1..64 {
                    let value = if at % 3 == 0 { 0 } else { random() };
                    natural[usize::from(ZIGZAG[at])] = f64::from(value) * f64::from(quantisation[at]);
                    reconstruction.set(&mut block, at, value);
                }
                let mut samples = [0; 64];
                reconstruction.write(&block, &mut samples, size);
                for (sample, expected) in samples.iter().zip(by_definition(&natural, size)) {
                    assert!(
                        (f64::from(*sample) - expected).abs() <= 0.51,
                        "size {size}: {sample} for {expected}"
                    );
                }
            }
        }
    }
}
