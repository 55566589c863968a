//! Generates the messages and the services from `proto/crossover.proto`; `protox` needs no installed `protoc`.

use std::error::Error;

/// Read by the TypeScript client too.
const PROTO: &str = "../proto/crossover.proto";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PROTO}");
    let files = protox::compile([PROTO], ["../proto"])?;
    tonic_prost_build::configure()
        .build_client(false)
        .build_transport(false)
        // Documents and pictures are views of the received message, not copies.
        .bytes(".crossover.v1")
        .compile_fds(files)?;
    Ok(())
}
