//! Pictures to try, made here: smooth shades, edges, texture, and nothing symmetric.

use crossover_core::Workspace;
use crossover_core::image::{Options, process};
use libjpeg_turbo_rs::{Encoder, PixelFormat, Subsampling};

/// A small result of the usual shape.
pub const SMALL: &str = r#"{"width": 120, "height": 90}"#;

/// Interleaved samples.
#[derive(Clone)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    /// 1 (grey) or 3 (red, green, blue).
    pub channels: usize,
    pub samples: Vec<u8>,
}

impl Picture {
    /// A colour picture.
    pub fn scene(width: usize, height: usize) -> Self {
        let mut samples = Vec::with_capacity(width * height * 3);
        let mut seed = 7_u32;
        for y in 0..height {
            for x in 0..width {
                let (u, v) = (x as f64 / width as f64, y as f64 / height as f64);
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let grain = f64::from(seed >> 24) / 255.0 * 10.0;
                let waves = 25.0 * (u * 40.0 + v * v * 30.0).sin() + 15.0 * (v * 55.0 - u * 9.0).cos();
                let disc = if (u - 0.3).hypot(v - 0.4) < 0.15 {
                    70.0
                } else {
                    0.0
                };
                let bar = if u > 0.7 && (v * 12.0).fract() < 0.5 {
                    -60.0
                } else {
                    0.0
                };
                let base = 60.0 + 80.0 * u + grain + waves;
                let pixel = [
                    base + disc,
                    base + 40.0 * v + bar,
                    base + 50.0 * (1.0 - u) + disc * 0.3,
                ];
                samples.extend(pixel.map(|value| value.clamp(0.0, 255.0) as u8));
            }
        }
        Self {
            width,
            height,
            channels: 3,
            samples,
        }
    }

    /// Its green channel alone.
    pub fn grey(&self) -> Self {
        // Red, green, blue: green is the second.
        let samples = self.samples.iter().skip(1).step_by(3).copied().collect();
        Self {
            channels: 1,
            samples,
            ..*self
        }
    }

    /// An encoder for it at quality 92.
    pub fn encoder(&self) -> Encoder<'_> {
        let format = if self.channels == 1 {
            PixelFormat::Grayscale
        } else {
            PixelFormat::Rgb
        };
        Encoder::new(&self.samples, self.width, self.height, format)
            .quality(92)
            .subsampling(Subsampling::S444)
    }

    /// As a JPEG with 4:2:0 chroma.
    pub fn jpeg(&self) -> Vec<u8> {
        self.encoder()
            .subsampling(Subsampling::S420)
            .encode()
            .expect("encodes")
    }

    /// Decodes a JPEG at full size with a decoder that is not ours.
    pub fn decode(jpeg: &[u8]) -> Self {
        let image = libjpeg_turbo_rs::decompress(jpeg).expect("decodes");
        let channels = image.data.len() / (image.width * image.height);
        Self {
            width: image.width,
            height: image.height,
            channels,
            samples: image.data,
        }
    }
}

/// The options with some of them changed.
pub fn options(json: &str) -> Options {
    Options::from_json(json.as_bytes()).expect("valid options")
}

/// What [`process`] gives for an input that is fine.
pub fn processed(jpeg: &[u8], options: &Options) -> Vec<u8> {
    let mut output = Vec::new();
    process(jpeg, options, &mut Workspace::new(), &mut output).expect("a good JPEG");
    output
}

/// A segment's position in a JPEG: of its FF, and its length with that and the code.
pub fn find_segment(jpeg: &[u8], code: u8) -> (usize, usize) {
    let mut at = 2;
    loop {
        let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] == code {
            return (at, length);
        }
        at += length;
    }
}

/// The JPEG with `segment` put in after its start.
pub fn with_segment(jpeg: &[u8], code: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2)
        .expect("a short segment")
        .to_be_bytes();
    [&jpeg[..2], &[0xFF, code], &length, body, &jpeg[2..]].concat()
}

/// The JPEG with the bytes from `at` replaced.
pub fn patched(jpeg: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut patched = jpeg.to_vec();
    patched[at..at + bytes.len()].copy_from_slice(bytes);
    patched
}
