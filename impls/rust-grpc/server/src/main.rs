//! The Rust core behind gRPC: the messages of `proto/crossover.proto`, served on loopback or on a private Unix socket.
//!
//! The server is a child of the process that calls it. It writes one line of JSON to standard output,
//! `{"isa":"avx2","target":"unix:/tmp/crossover-7-0/server.sock"}`, when calls can come, and ends when standard input does, so that it
//! never outlives its parent, however that one dies.
//!
//! A call passes through [`services`] (typed message to the core's types and back), [`work`] (off the reactor's threads,
//! panics caught) and the core.

mod arguments;
mod datasets;
mod lifetime;
mod listener;
mod proto;
mod refusal;
mod serve;
mod services;
mod work;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Command, Settings};
use crossover_core::Isa;
use listener::Listener;

fn main() -> ExitCode {
    // The first is the program's own name.
    let result = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Command::Serve(settings)) => start(&settings),
        Ok(Command::Help) => print(arguments::HELP),
        Ok(Command::Version) => print(concat!("crossover-server ", env!("CARGO_PKG_VERSION"))),
        Err(error) => {
            complain(&format!("{error}; see crossover-server --help"));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// Serves until told to stop. The error is a sentence for people.
fn start(settings: &Settings) -> Result<(), String> {
    let runtime = work::runtime().map_err(|error| format!("can't start threads: {error}"))?;
    let result = runtime.block_on(async {
        let listener = Listener::bind(settings.listen)?;
        print(
            &serde_json::json!({ "target": listener.target()?, "isa": Isa::current().name() }).to_string(),
        )?;
        serve::until(lifetime::end()?, listener, settings.max_message_bytes).await
    });
    // Dropping the runtime would wait for computations that nobody waits for any more.
    runtime.shutdown_background();
    result
}

fn print(line: &str) -> Result<(), String> {
    let mut out = io::stdout();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| format!("can't write to standard output: {error}"))
}

fn complain(sentence: &str) {
    // Without standard error there is nobody left to tell.
    let _ = writeln!(io::stderr(), "crossover-server: {sentence}");
}
