//! The last steps, row by row: unsharp mask, clamping in RGB, conversion to the encoder's planes.
//!
//! Filters and colour matrix commute, so YCbCr components are filtered as they are, without limits, and pass through RGB
//! only here: clamping is what the specification wants done there, and the one step that does not commute.

use super::gaussian::{FRACTION_BITS, FilteredRows, Kernel};
use super::options::Options;
use super::plane::Plane;
use super::structure::Colour;
use crate::isa::for_each_isa;
use crate::workspace::{Release, Workspace};

/// What the encoder takes.
pub struct Finished {
    /// Luma, or grey.
    pub luma: Plane<u8>,
    /// Cb and Cr at half the size, rounded up; none for a grey picture.
    pub chroma: Option<[Plane<u8>; 2]>,
}

impl Release for Finished {
    fn release(self, workspace: &mut Workspace) {
        if let Some([cb, cr]) = self.chroma {
            cr.release(workspace);
            cb.release(workspace);
        }
        self.luma.release(workspace);
    }
}

/// Sharpens `planes` (one, or three of the same size, as `colour` says) and converts them.
pub fn finish(
    planes: &[Plane<u16>],
    colour: Colour,
    options: &Options,
    workspace: &mut Workspace,
) -> Finished {
    let kernel = Kernel::new(options.sharpen_sigma).filter(|_| options.sharpen_amount != 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is plenty for 8-bit samples"
    )]
    let amount = options.sharpen_amount as f32;
    let mut rows: Vec<_> = planes
        .iter()
        .map(|plane| SharpenedRows::new(plane, kernel.as_ref(), amount))
        .collect();
    match rows.as_mut_slice() {
        [grey] => finish_grey(workspace.isa, grey, workspace),
        [first, second, third] => finish_colour(workspace.isa, [first, second, third], colour, workspace),
        _ => unreachable!("the structure has one or three components"),
    }
}

for_each_isa! {
    /// One component.
    fn finish_grey(grey: &mut SharpenedRows<'_>, workspace: &mut Workspace) -> Finished {
        let Plane { width, height, .. } = *grey.plane;
        let mut luma = Plane::dirty(width, height, &mut workspace.bytes);
        for (y, row) in luma.samples.chunks_exact_mut(width).enumerate() {
            grey.make(y);
            for (sample, &value) in row.iter_mut().zip(&grey.row) {
                *sample = to_byte(value);
            }
        }
        Finished { luma, chroma: None }
    }
}

for_each_isa! {
    /// Three components of `colour`.
    fn finish_colour(
        components: [&mut SharpenedRows<'_>; 3],
        colour: Colour,
        workspace: &mut Workspace,
    ) -> Finished {
        let mut rows = components;
        let Plane { width, height, .. } = *rows[0].plane;
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let mut luma = Plane::dirty(width, height, &mut workspace.bytes);
        let mut chroma = [(); 2].map(|()| Plane::dirty(half_width, half_height, &mut workspace.bytes));
        let mut sums = [vec![0.0; width], vec![0.0; width]];

        for (pair, luma_rows) in luma.samples.chunks_mut(2 * width).enumerate() {
            for sum in &mut sums {
                sum.fill(0.0);
            }
            for (below, luma_row) in luma_rows.chunks_exact_mut(width).enumerate() {
                for row in &mut rows {
                    row.make(2 * pair + below);
                }
                let [first, second, third] = &mut rows;
                let components = [&mut *first.row, &mut *second.row, &mut *third.row];
                convert(components, colour, luma_row, &mut sums);
            }
            // The last row of an odd height stands for two.
            let rows_summed = luma_rows.len() / width;
            for (plane, sum) in chroma.iter_mut().zip(&sums) {
                average_pairs(sum, rows_summed, &mut plane.samples[pair * half_width..][..half_width]);
            }
        }
        Finished {
            luma,
            chroma: Some(chroma),
        }
    }
}

/// Clamps a row in RGB, writes its luma and adds its chroma to `sums`, both by the JFIF matrices.
#[inline(always)]
fn convert(
    [first, second, third]: [&mut [f32]; 3],
    colour: Colour,
    luma: &mut [u8],
    [blue_sums, red_sums]: &mut [Vec<f32>; 2],
) {
    if colour == Colour::YCbCr {
        for ((y, cb), cr) in first.iter_mut().zip(&mut *second).zip(&mut *third) {
            let (b, r) = (*cb - 128.0, *cr - 128.0);
            (*y, *cb, *cr) = (
                *y + 1.402 * r,
                *y - 0.344_136_3 * b - 0.714_136_3 * r,
                *y + 1.772 * b,
            );
        }
    }
    let components = first.iter().zip(&*second).zip(&*third);
    let sums = blue_sums.iter_mut().zip(red_sums);
    for ((((r, g), b), luma), (blue_sum, red_sum)) in components.zip(luma).zip(sums) {
        let (r, g, b) = (r.clamp(0.0, 255.0), g.clamp(0.0, 255.0), b.clamp(0.0, 255.0));
        let y = 0.299 * r + 0.587 * g + 0.114 * b;
        *luma = to_byte(y);
        *blue_sum += (b - y) * (0.5 / 0.886) + 128.0;
        *red_sum += (r - y) * (0.5 / 0.701) + 128.0;
    }
}

/// Averages each two neighbours of a row that is the sum of `rows_summed`; the last of an odd width stands for two.
#[inline(always)]
fn average_pairs(sum: &[f32], rows_summed: usize, out: &mut [u8]) {
    let scale = if rows_summed == 2 { 0.25 } else { 0.5 };
    for (out, pair) in out.iter_mut().zip(sum.chunks(2)) {
        let right = pair.get(1).unwrap_or(&pair[0]);
        *out = to_byte((pair[0] + right) * scale);
    }
}

/// Rounds to the nearest of 0…255. At 1.5 · 2²³ the unit of single precision is one: adding it leaves the rounded value
/// in the lowest bits, which vectorises where a saturating cast does not.
#[expect(clippy::cast_possible_truncation, reason = "the value is in the lowest byte")]
#[inline(always)]
fn to_byte(value: f32) -> u8 {
    (value.clamp(0.0, 255.0) + 12_582_912.0).to_bits() as u8
}

/// The rows of a sharpened plane, made one at a time and not limited to 0…255.
struct SharpenedRows<'a> {
    plane: &'a Plane<u16>,
    mask: Option<FilteredRows<'a>>,
    amount: f32,
    mask_row: Vec<u16>,
    /// The row made last.
    row: Vec<f32>,
}

impl<'a> SharpenedRows<'a> {
    fn new(plane: &'a Plane<u16>, kernel: Option<&'a Kernel>, amount: f32) -> Self {
        let mask = kernel.map(|kernel| FilteredRows::new(plane, kernel));
        Self {
            plane,
            mask,
            amount,
            mask_row: vec![0; plane.width],
            row: vec![0.0; plane.width],
        }
    }

    #[inline(always)]
    fn make(&mut self, y: usize) {
        const UNIT: f32 = 1.0 / (1_u16 << FRACTION_BITS) as f32;
        let source = self.plane.row(y);
        let Some(mask) = &mut self.mask else {
            for (value, &sample) in self.row.iter_mut().zip(source) {
                *value = f32::from(sample) * UNIT;
            }
            return;
        };
        mask.write(y, &mut self.mask_row);
        let (keep, remove) = ((1.0 + self.amount) * UNIT, self.amount * UNIT);
        for ((value, &sample), &mask) in self.row.iter_mut().zip(source).zip(&self.mask_row) {
            *value = f32::from(sample) * keep - f32::from(mask) * remove;
        }
    }
}
