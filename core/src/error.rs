//! What can be wrong with the data or the options of a call.

use std::fmt;

/// The kind of an [`Error`]; its text form is the same in every implementation, in Rust and in TypeScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// The options have an unknown member or one of the wrong type or range.
    InvalidOptions,
    /// The input is beyond the workload's limit.
    InputTooLarge,
    /// json: the text is not UTF-8.
    InvalidUtf8,
    /// json: the text is not JSON.
    InvalidJson,
    /// image: no JPEG signature.
    NotAJpeg,
    /// image: the bytes end before the end-of-image marker.
    TruncatedJpeg,
    /// image: the structure or the coded data is damaged.
    CorruptJpeg,
    /// image: a coding process or a number of components that is not supported.
    UnsupportedJpeg,
    /// image: more pixels than the limit.
    ImageTooLarge,
    /// time-series: not a series frame.
    InvalidSeries,
    /// time-series: columns of different length.
    RaggedColumns,
    /// time-series: NaN or an infinity.
    NotFinite,
    /// The request names a workload that this library does not have.
    UnknownWorkload,
    /// A promise of this library's own was broken; never the caller's fault.
    Internal,
}

impl ErrorCode {
    /// The code as it appears on every boundary, e.g. `invalid-json`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidOptions => "invalid-options",
            Self::InputTooLarge => "input-too-large",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::InvalidJson => "invalid-json",
            Self::NotAJpeg => "not-a-jpeg",
            Self::TruncatedJpeg => "truncated-jpeg",
            Self::CorruptJpeg => "corrupt-jpeg",
            Self::UnsupportedJpeg => "unsupported-jpeg",
            Self::ImageTooLarge => "image-too-large",
            Self::InvalidSeries => "invalid-series",
            Self::RaggedColumns => "ragged-columns",
            Self::NotFinite => "not-finite",
            Self::UnknownWorkload => "unknown-workload",
            Self::Internal => "internal",
        }
    }
}

/// The input or the options of a call are bad. The call had no effect and produced no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: ErrorCode,
    message: String,
}

impl Error {
    /// An error whose `message` is the one the workload's specification gives.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// What kind of error this is.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
