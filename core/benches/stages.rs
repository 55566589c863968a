//! The stages of the core, each by itself and at every level of vector instructions: `cargo bench -p crossover-core`.
//!
//! What a stage takes shows here without a boundary, a harness or another stage in the way; what it is worth to a user
//! shows in `pnpm bench`. Inputs are made here, of the kind that the workloads' own inputs are.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "inputs are made from small numbers"
)]

use std::fmt::{self, Display};
use std::sync::LazyLock;

use crossover_core::image::{Options, Source};
use crossover_core::time_series::{Columns, Loaded, Query};
use crossover_core::{Isa, Workspace, json};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use libjpeg_turbo_rs::{Encoder, PixelFormat, Subsampling};

fn main() {
    divan::main();
}

/// A level, under its name.
#[derive(Clone, Copy)]
struct Level(Isa);

impl Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.name())
    }
}

fn levels() -> Vec<Level> {
    Isa::available().into_iter().map(Level).collect()
}

/// `json`: texts that are nearly all of one kind, so that one part of the pass does nearly all the work.
mod json_text {
    use std::fmt::Write as _;

    use super::{Bencher, BytesCount, Level, Workspace, black_box, json, levels};

    fn transform(bencher: Bencher<'_, '_>, Level(isa): Level, text: &str) {
        let (options, workspace) = (json::Options::default(), Workspace::at(isa));
        let mut output = Vec::new();
        bencher.counter(BytesCount::of_str(text)).bench_local(|| {
            output.clear();
            json::transform(black_box(text).as_bytes(), &options, &workspace, &mut output)
        });
    }

    fn repeated(element: impl Fn(usize) -> String, separator: &str) -> String {
        let elements: Vec<_> = (0..4000).map(element).collect();
        format!("[{}]", elements.join(separator))
    }

