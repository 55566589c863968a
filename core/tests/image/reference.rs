//! The specification's pipeline, slow and in doubles, and the specification's check.

use crossover_core::image::Options;

use crate::pictures::{Picture, processed};
use crate::ssim::mean_ssim;

/// One channel of a picture.
struct Channel {
    width: usize,
    values: Vec<f64>,
}

impl Channel {
    /// Each row replaced by what `filter` makes of it, then each column.
    fn separably(self, filter: impl Fn(&[f64], bool) -> Vec<f64>) -> Self {
        let rows: Vec<Vec<f64>> = self
            .values
            .chunks(self.width)
            .map(|row| filter(row, true))
            .collect();
        let width = rows[0].len();
        let column = |x: usize| rows.iter().map(|row| row[x]).collect::<Vec<_>>();
        let columns: Vec<Vec<f64>> = (0..width).map(|x| filter(&column(x), false)).collect();
        let height = columns[0].len();
        let values = (0..width * height)
            .map(|i| columns[i % width][i / width])
            .collect();
        Self { width, values }
    }

    fn gaussian(self, sigma: f64) -> Self {
        if sigma == 0.0 {
            return self;
        }
        let radius = (3.0 * sigma).ceil() as isize;
        let weights: Vec<f64> = (-radius..=radius)
            .map(|x| (-(x * x) as f64 / (2.0 * sigma * sigma)).exp())
            .collect();
        let total: f64 = weights.iter().sum();
        self.separably(|line, _| {
            let at = |i: isize| line[i.clamp(0, line.len() as isize - 1) as usize];
            let sum = |i: isize| {
                (-radius..=radius)
                    .zip(&weights)
                    .map(|(k, w)| w * at(i + k))
                    .sum::<f64>()
            };
            (0..line.len() as isize).map(|i| sum(i) / total).collect()
        })
    }
}

/// For each sample of the result, the first sample of the source that counts and the weights from there.
type Weights = Vec<(usize, Vec<f64>)>;

fn lanczos(from: usize, to: usize) -> Weights {
    let scale = from as f64 / to as f64;
    let stretch = scale.max(1.0);
    let sinc = |x: f64| if x == 0.0 { 1.0 } else { x.sin() / x };
    let kernel = |x: f64| {
        let x = x * std::f64::consts::PI;
        if x.abs() < 3.0 * std::f64::consts::PI {
            sinc(x) * sinc(x / 3.0)
        } else {
            0.0
        }
    };
    let weights_of = |at: usize| {
        let centre = (at as f64 + 0.5) * scale - 0.5;
        let first = (centre - 3.0 * stretch).max(0.0) as usize;
        let last = ((centre + 3.0 * stretch) as usize).min(from - 1);
        let weights: Vec<f64> = (first..=last)
            .map(|i| kernel((i as f64 - centre) / stretch))
            .collect();
        let total: f64 = weights.iter().sum();
        (first, weights.into_iter().map(|weight| weight / total).collect())
    };
    (0..to).map(weights_of).collect()
}

fn resampled(line: &[f64], weights: &Weights) -> Vec<f64> {
    let sum =
        |(first, weights): &(usize, Vec<f64>)| weights.iter().zip(&line[*first..]).map(|(w, v)| w * v).sum();
    weights.iter().map(sum).collect()
}

/// Steps 3 to 5 of the specification on an upright picture.
pub fn reference(upright: &Picture, options: &Options) -> Picture {
    let channels: Vec<Vec<f64>> = (0..upright.channels)
        .map(|channel| {
            let values = upright
                .samples
                .iter()
                // Samples of all channels alternate.
                .skip(channel)
                .step_by(upright.channels)
                .map(|&v| f64::from(v));
            let whole = Channel {
                width: upright.width,
                values: values.collect(),
            };
            let [across, down] = [
                lanczos(upright.width, options.width),
                lanczos(upright.height, options.height),
            ];
            let small = whole.separably(|line, is_row| resampled(line, if is_row { &across } else { &down }));
            let blurred = small.gaussian(options.blur_sigma);
            let original = blurred.values.clone();
            let mask = blurred.gaussian(options.sharpen_sigma).values;
            original
                .iter()
                .zip(mask)
                .map(|(p, g)| (p + options.sharpen_amount * (p - g)).clamp(0.0, 255.0))
                .collect()
        })
        .collect();
    let count = options.width * options.height * upright.channels;
    let samples = (0..count)
        .map(|i| channels[i % upright.channels][i / upright.channels].round() as u8)
        .collect();
    Picture {
        width: options.width,
        height: options.height,
        channels: upright.channels,
        samples,
    }
}

/// Luma, Cb and Cr (or grey alone).
fn components(picture: &Picture) -> Vec<Vec<f64>> {
    let pixels = picture
        .samples
        .chunks(picture.channels)
        .map(|pixel| pixel.iter().map(|&v| f64::from(v)));
    if picture.channels == 1 {
        return vec![pixels.flatten().collect()];
    }
    let mut out = vec![Vec::new(), Vec::new(), Vec::new()];
    for mut pixel in pixels {
        let [r, g, b] = [pixel.next(), pixel.next(), pixel.next()].map(Option::unwrap_or_default);
        let y = 0.299 * r + 0.587 * g + 0.114 * b;
        for (component, value) in out.iter_mut().zip([y, (b - y) / 1.772, (r - y) / 1.402]) {
            component.push(value);
        }
    }
    out
}

/// The check of the specification: `jpeg` is `expected` but for small differences.
#[track_caller]
pub fn assert_like(jpeg: &[u8], expected: &Picture, what: &str) {
    let actual = Picture::decode(jpeg);
    let shape = |picture: &Picture| (picture.width, picture.height, picture.channels);
    assert_eq!(shape(&actual), shape(expected), "{what}");
    let (a, b) = (components(&actual), components(expected));
    let ssim = mean_ssim(&a[0], &b[0], expected.width);
    assert!(ssim >= 0.98, "{what}: SSIM {ssim:.4}");
    // The first is luma, whose likeness is SSIM's.
    for (a, b) in a.iter().zip(&b).skip(1) {
        let mean = a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f64>() / a.len() as f64;
        assert!(mean <= 4.0, "{what}: chroma differs by {mean:.2}");
    }
}

/// What comes out for `jpeg` passes the specification's check.
#[track_caller]
pub fn check(jpeg: &[u8], options: &Options, what: &str) {
    assert_like(
        &processed(jpeg, options),
        &reference(&Picture::decode(jpeg), options),
        what,
    );
}
