//! The services of `proto/crossover.proto`, one module each: typed messages to the core's types and back.

pub mod call;
pub mod echo;
pub mod image;
pub mod json;
pub mod time_series;
pub mod time_series_bytes;
