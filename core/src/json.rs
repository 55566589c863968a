//! The workload `json`: a JSON text becomes another one, in a single pass and without a tree.
//!
//! The output is `JSON.stringify(transform(JSON.parse(text)))` byte for byte; `workloads/json/README.md` specifies it.
//!
//! `rewrite` walks the text once with an explicit stack; `object` is its larger half. Most of the output is a copy of
//! the input, so `output` collects long runs of it instead of writing token by token. Member names are interned
//! (`names`) and mostly recognised by comparing the text with the name that followed last time, which makes what the
//! options say about a name a table look-up. An object whose members can't stay in the order of the text (duplicates,
//! integer-like names, renames that collide) is rare: `members` finds it at its end, the stream goes on as it is, and
//! `repair` puts all such objects in order in one pass over the finished output.

mod canonical;
mod frame;
mod members;
mod names;
mod number;
mod object;
mod options;
mod output;
mod repair;
mod rewrite;
mod scanner;
mod skip;
mod sums;

pub use options::{Options, Totals};

use crate::error::{Error, ErrorCode};
use crate::isa::Isa;
use crate::workspace::Workspace;

/// The largest input, in bytes. Offsets in the input fit 32 bits because of it.
const MAX_INPUT_BYTES: usize = 256 << 20;

/// Transforms the JSON text `input` as `options` say and appends the result to `output`.
///
/// # Errors
/// [`ErrorCode::InputTooLarge`], [`ErrorCode::InvalidUtf8`] and [`ErrorCode::InvalidJson`] with the messages of the
/// specification; what `output` then holds is unspecified.
pub fn transform(
    input: &[u8],
    options: &Options,
    workspace: &Workspace,
    output: &mut Vec<u8>,
) -> Result<(), Error> {
    if input.len() > MAX_INPUT_BYTES {
        return Err(Error::new(
            ErrorCode::InputTooLarge,
            "the JSON text is larger than 256 MiB",
        ));
    }
    if let Some(offset) = first_ill_formed(input, workspace.isa) {
        return Err(Error::new(
            ErrorCode::InvalidUtf8,
            format!("the input is not valid UTF-8 at byte {offset}"),
        ));
    }
    rewrite::rewrite(input, options, workspace.isa, output).map_err(|offset| {
        let message = if offset == input.len() {
            format!("the JSON text ends early, at byte {offset}")
        } else {
            format!("the input is not valid JSON at byte {offset}")
        };
        Error::new(ErrorCode::InvalidJson, message)
    })
}

/// The offset of the first ill-formed sequence, if there is any.
fn first_ill_formed(input: &[u8], isa: Isa) -> Option<usize> {
    // Much faster, but it does not tell where.
    if isa.is_vector() && simdutf8::basic::from_utf8(input).is_ok() {
        return None;
    }
    std::str::from_utf8(input).err().map(|error| error.valid_up_to())
}
