//! What the stages are measured on: made here, of the kind that the workloads' own inputs are.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "inputs are made from small numbers"
)]

use crossover_core::time_series::{Columns, Loaded};
use libjpeg_turbo_rs::{Encoder, PixelFormat, Subsampling};

/// JSON texts that are nearly all of one kind, so that one part of the pass does nearly all the work.
pub mod text {
    use std::fmt::Write as _;

    fn repeated(element: impl Fn(usize) -> String, separator: &str) -> String {
        let elements: Vec<_> = (0..4000).map(element).collect();
        format!("[{}]", elements.join(separator))
    }

    pub fn long_strings() -> String {
        repeated(|at| format!(r#""{at:200}""#), ",")
    }

    pub fn short_strings() -> String {
        repeated(|at| format!(r#""id{at}""#), ",")
    }

    pub fn not_ascii() -> String {
        repeated(|at| format!(r#""日本語のテキスト{at}""#), ",")
    }

    pub fn numbers() -> String {
        repeated(|at| format!("{}.25", at * 37), ",")
    }

    pub fn white_space() -> String {
        repeated(|_| "1".to_owned(), ",\n                        ")
    }

    pub fn members() -> String {
        let mut object = String::from("{");
        for at in 0..20 {
            let _ = write!(object, r#""member{at}":{at},"#);
        }
        object.push_str(r#""last":null}"#);
        repeated(|_| object.clone(), ",")
    }
}

/// A photograph-like picture of `width` × `height` pixels.
pub fn photo((width, height): (usize, usize), progressive: bool) -> Vec<u8> {
    let mut noise = 1_u32;
    let mut samples = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = f64::from(noise >> 28);
            let shade = 90.0 + 60.0 * (x as f64 / 170.0).sin() + 40.0 * (y as f64 / 90.0).cos();
            samples
                .extend([shade, shade * 0.9 + 10.0, 200.0 - shade * 0.5].map(|value| (value + grain) as u8));
        }
    }
    Encoder::new(&samples, width, height, PixelFormat::Rgb)
        .quality(90)
        .subsampling(Subsampling::S420)
        .progressive(progressive)
        .encode()
        .expect("a good picture")
}

/// Rows of a series.
pub const ROWS: usize = 100_000;

/// A series of [`ROWS`] rows, four a second.
pub fn series() -> Loaded {
    let time: Vec<f64> = (0..ROWS).map(|row| row as f64 * 250.0).collect();
    let value = |step: usize| {
        (0..ROWS)
            .map(|row| (row * step % 10_007) as f64)
            .collect::<Vec<_>>()
    };
    let codes = |step: usize, count: usize| {
        (0..ROWS)
            .map(|row| (row * step / 7 % count) as u32)
            .collect::<Vec<_>>()
    };
    let (v0, v1) = (value(7919), value(6101));
    let (d0, d1, d2) = (codes(13, 10), codes(31, 100), codes(3, 5));
    let columns = Columns::new(&time, [&v0, &v1], [&d0, &d1, &d2]).expect("equal lengths");
    Loaded::new(&columns).expect("finite numbers")
}

/// Queries that each need one more stage than the one before, under their names.
pub mod query {
    pub const FILTER_ALL_OUT: &str = r#"{"where":[{"dim":2,"in":[77]}],"percentiles":false}"#;
    pub const MOMENTS_OF_10_GROUPS: &str = r#"{"groupBy":[0],"percentiles":false}"#;
    pub const MOMENTS_OF_1000_GROUPS: &str = r#"{"groupBy":[0,1],"percentiles":false}"#;
    pub const PERCENTILES_OF_1000_GROUPS: &str = r#"{"groupBy":[0,1]}"#;
    pub const PERCENTILES_BY_MINUTE: &str = r#"{"groupBy":[],"bucketMs":60000}"#;
}
