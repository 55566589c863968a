//! The work that every Rust pattern of Crossover runs: the workloads as pure functions over bytes and columns.
//!
//! There is no I/O here, no binding code and no global state; the carriers under `impls/` add those. A carrier that has
//! bytes and wants bytes uses [`call`] (and [`Dataset`] for data that stays); a carrier with typed messages uses the
//! workload's own module:
//!
//! - [`json`]: `json::Options`, `json::transform`
//! - [`image`]: `image::Options`, `image::process`
//! - [`time_series`]: `time_series::Query`, `time_series::Columns`, `time_series::aggregate`
//! - [`echo`]: `echo::check_options`, `echo::copy`
//!
//! What each computes, and the exact text of each error, is specified in `workloads/<name>/README.md`. Every entry
//! measures its own time (see [`call::Computed`]), so that what a boundary adds can be told from what the work takes.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined gets the instructions that its caller was compiled for, and the bits in registers"
)]

pub mod call;
pub mod echo;
pub mod error;
pub mod image;
pub mod isa;
pub mod json;
mod options;
mod simd;
pub mod time_series;
mod workspace;

pub use call::{Computed, Dataset, Workload, call};
pub use error::{Error, ErrorCode};
pub use isa::Isa;
pub use workspace::{Release, Workspace};
