//! How many instructions a call of the core takes on given inputs: a figure that hardly scatters, for the gate to compare.
//!
//!     CROSSOVER_INPUTS=FILE cargo bench -p crossover-core --bench calls
//!
//! FILE is a JSON array of `{"workload", "input", "options", "resident", "file"}`; the gate writes it. A line for each goes to the standard output,
//! `WORKLOAD/INPUT/core INSTRUCTIONS`. Counted is the second call of a process, at the level of vector instructions that valgrind knows.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod callgrind;

use std::env;
use std::error::Error;
use std::fs;
use std::process::ExitCode;

use callgrind::{count, counted, missing};
use crossover_core::{Dataset, Workload, Workspace, call};
use serde_json::Value;

/// The argument with which this program is told to make one call: the place of its input in the array follows.
const RUN: &str = "--run";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let ended = match arguments.as_slice() {
        [_, run, place] if run == RUN => make_call(place),
        _ => count_all(),
    };
    ended.map_or_else(
        |error| {
            eprintln!("{error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn count_all() -> Result<(), Box<dyn Error>> {
    if let Some(reason) = missing() {
        eprintln!("{reason}");
        return Ok(());
    }
    for (place, input) in inputs()?.iter().enumerate() {
        let name = format!("{}/{}", text(input, "workload")?, text(input, "input")?);
        let instructions = count(&[RUN, &place.to_string()]).map_err(|reason| format!("{name}: {reason}"))?;
        println!("{name}/core {instructions}");
    }
    Ok(())
}

fn make_call(place: &str) -> Result<(), Box<dyn Error>> {
    let inputs = inputs()?;
    let input = inputs.get(place.parse::<usize>()?).ok_or("no such input")?;
    let workload = Workload::from_name(text(input, "workload")?).map_err(|error| format!("{error:?}"))?;
    let options = input["options"].to_string();
    let bytes = fs::read(text(input, "file")?)?;
    let (mut workspace, mut output) = (Workspace::new(), Vec::new());
    let resident = input["resident"] == true;
    let dataset = resident.then(|| Dataset::load(workload, &bytes)).transpose();
    let dataset = dataset.map_err(|error| format!("{error:?}"))?;
    let mut once = || match &dataset {
        Some(dataset) => dataset.call(options.as_bytes(), &mut workspace, &mut output),
        None => call(workload, options.as_bytes(), &bytes, &mut workspace, &mut output),
    };
    // The first call finds no memory to use again.
    once()
        .and_then(|_| counted(once))
        .map(|_| ())
        .map_err(|error| format!("{error:?}").into())
}

fn inputs() -> Result<Vec<Value>, Box<dyn Error>> {
    let file = env::var("CROSSOVER_INPUTS").map_err(|_| "CROSSOVER_INPUTS must name a file of inputs")?;
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}

fn text<'a>(input: &'a Value, member: &str) -> Result<&'a str, String> {
    input[member]
        .as_str()
        .ok_or_else(|| format!("an input has no {member}"))
}
