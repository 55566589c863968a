//! Small vectors that every processor of an architecture has; elsewhere they are arrays. No dispatch is needed for them.

mod bytes;
mod pair;

pub use bytes::{BYTES, Bytes};
pub use pair::Pair;