    #[divan::bench(args = levels())]
    fn long_strings(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &repeated(|at| format!(r#""{at:200}""#), ","));
    }

    #[divan::bench(args = levels())]
    fn short_strings(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &repeated(|at| format!(r#""id{at}""#), ","));
    }

    #[divan::bench(args = levels())]
    fn not_ascii(bencher: Bencher<'_, '_>, level: Level) {
        transform(
            bencher,
            level,
            &repeated(|at| format!(r#""日本語のテキスト{at}""#), ","),
        );
    }

    #[divan::bench(args = levels())]
    fn numbers(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &repeated(|at| format!("{}.25", at * 37), ","));
    }

    #[divan::bench(args = levels())]
    fn white_space(bencher: Bencher<'_, '_>, level: Level) {
        transform(
            bencher,
            level,
            &repeated(|_| "1".to_owned(), ",\n                        "),
        );
    }

    #[divan::bench(args = levels())]
    fn members(bencher: Bencher<'_, '_>, level: Level) {
        let mut object = String::from("{");
        for at in 0..20 {
            let _ = write!(object, r#""member{at}":{at},"#);
        }
        object.push_str(r#""last":null}"#);
        transform(bencher, level, &repeated(|_| object.clone(), ","));
    }
}

/// `image`: one stage after the other, on a photograph-like picture of 6 megapixels.
mod image_step {
    use super::{
        Bencher, Encoder, Isa, LazyLock, Level, Options, PixelFormat, Source, Subsampling, black_box, levels,
    };

    const SIZE: (usize, usize) = (3000, 2000);

    static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);
    static BASELINE: LazyLock<Vec<u8>> = LazyLock::new(|| photo(false));
    static PROGRESSIVE: LazyLock<Vec<u8>> = LazyLock::new(|| photo(true));

    fn photo(progressive: bool) -> Vec<u8> {
        let mut noise = 1_u32;
        let mut samples = Vec::with_capacity(SIZE.0 * SIZE.1 * 3);
        for y in 0..SIZE.1 {
            for x in 0..SIZE.0 {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let grain = f64::from(noise >> 28);
                let shade = 90.0 + 60.0 * (x as f64 / 170.0).sin() + 40.0 * (y as f64 / 90.0).cos();
                samples.extend(
                    [shade, shade * 0.9 + 10.0, 200.0 - shade * 0.5].map(|value| (value + grain) as u8),
                );
            }
        }
        Encoder::new(&samples, SIZE.0, SIZE.1, PixelFormat::Rgb)
            .quality(90)
            .subsampling(Subsampling::S420)
            .progressive(progressive)
            .encode()
            .expect("a good picture")
    }

    fn source(jpeg: &'static [u8]) -> Source<'static> {
        Source::parse(jpeg, &OPTIONS).expect("a good JPEG")
    }

    #[divan::bench]
    fn walk_markers(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| Source::parse(black_box(&BASELINE), &OPTIONS).is_ok());
    }

    #[divan::bench(args = levels(), sample_count = 30)]
    fn decode_baseline(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let source = source(&BASELINE);
        bencher.bench_local(|| source.decode(isa));
    }

    #[divan::bench(args = levels(), sample_count = 20)]
    fn decode_progressive(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let source = source(&PROGRESSIVE);
        bencher.bench_local(|| source.decode(isa));
    }

    #[divan::bench(args = levels())]
    fn resize(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let source = source(&BASELINE);
        let components = source.decode(Isa::current()).expect("a good JPEG");
        bencher.bench_local(|| source.resize(&components, isa));
    }

    #[divan::bench(args = levels())]
    fn blur(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let source = source(&BASELINE);
        let components = source.decode(Isa::current()).expect("a good JPEG");
        let resized = source
            .resize(&components, Isa::current())
            .expect("possible sizes");
        bencher.bench_local(|| source.blur(&resized, isa));
    }

    #[divan::bench(args = levels())]
    fn finish(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let source = source(&BASELINE);
        let components = source.decode(Isa::current()).expect("a good JPEG");
        let resized = source
            .resize(&components, Isa::current())
            .expect("possible sizes");
        let blurred = source.blur(&resized, Isa::current());
        bencher.bench_local(|| source.finish(&blurred, isa));
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let source = source(&BASELINE);
        let components = source.decode(Isa::current()).expect("a good JPEG");
        let resized = source
            .resize(&components, Isa::current())
            .expect("possible sizes");
        let blurred = source.blur(&resized, Isa::current());
        let finished = source.finish(&blurred, Isa::current());
        let mut output = Vec::new();
        bencher.bench_local(|| {
            output.clear();
            source.encode(&finished, &mut output)
        });
    }
}

/// `time-series`: queries over 100,000 resident rows that each need one more stage than the one before.
mod series_query {
    use super::{Bencher, Columns, ItemsCount, LazyLock, Level, Loaded, Query, Workspace, levels};

    const ROWS: usize = 100_000;

    static SERIES: LazyLock<Loaded> = LazyLock::new(|| {
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
    });

    fn ask(bencher: Bencher<'_, '_>, Level(isa): Level, query: &str) {
        let query = Query::from_json(query.as_bytes()).expect("a good query");
        let mut workspace = Workspace::at(isa);
        bencher
            .counter(ItemsCount::new(ROWS))
            .bench_local(|| SERIES.aggregate(&query, &mut workspace));
    }

    #[divan::bench(args = levels())]
    fn filter_all_out(bencher: Bencher<'_, '_>, level: Level) {
        ask(
            bencher,
            level,
            r#"{"where":[{"dim":2,"in":[77]}],"percentiles":false}"#,
        );
    }

    #[divan::bench(args = levels())]
    fn moments_of_10_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, r#"{"groupBy":[0],"percentiles":false}"#);
    }

    #[divan::bench(args = levels())]
    fn moments_of_1000_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, r#"{"groupBy":[0,1],"percentiles":false}"#);
    }

    #[divan::bench(args = levels())]
    fn percentiles_of_1000_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, r#"{"groupBy":[0,1]}"#);
    }

    #[divan::bench(args = levels())]
    fn percentiles_by_minute(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, r#"{"groupBy":[],"bucketMs":60000}"#);
    }
}
