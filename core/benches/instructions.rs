//! How many instructions each stage of the core takes, at each level of vector instructions: a figure without noise.
//!
//!     cargo bench -p crossover-core --bench instructions
//!
//! Valgrind's callgrind counts them (`apt-get install valgrind`), in a process of its own for each stage and level. It
//! knows neither caches nor dependencies, and no AVX-512: what it counts tells that something has changed, not how long it takes.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod callgrind;
mod inputs;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use callgrind::{count, counted, missing};
use crossover_core::image::{Options, Source};
use crossover_core::time_series::Query;
use crossover_core::{Isa, Release, Workspace, json};
use inputs::{photo, query, series, text};

/// A stage: prepares what it needs at a level, then runs inside [`counted`].
type Stage = fn(Isa);

const STAGES: [(&str, Stage); 16] = [
    ("json: long strings", |isa| transform(isa, &text::long_strings())),
    ("json: short strings", |isa| {
        transform(isa, &text::short_strings());
    }),
    ("json: not ASCII", |isa| transform(isa, &text::not_ascii())),
    ("json: numbers", |isa| transform(isa, &text::numbers())),
    ("json: white space", |isa| transform(isa, &text::white_space())),
    ("json: members", |isa| transform(isa, &text::members())),
    ("image: decode baseline", |isa| decode(isa, false)),
    ("image: decode progressive", |isa| decode(isa, true)),
    ("image: resize", resize),
    ("image: blur", blur),
    ("image: finish", finish),
    ("time-series: filter all out", |isa| {
        ask(isa, query::FILTER_ALL_OUT);
    }),
    ("time-series: moments of 10 groups", |isa| {
        ask(isa, query::MOMENTS_OF_10_GROUPS);
    }),
    ("time-series: moments of 1000 groups", |isa| {
        ask(isa, query::MOMENTS_OF_1000_GROUPS);
    }),
    ("time-series: percentiles of 1000 groups", |isa| {
        ask(isa, query::PERCENTILES_OF_1000_GROUPS);
    }),
    ("time-series: percentiles by minute", |isa| {
        ask(isa, query::PERCENTILES_BY_MINUTE);
    }),
];

/// Width and height of the picture: small, for emulated code is slow.
const SIZE: (usize, usize) = (1000, 750);

/// The argument with which this program is told to run one stage: its name and the level's follow.
const RUN: &str = "--run";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, run, name, level] = arguments.as_slice()
        && run == RUN
    {
        let stage = STAGES.iter().find(|(known, _)| known == name);
        let isa = Isa::available().into_iter().find(|isa| isa.name() == level);
        if let (Some((_, stage)), Some(isa)) = (stage, isa) {
            stage(isa);
            return ExitCode::SUCCESS;
        }
        return ExitCode::FAILURE;
    }
    if let Some(reason) = missing() {
        eprintln!("skipped: {reason}");
        return ExitCode::SUCCESS;
    }
    let levels = Isa::available();
    print!("{:42}", "instructions");
    for level in &levels {
        print!("{:>16}", level.name());
    }
    println!();
    for (name, _) in STAGES {
        print!("{name:42}");
        for level in &levels {
            match count(&[RUN, name, level.name()]) {
                Ok(count) => print!("{count:>16}"),
                Err(reason) => {
                    println!();
                    eprintln!("{name} at {}: {reason}", level.name());
                    return ExitCode::FAILURE;
                }
            }
        }
        println!();
    }
    ExitCode::SUCCESS
}

fn transform(isa: Isa, text: &str) {
    let (options, workspace, mut output) = (json::Options::default(), Workspace::at(isa), Vec::new());
    let mut once = || {
        output.clear();
        json::transform(text.as_bytes(), &options, &workspace, &mut output).expect("a good text");
    };
    once();
    counted(once);
}

fn ask(isa: Isa, query: &str) {
    let (series, query) = (
        series(),
        Query::from_json(query.as_bytes()).expect("a good query"),
    );
    let mut workspace = Workspace::at(isa);
    black_box(series.aggregate(&query, &mut workspace));
    counted(|| series.aggregate(&query, &mut workspace));
}

fn decode(isa: Isa, progressive: bool) {
    let (jpeg, options, mut workspace) = (photo(SIZE, progressive), Options::default(), Workspace::at(isa));
    let source = Source::parse(&jpeg, &options).expect("a good JPEG");
    let mut once = || {
        let components = source.decode(&mut workspace).expect("a good JPEG");
        components.release(&mut workspace);
    };
    once();
    counted(once);
}

fn resize(isa: Isa) {
    let (jpeg, options, mut workspace) = (photo(SIZE, false), Options::default(), Workspace::at(isa));
    let source = Source::parse(&jpeg, &options).expect("a good JPEG");
    let components = source.decode(&mut workspace).expect("a good JPEG");
    let mut once = || {
        let resized = source
            .resize(&components, &mut workspace)
            .expect("possible sizes");
        resized.release(&mut workspace);
    };
    once();
    counted(once);
}

fn blur(isa: Isa) {
    let (jpeg, options, mut workspace) = (photo(SIZE, false), Options::default(), Workspace::at(isa));
    let source = Source::parse(&jpeg, &options).expect("a good JPEG");
    let components = source.decode(&mut workspace).expect("a good JPEG");
    let resized = source
        .resize(&components, &mut workspace)
        .expect("possible sizes");
    let mut once = || source.blur(&resized, &mut workspace).release(&mut workspace);
    once();
    counted(once);
}

fn finish(isa: Isa) {
    let (jpeg, options, mut workspace) = (photo(SIZE, false), Options::default(), Workspace::at(isa));
    let source = Source::parse(&jpeg, &options).expect("a good JPEG");
    let components = source.decode(&mut workspace).expect("a good JPEG");
    let resized = source
        .resize(&components, &mut workspace)
        .expect("possible sizes");
    let blurred = source.blur(&resized, &mut workspace);
    let mut once = || source.finish(&blurred, &mut workspace).release(&mut workspace);
    once();
    counted(once);
}
