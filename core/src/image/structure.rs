//! What can be known of a JPEG without decoding a pixel, and all that can be wrong with it.

use memchr::memchr;

use super::orientation::Orientation;
use crate::error::{Error, ErrorCode};

const PIXEL_LIMIT: u64 = 100_000_000;

/// Codes of the markers that matter here (ITU T.81, table B.1).
pub mod marker {
    pub const SOF0: u8 = 0xC0;
    pub const SOF2: u8 = 0xC2;
    pub const DHT: u8 = 0xC4;
    pub const JPG: u8 = 0xC8;
    pub const DAC: u8 = 0xCC;
    pub const SOF15: u8 = 0xCF;
    pub const RST0: u8 = 0xD0;
    pub const RST7: u8 = 0xD7;
    pub const SOI: u8 = 0xD8;
    pub const EOI: u8 = 0xD9;
    pub const SOS: u8 = 0xDA;
    pub const DQT: u8 = 0xDB;
    pub const DRI: u8 = 0xDD;
    pub const APP0: u8 = 0xE0;
    pub const APP1: u8 = 0xE1;
    pub const APP14: u8 = 0xEE;
    pub const TEM: u8 = 0x01;
}

/// A JPEG whose markers are in order; every position in it was checked to lie inside the input.
#[derive(Debug)]
pub struct Structure<'a> {
    /// Columns as coded, before the orientation is applied.
    pub width: usize,
    /// Rows as coded, before the orientation is applied.
    pub height: usize,
    /// SOF 2, whose scans refine the picture step by step.
    pub progressive: bool,
    /// One or three.
    pub components: Vec<FrameComponent>,
    /// What the components mean.
    pub colour: Colour,
    /// How to turn the picture upright.
    pub orientation: Orientation,
    /// The segments up to the end-of-image marker, in their order.
    pub segments: Vec<Segment<'a>>,
}

/// A component as the frame header describes it; unchecked.
#[derive(Clone, Copy, Debug)]
pub struct FrameComponent {
    /// By which scans name it.
    pub id: u8,
    /// Horizontal sampling factor.
    pub horizontal: u8,
    /// Vertical sampling factor.
    pub vertical: u8,
    /// Number of its quantisation table.
    pub quantisation: u8,
}

/// What the components of a picture mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// One component: luma.
    Grey,
    /// Three components: the JFIF colour space.
    YCbCr,
    /// Three components: red, green, blue.
    Rgb,
}

/// A marker with a length.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// The marker's code.
    pub code: u8,
    /// What follows the length.
    pub body: &'a [u8],
    /// For a start of scan, the entropy-coded data with their restart markers; else empty.
    pub data: &'a [u8],
}

impl<'a> Structure<'a> {
    /// Walks `input` from the start to the end-of-image marker. Allocates only a list of the segments.
    ///
    /// # Errors
    /// Every error of the specification but those of options and of coded data.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        let segments = walk(input)?;
        let frame = segments
            .iter()
            .find(|segment| is_frame_header(segment.code))
            .ok_or(Damage)?;
        if !segments.iter().any(|segment| segment.code == marker::SOS) {
            return Err(Damage.into());
        }
        let &[precision, h1, h0, w1, w0, count, ..] = frame.body else {
            return Err(Damage.into());
        };
        if frame.code > marker::SOF2 || precision != 8 {
            let process = frame.code - marker::SOF0;
            let message = format!("the JPEG uses a coding process that is not supported (SOF {process})");
            return Err(Error::new(ErrorCode::UnsupportedJpeg, message));
        }
        if count != 1 && count != 3 {
            let message = format!("the JPEG has {count} components; 1 and 3 are supported");
            return Err(Error::new(ErrorCode::UnsupportedJpeg, message));
        }
        let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
        if width == 0 || height == 0 {
            let message = format!("the JPEG claims a size of {width}×{height} pixels");
            return Err(Error::new(ErrorCode::CorruptJpeg, message));
        }
        if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
            let message = format!("the JPEG has {width}×{height} pixels; the limit is 100 megapixels");
            return Err(Error::new(ErrorCode::ImageTooLarge, message));
        }
        Ok(Self {
            width: usize::from(width),
            height: usize::from(height),
            progressive: frame.code == marker::SOF2,
            components: frame.body[6..]
                .as_chunks()
                .0
                .iter()
                .map(|&part| FrameComponent::parse(part))
                .collect(),
            colour: if count == 1 {
                Colour::Grey
            } else {
                Colour::of(&segments)
            },
            orientation: orientation_of(&segments),
            segments,
        })
    }
}

