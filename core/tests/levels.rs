//! Every level of vector instructions gives the same result, bit for bit, and the same errors.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "samples are made from small numbers"
)]

use crossover_core::{Error, Isa, Workload, Workspace, call};
use libjpeg_turbo_rs::{Encoder, PixelFormat, Subsampling};
use proptest::prelude::*;

/// What a call gives at each level that this processor has.
fn at_every_level(workload: Workload, options: &str, input: &[u8]) -> Vec<Result<Vec<u8>, Error>> {
    Isa::available()
        .into_iter()
        .map(|isa| {
            let mut output = Vec::new();
            call(
                workload,
                options.as_bytes(),
                input,
                &mut Workspace::at(isa),
                &mut output,
            )
            .map(|_| output)
        })
        .collect()
}

fn assert_agree(workload: Workload, options: &str, input: &[u8]) {
    let results = at_every_level(workload, options, input);
    for (result, isa) in results.iter().zip(Isa::available()) {
        assert!(
            *result == results[0],
            "{} differs from {}",
            isa.name(),
            Isa::SCALAR.name()
        );
    }
}

/// JSON texts and texts that are nearly JSON: strings of every length around a vector's, long runs of white space, and
/// numbers in every form.
fn texts() -> impl Strategy<Value = Vec<u8>> {
    let string = prop_oneof![
        4 => "[a-z ]{0,70}",
        2 => "[a-zäöü€😀/]{0,40}",
        1 => prop::sample::select(vec![r"a\nb", r"\u00e9\ud83d\ude00", r"\ud800", r#"\"\\\/"#]).prop_map(str::to_owned),
    ];
    let space = || {
        prop_oneof![
            2 => Just(String::new()),
            2 => "\n?[ ]{1,40}",
            1 => "\n?[\t]{1,40}",
            1 => "[ \t\r\n]{1,40}",
        ]
    };
    let number = prop_oneof![
        2 => (-1e9..1e9_f64).prop_map(|value| value.to_string()),
        2 => "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?",
        1 => "-?[0-9]{1,3}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{1,2})?",
    ];
    let member = (string.clone(), space(), string, space(), number).prop_map(
        |(name, before, value, after, number)| {
            format!(r#"{before}"{name}"{after}:{before}"{value}",{after}"{name}x":{number}"#)
        },
    );
    let document = (prop::collection::vec(member, 0..12), space())
        .prop_map(|(members, space)| format!("{space}{{{}{space}}}{space}", members.join(",")).into_bytes());
    let damaged =
        (document.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut text, at, byte)| {
            let at = at.index(text.len());
            text[at] = byte;
            text
        });
    prop_oneof![3 => document, 1 => damaged, 1 => prop::collection::vec(any::<u8>(), 0..80)]
}

fn frame(rows: &[(f64, [f64; 2], [u32; 3])]) -> Vec<u8> {
    let mut bytes = b"XOTS\x01\0\0\0".to_vec();
    for _ in 0..6 {
        bytes.extend((rows.len() as u64).to_le_bytes());
    }
    bytes.extend([0; 8]);
    bytes.extend(rows.iter().flat_map(|row| row.0.to_le_bytes()));
    for column in 0..2 {
        bytes.extend(rows.iter().flat_map(|row| row.1[column].to_le_bytes()));
    }
    for column in 0..3 {
        bytes.extend(rows.iter().flat_map(|row| row.2[column].to_le_bytes()));
    }
    bytes
}

fn jpeg(width: usize, height: usize, format: PixelFormat, progressive: bool) -> Vec<u8> {
    let channels = if format == PixelFormat::Grayscale { 1 } else { 3 };
    let samples: Vec<u8> = (0..width * height * channels)
        .map(|at| ((at * at % 8191) as f64).sin().mul_add(100.0, 128.0) as u8)
        .collect();
    Encoder::new(&samples, width, height, format)
        .quality(85)
        .subsampling(Subsampling::S420)
        .progressive(progressive)
        .encode()
        .expect("a good picture")
}

proptest! {
    #[test]
    fn json_is_the_same(text in texts()) {
        assert_agree(Workload::Json, "", &text);
        assert_agree(Workload::Json, r#"{"drop":["a"],"redact":["b"],"dropNulls":true}"#, &text);
    }

    #[test]
    fn time_series_are_the_same(
        rows in prop::collection::vec((-1e6..1e6_f64, [-1e6..1e6_f64, -1e-3..1e3_f64], [0..6_u32, 0..6_u32, 0..2_u32]), 0..500),
        percentiles in any::<bool>(),
        filtered in any::<bool>(),
    ) {
        let filter = if filtered { r#"[{"dim":2,"in":[1]}]"# } else { "[]" };
        let query = format!(r#"{{"groupBy":[0,1],"percentiles":{percentiles},"where":{filter}}}"#);
        assert_agree(Workload::TimeSeries, &query, &frame(&rows));
    }
}

#[test]
fn images_are_the_same() {
    for format in [PixelFormat::Rgb, PixelFormat::Grayscale] {
        for progressive in [false, true] {
            let input = jpeg(403, 299, format, progressive);
            for options in [
                r#"{"width":800,"height":600}"#,
                r#"{"width":201,"height":149}"#,
                r#"{"width":97,"height":71,"blurSigma":2.5}"#,
                r#"{"width":40,"height":30,"sharpenAmount":5}"#,
            ] {
                assert_agree(Workload::Image, options, &input);
                assert_agree(Workload::Image, options, &input[..input.len() / 2]);
            }
        }
    }
}
