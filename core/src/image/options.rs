//! What a caller may ask for.

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::options::{Members, must_be};

/// The picture that is wanted; the defaults and the ranges are those of the specification.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Width of the result in pixels, 1 to 8192.
    pub width: usize,
    /// Height of the result in pixels, 1 to 8192.
    pub height: usize,
    /// Standard deviation of the blur in pixels of the result, 0.3 to 10; 0 switches it off.
    pub blur_sigma: f64,
    /// Standard deviation of the unsharp mask in pixels of the result, 0.3 to 10; 0 switches it off.
    pub sharpen_sigma: f64,
    /// How much of the difference to the mask is added, 0 to 5.
    pub sharpen_amount: f64,
    /// Quality of the result in libjpeg's scale, 1 to 100.
    pub quality: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 800,
            height: 600,
            blur_sigma: 0.6,
            sharpen_sigma: 1.2,
            sharpen_amount: 0.8,
            quality: 90,
        }
    }
}

const NAMES: [&str; 6] = [
    "width",
    "height",
    "blurSigma",
    "sharpenSigma",
    "sharpenAmount",
    "quality",
];

/// Options as a caller gives them, unchecked: every kind of boundary can carry numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the member of Options with its name")]
pub struct Numbers {
    pub width: f64,
    pub height: f64,
    pub blur_sigma: f64,
    pub sharpen_sigma: f64,
    pub sharpen_amount: f64,
    pub quality: f64,
}

impl Options {
    /// Checks the numbers, in the order of the specification.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidOptions`] for the first that is out of its range.
    pub fn new(numbers: &Numbers) -> Result<Self, Error> {
        let side =
            |name, value| integer(value, 8192).ok_or_else(|| must_be(name, "an integer from 1 to 8192"));
        let sigma = |name, value| {
            within(value, 0.0..=0.0)
                .or_else(|| within(value, 0.3..=10.0))
                .ok_or_else(|| must_be(name, "0 or a number from 0.3 to 10"))
        };
        Ok(Self {
            width: side("width", numbers.width)?.into(),
            height: side("height", numbers.height)?.into(),
            blur_sigma: sigma("blurSigma", numbers.blur_sigma)?,
            sharpen_sigma: sigma("sharpenSigma", numbers.sharpen_sigma)?,
            sharpen_amount: within(numbers.sharpen_amount, 0.0..=5.0)
                .ok_or_else(|| must_be("sharpenAmount", "a number from 0 to 5"))?,
            quality: integer(numbers.quality, 100)
                .and_then(|quality| u8::try_from(quality).ok())
                .ok_or_else(|| must_be("quality", "an integer from 1 to 100"))?,
        })
    }

    /// Reads options from a JSON object; absent members (and an empty `json`) mean the defaults.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidOptions`].
    #[expect(clippy::cast_precision_loss, reason = "the default sides are small")]
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        let members = Members::parse(json, &NAMES)?;
        let default = Self::default();
        Self::new(&Numbers {
            width: members.number("width", default.width as f64),
            height: members.number("height", default.height as f64),
            blur_sigma: members.number("blurSigma", default.blur_sigma),
            sharpen_sigma: members.number("sharpenSigma", default.sharpen_sigma),
            sharpen_amount: members.number("sharpenAmount", default.sharpen_amount),
            quality: members.number("quality", default.quality.into()),
        })
    }
}

/// The integer from 1 to `limit` that `number` is. JSON has one kind of number, so `800.0` and `8e2` are integers too.
fn integer(number: f64, limit: u16) -> Option<u16> {
    let number = within(number, 1.0..=f64::from(limit)).filter(|number| number.fract() == 0.0)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an integer within the range"
    )]
    Some(number as u16)
}

fn within(number: f64, range: RangeInclusive<f64>) -> Option<f64> {
    range.contains(&number).then_some(number)
}
