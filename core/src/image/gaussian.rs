//! The Gaussian of blur and unsharp mask: separable, edge samples repeated, in fixed point.
//!
//! Samples are held as `u16` with seven fractional bits: the sum of two still fits, and the high half of a 16 × 16 bit
//! product is one instruction on every vector unit there is (eight samples at once even with SSE2), which the compiler
//! finds by itself. Against doubles the result is off by a few hundredths of a grey level.

use super::plane::Plane;
use crate::isa::for_each_isa;
use crate::workspace::{Release, Workspace};

/// Fractional bits of a sample between resize and encode.
pub const FRACTION_BITS: u32 = 7;

/// A symmetric kernel of odd length; its weights are 0.16 fixed point and sum up to one.
#[derive(Clone, Debug)]
pub struct Kernel {
    centre: u16,
    /// The weight at distance 1, 2, … from the centre, on either side.
    sides: Vec<u16>,
}

impl Kernel {
    /// Weights e^(−x²/2σ²) out to the distance ⌈3σ⌉; `None` for a `sigma` of 0, which means no filter.
    pub fn new(sigma: f64) -> Option<Self> {
        if sigma == 0.0 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "sigma is from 0.3 to 10"
        )]
        let radius = (3.0 * sigma).ceil() as u32;
        let weight = |distance: u32| (-f64::from(distance).powi(2) / (2.0 * sigma * sigma)).exp();
        let total = weight(0) + 2.0 * (1..=radius).map(weight).sum::<f64>();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a side weight is below a half"
        )]
        let sides: Vec<u16> = (1..=radius)
            .map(|distance| (weight(distance) / total * 65536.0).round() as u16)
            .collect();
        // The centre takes what rounding left over, so that a flat area stays exactly as it is.
        let centre = 65536 - 2 * sides.iter().map(|&side| u32::from(side)).sum::<u32>();
        Some(Self {
            centre: u16::try_from(centre).unwrap_or(u16::MAX),
            sides,
        })
    }

    fn radius(&self) -> usize {
        self.sides.len()
    }

    /// Every product below is cut, not rounded, and so half a unit too small on average.
    fn bias(&self) -> u16 {
        u16::try_from(self.radius().div_ceil(2)).unwrap_or(0)
    }
}

/// The `plane` with fractional bits, filtered with `kernel` where there is one.
pub fn blurred(plane: &Plane<u8>, kernel: Option<&Kernel>, workspace: &mut Workspace) -> Plane<u16> {
    let mut blurred = Plane::dirty(plane.width, plane.height, &mut workspace.shorts);
    match kernel {
        Some(kernel) => {
            let mut exact = Plane::dirty(plane.width, plane.height, &mut workspace.shorts);
            widen(&plane.samples, &mut exact.samples);
            filter(workspace.isa, &exact, kernel, &mut blurred.samples);
            exact.release(workspace);
        }
        None => widen(&plane.samples, &mut blurred.samples),
    }
    blurred
}

/// Gives samples their fractional bits.
fn widen(samples: &[u8], out: &mut [u16]) {
    for (out, &sample) in out.iter_mut().zip(samples) {
        *out = u16::from(sample) << FRACTION_BITS;
    }
}

for_each_isa! {
    /// Writes the `plane` filtered with `kernel`.
    fn filter(plane: &Plane<u16>, kernel: &Kernel, out: &mut [u16]) {
        let mut rows = FilteredRows::new(plane, kernel);
        for (y, row) in out.chunks_exact_mut(plane.width).enumerate() {
            rows.write(y, row);
        }
    }
}

/// The rows of a filtered plane, made one at a time: the vertical pass goes into one row that stays in the first-level
/// cache, and the horizontal pass reads it from there.
pub struct FilteredRows<'a> {
    plane: &'a Plane<u16>,
    kernel: &'a Kernel,
    /// One row after the vertical pass, with the edge samples repeated on either side.
    padded: Vec<u16>,
}

impl<'a> FilteredRows<'a> {
    /// Filters `plane` with `kernel`.
    pub fn new(plane: &'a Plane<u16>, kernel: &'a Kernel) -> Self {
        Self {
            plane,
            kernel,
            padded: vec![0; plane.width + 2 * kernel.radius()],
        }
    }

    /// Writes row `y` into `out`, which is as long as a row.
    #[inline(always)]
    pub fn write(&mut self, y: usize, out: &mut [u16]) {
        let radius = self.kernel.radius();
        let width = self.plane.width;
        let last = self.plane.height - 1;

        let middle = &mut self.padded[radius..][..width];
        self.kernel.start(self.plane.row(y), middle);
        for (distance, &weight) in (1..).zip(&self.kernel.sides) {
            let above = self.plane.row(y.saturating_sub(distance));
            let below = self.plane.row((y + distance).min(last));
            add_weighted(above, below, weight, middle);
        }
        let (left, right) = (middle[0], middle[width - 1]);
        self.padded[..radius].fill(left);
        self.padded[radius + width..].fill(right);

        self.kernel.start(&self.padded[radius..][..width], out);
        for (distance, &weight) in (1..).zip(&self.kernel.sides) {
            let before = &self.padded[radius - distance..][..width];
            let after = &self.padded[radius + distance..][..width];
            add_weighted(before, after, weight, out);
        }
    }
}

impl Kernel {
    #[inline(always)]
    fn start(&self, centre: &[u16], sums: &mut [u16]) {
        let bias = self.bias();
        for (sum, &sample) in sums.iter_mut().zip(centre) {
            *sum = bias + high_product(sample, self.centre);
        }
    }
}

#[inline(always)]
fn add_weighted(before: &[u16], after: &[u16], weight: u16, sums: &mut [u16]) {
    for ((sum, &before), &after) in sums.iter_mut().zip(before).zip(after) {
        *sum += high_product(before + after, weight);
    }
}

/// The product of a sample and a weight, in the sample's unit.
#[inline(always)]
fn high_product(sample: u16, weight: u16) -> u16 {
    ((u32::from(sample) * u32::from(weight)) >> 16) as u16
}
