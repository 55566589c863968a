//! Errors as they cross into JavaScript: as values, for the TypeScript side throws errors of its own.

use crossover_core::Error;
use napi_derive::napi;

/// Why a call failed.
#[napi(object)]
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// E.g. `invalid-json`.
    pub code: String,
    /// The sentence for people.
    pub message: String,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            code: error.code().as_str().to_owned(),
            message: error.message().to_owned(),
        }
    }
}
