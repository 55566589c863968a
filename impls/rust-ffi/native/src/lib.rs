//! Crossover's core inside the Node process, as a Node-API addon.
//!
//! The addon is thin: it lends the core the memory of JavaScript's typed arrays, and takes care of what a native library
//! must not do to its host. `src/addon.ts` declares the same interface for TypeScript.
//!
//! - `session`: the calls, on the caller's thread;
//! - `tasks`: the same on libuv's thread pool;
//! - `queue`: many calls for each visit of a pool's thread;
//! - `dataset`: data that stays;
//! - `delivery`: how a result reaches the caller's buffer without a second computation;
//! - `failure`: errors as values.

mod dataset;
mod delivery;
mod failure;
mod queue;
mod session;
mod tasks;

use crossover_core::{Isa, Workload};
use napi_derive::napi;

pub use dataset::Dataset;
pub use failure::Failure;
pub use queue::{CallQueue, QueueTask};
pub use session::{NativeSession, load};
pub use tasks::{CallTask, LoadTask};

/// The names of the workloads; a workload's number in all calls is its index here.
#[napi]
#[must_use]
pub fn workloads() -> Vec<&'static str> {
    Workload::ALL.into_iter().map(Workload::name).collect()
}

/// The level of vector instructions that the core uses.
#[napi]
#[must_use]
pub fn isa() -> &'static str {
    Isa::current().name()
}

/// Does nothing: what it takes to call it is what a crossing costs without arguments or a result.
#[napi]
pub fn noop() {}
