//! Crossover's core behind a C ABI: what any language can load at run time, by path.
//!
//! `include/crossover.h` is generated from this crate (a test fails when it differs); its comments are the manual. The
//! rules that hold for every function:
//!
//! - A pointer with a length may be `NULL` when the length is 0. Any other `NULL` gives [`Status::BadArgument`].
//! - No function unwinds or aborts on bad data: a panic of the core becomes an error with the code `internal`.
//! - A [`Context`] serves one call at a time. Different contexts may be used from different threads at once, and a
//!   [`Dataset`] may be used by several contexts at once.
//! - Results travel by the *size query* convention: when the caller's buffer is too small, nothing is written, the needed
//!   length is reported, and the result waits in the context for [`crossover_take_output`]. Nothing is computed twice.
//!
//! `abi` holds the entry points and all the unsafe code; `context` is safe Rust.

mod abi;
mod capabilities;
mod context;
mod memory;

pub use abi::{
    ABI_VERSION, Dataset, Status, crossover_abi_version, crossover_call, crossover_call_resident,
    crossover_capabilities, crossover_context_free, crossover_context_new, crossover_last_error,
    crossover_load, crossover_release, crossover_take_output,
};
pub use context::Context;
