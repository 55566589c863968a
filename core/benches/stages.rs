//! The stages of the core, each by itself and at every level of vector instructions: `cargo bench -p crossover-core`.
//!
//! What a stage takes shows here without a boundary, a harness or another stage in the way; what it is worth to a user
//! shows in `pnpm bench`.

mod inputs;

use std::fmt::{self, Display};
use std::sync::LazyLock;

use crossover_core::image::{Options, Source};
use crossover_core::time_series::{Loaded, Query};
use crossover_core::{Isa, Release, Workspace, json};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

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

/// `json`, by kind of text.
mod json_text {
    use super::inputs::text;
    use super::{Bencher, BytesCount, Level, Workspace, black_box, json, levels};

    fn transform(bencher: Bencher<'_, '_>, Level(isa): Level, text: &str) {
        let (options, workspace) = (json::Options::default(), Workspace::at(isa));
        let mut output = Vec::new();
        bencher.counter(BytesCount::of_str(text)).bench_local(|| {
            output.clear();
            json::transform(black_box(text).as_bytes(), &options, &workspace, &mut output)
        });
    }

    #[divan::bench(args = levels())]
    fn long_strings(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::long_strings());
    }

    #[divan::bench(args = levels())]
    fn short_strings(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::short_strings());
    }

    #[divan::bench(args = levels())]
    fn not_ascii(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::not_ascii());
    }

    #[divan::bench(args = levels())]
    fn numbers(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::numbers());
    }

    #[divan::bench(args = levels())]
    fn white_space(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::white_space());
    }

    #[divan::bench(args = levels())]
    fn members(bencher: Bencher<'_, '_>, level: Level) {
        transform(bencher, level, &text::members());
    }
}

/// `image`: one stage after the other.
mod image_step {
    use super::inputs::photo;
    use super::{Bencher, Isa, LazyLock, Level, Options, Release, Source, Workspace, black_box, levels};

    /// Six megapixels.
    const SIZE: (usize, usize) = (3000, 2000);

    static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);
    static BASELINE: LazyLock<Vec<u8>> = LazyLock::new(|| photo(SIZE, false));
    static PROGRESSIVE: LazyLock<Vec<u8>> = LazyLock::new(|| photo(SIZE, true));

    fn source(jpeg: &'static [u8]) -> Source<'static> {
        Source::parse(jpeg, &OPTIONS).expect("a good JPEG")
    }

    #[divan::bench]
    fn walk_markers(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| Source::parse(black_box(&BASELINE), &OPTIONS).is_ok());
    }

    fn decode(bencher: Bencher<'_, '_>, isa: Isa, jpeg: &'static [u8]) {
        let (source, mut workspace) = (source(jpeg), Workspace::at(isa));
        bencher.bench_local(|| {
            let components = source.decode(&mut workspace).expect("a good JPEG");
            components.release(&mut workspace);
        });
    }

    #[divan::bench(args = levels(), sample_count = 30)]
    fn decode_baseline(bencher: Bencher<'_, '_>, Level(isa): Level) {
        decode(bencher, isa, &BASELINE);
    }

    #[divan::bench(args = levels(), sample_count = 20)]
    fn decode_progressive(bencher: Bencher<'_, '_>, Level(isa): Level) {
        decode(bencher, isa, &PROGRESSIVE);
    }

    #[divan::bench(args = levels())]
    fn resize(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let (source, mut workspace) = (source(&BASELINE), Workspace::at(isa));
        let components = source.decode(&mut workspace).expect("a good JPEG");
        bencher.bench_local(|| {
            let resized = source
                .resize(&components, &mut workspace)
                .expect("possible sizes");
            resized.release(&mut workspace);
        });
    }

    #[divan::bench(args = levels())]
    fn blur(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let (source, mut workspace) = (source(&BASELINE), Workspace::at(isa));
        let components = source.decode(&mut workspace).expect("a good JPEG");
        let resized = source
            .resize(&components, &mut workspace)
            .expect("possible sizes");
        bencher.bench_local(|| source.blur(&resized, &mut workspace).release(&mut workspace));
    }

    #[divan::bench(args = levels())]
    fn finish(bencher: Bencher<'_, '_>, Level(isa): Level) {
        let (source, mut workspace) = (source(&BASELINE), Workspace::at(isa));
        let components = source.decode(&mut workspace).expect("a good JPEG");
        let resized = source
            .resize(&components, &mut workspace)
            .expect("possible sizes");
        let blurred = source.blur(&resized, &mut workspace);
        bencher.bench_local(|| source.finish(&blurred, &mut workspace).release(&mut workspace));
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let (source, mut workspace) = (source(&BASELINE), Workspace::new());
        let components = source.decode(&mut workspace).expect("a good JPEG");
        let resized = source
            .resize(&components, &mut workspace)
            .expect("possible sizes");
        let blurred = source.blur(&resized, &mut workspace);
        let finished = source.finish(&blurred, &mut workspace);
        let mut output = Vec::new();
        bencher.bench_local(|| {
            output.clear();
            source.encode(&finished, &mut output)
        });
    }
}

/// `time-series`: queries over resident rows.
mod series_query {
    use super::inputs::{ROWS, query, series};
    use super::{Bencher, ItemsCount, LazyLock, Level, Loaded, Query, Workspace, levels};

    static SERIES: LazyLock<Loaded> = LazyLock::new(series);

    fn ask(bencher: Bencher<'_, '_>, Level(isa): Level, query: &str) {
        let query = Query::from_json(query.as_bytes()).expect("a good query");
        let mut workspace = Workspace::at(isa);
        bencher
            .counter(ItemsCount::new(ROWS))
            .bench_local(|| SERIES.aggregate(&query, &mut workspace));
    }

    #[divan::bench(args = levels())]
    fn filter_all_out(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, query::FILTER_ALL_OUT);
    }

    #[divan::bench(args = levels())]
    fn moments_of_10_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, query::MOMENTS_OF_10_GROUPS);
    }

    #[divan::bench(args = levels())]
    fn moments_of_1000_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, query::MOMENTS_OF_1000_GROUPS);
    }

    #[divan::bench(args = levels())]
    fn percentiles_of_1000_groups(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, query::PERCENTILES_OF_1000_GROUPS);
    }

    #[divan::bench(args = levels())]
    fn percentiles_by_minute(bencher: Bencher<'_, '_>, level: Level) {
        ask(bencher, level, query::PERCENTILES_BY_MINUTE);
    }
}
