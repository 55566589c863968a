//! The messages and services that `build.rs` generates from `proto/crossover.proto`.
#![allow(clippy::pedantic, missing_docs, reason = "generated code")]

tonic::include_proto!("crossover.v1");