impl FrameComponent {
    fn parse([id, factors, quantisation]: [u8; 3]) -> Self {
        Self {
            id,
            horizontal: factors >> 4,
            vertical: factors & 15,
            quantisation,
        }
    }
}

impl Colour {
    /// A JFIF marker means YCbCr; without one, an Adobe marker of transform 0 means RGB. This is libjpeg's order.
    fn of(segments: &[Segment<'_>]) -> Self {
        if find(segments, marker::APP0, b"JFIF\0").is_some() {
            return Self::YCbCr;
        }
        match find(segments, marker::APP14, b"Adobe") {
            // After the name: version, two words of flags, transform.
            Some([_, _, _, _, _, _, 0, ..]) => Self::Rgb,
            _ => Self::YCbCr,
        }
    }
}

fn orientation_of(segments: &[Segment<'_>]) -> Orientation {
    find(segments, marker::APP1, b"Exif\0\0")
        .and_then(Orientation::from_tiff)
        .unwrap_or_default()
}

/// What follows `name` in the first segment `code` that begins with it.
fn find<'a>(segments: &[Segment<'a>], code: u8, name: &[u8]) -> Option<&'a [u8]> {
    segments
        .iter()
        .filter(|segment| segment.code == code)
        .find_map(|segment| segment.body.strip_prefix(name))
}

fn walk(input: &[u8]) -> Result<Vec<Segment<'_>>, Error> {
    let Some(mut rest) = input.strip_prefix(&[0xFF, marker::SOI]) else {
        let message = "the input is not a JPEG: it does not begin with FF D8";
        return Err(Error::new(ErrorCode::NotAJpeg, message));
    };
    let mut segments = Vec::new();
    let mut has_frame = false;
    loop {
        let code = take_marker(&mut rest)?;
        if code == marker::EOI {
            return Ok(segments);
        }
        if stands_alone(code) {
            return Err(Damage.into());
        }
        let body = take_body(&mut rest)?;
        if is_frame_header(code) {
            let is_whole = body
                .get(5)
                .is_some_and(|&count| body.len() == 6 + 3 * usize::from(count));
            if has_frame || !is_whole {
                return Err(Damage.into());
            }
            has_frame = true;
        }
        let data = if code == marker::SOS {
            if !has_frame {
                return Err(Damage.into());
            }
            take_entropy_coded_data(&mut rest)?
        } else {
            &[]
        };
        segments.push(Segment { code, body, data });
    }
}

/// Takes FF, fill bytes and a code.
fn take_marker(rest: &mut &[u8]) -> Result<u8, Error> {
    match rest.first() {
        None => return Err(truncated()),
        Some(0xFF) => {}
        Some(_) => return Err(Damage.into()),
    }
    let at = rest.iter().position(|&byte| byte != 0xFF).ok_or_else(truncated)?;
    let code = rest[at];
    *rest = &rest[at + 1..];
    Ok(code)
}

/// Takes a length and as much as it says.
fn take_body<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], Error> {
    let &[high, low, ..] = *rest else {
        return Err(truncated());
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length < 2 {
        return Err(Damage.into());
    }
    let (segment, after) = rest.split_at_checked(length).ok_or_else(truncated)?;
    *rest = after;
    Ok(&segment[2..])
}

/// Takes all up to the marker that ends the scan.
fn take_entropy_coded_data<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], Error> {
    let mut at = 0;
    loop {
        at += memchr(0xFF, &rest[at..]).ok_or_else(truncated)?;
        match *rest.get(at + 1).ok_or_else(truncated)? {
            0xFF => at += 1,
            0x00 | marker::RST0..=marker::RST7 => at += 2,
            _ => {
                let (data, after) = rest.split_at(at);
                *rest = after;
                return Ok(data);
            }
        }
    }
}

/// Markers without a length that have no place between segments; 00 is no marker at all.
fn stands_alone(code: u8) -> bool {
    matches!(code, 0 | marker::TEM | marker::RST0..=marker::SOI)
}

fn is_frame_header(code: u8) -> bool {
    matches!(code, marker::SOF0..=marker::SOF15) && !matches!(code, marker::DHT | marker::JPG | marker::DAC)
}

/// Something in the file is not as it must be. Says no more than the specification's message, and unlike an [`Error`]
/// costs nothing to hand through the loops that meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage;

impl From<Damage> for Error {
    fn from(_: Damage) -> Self {
        Self::new(ErrorCode::CorruptJpeg, "the JPEG is damaged")
    }
}

fn truncated() -> Error {
    Error::new(
        ErrorCode::TruncatedJpeg,
        "the JPEG ends before its end-of-image marker",
    )
}
