//! The core's errors on the wire: a status, the specification's code, and its message byte for byte.

use crossover_core::{Error, ErrorCode};
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::{Code, Status};

use crate::proto;

/// Trailing metadata with the error code of the specification.
const CODE_KEY: &str = "crossover-code";

/// Trailing metadata with the message of the specification, as UTF-8. The status message carries it as well, but percent
/// encoded, and grpc-js does not decode every character of that (it leaves `%23` and `%3F`, for `#` and `?`).
const MESSAGE_KEY: &str = "crossover-message-bin";

/// Turns an error of the core into the status that ends the call.
pub fn status(error: &Error) -> Status {
    let mut metadata = MetadataMap::new();
    metadata.insert(CODE_KEY, MetadataValue::from_static(error.code().as_str()));
    metadata.insert_bin(MESSAGE_KEY, MetadataValue::from_bytes(error.message().as_bytes()));
    Status::with_metadata(grpc_code(error.code()), error.message(), metadata)
}

/// The same on a stream, which no failed call ends.
pub fn failure(status: &Status) -> proto::Failure {
    let code = status
        .metadata()
        .get(CODE_KEY)
        .and_then(|code| code.to_str().ok());
    proto::Failure {
        status: i32::from(status.code()).unsigned_abs(),
        code: code.unwrap_or_default().to_owned(),
        message: status.message().to_owned(),
    }
}

const fn grpc_code(code: ErrorCode) -> Code {
    match code {
        ErrorCode::Internal => Code::Internal,
        ErrorCode::UnknownWorkload => Code::Unimplemented,
        _ => Code::InvalidArgument,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_message_cross_unchanged_whatever_characters_they_have() {
        let message = "unknown option \"größe #1? 100% \u{1F980}\n\"";
        let status = status(&Error::new(ErrorCode::InvalidOptions, message));
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(status.message(), message);
        assert_eq!(
            status
                .metadata()
                .get(CODE_KEY)
                .and_then(|code| code.to_str().ok()),
            Some("invalid-options")
        );
        let bytes = status
            .metadata()
            .get_bin(MESSAGE_KEY)
            .and_then(|message| message.to_bytes().ok());
        assert_eq!(bytes.as_deref(), Some(message.as_bytes()));
    }

    #[test]
    fn a_failure_on_a_stream_says_what_the_status_of_a_single_call_says() {
        let error = Error::new(ErrorCode::InvalidJson, "größe #1?");
        assert_eq!(
            failure(&status(&error)),
            proto::Failure {
                status: 3,
                code: "invalid-json".to_owned(),
                message: "größe #1?".to_owned(),
            }
        );
        assert_eq!(
            failure(&Status::not_found("gone")),
            proto::Failure {
                status: 5,
                code: String::new(),
                message: "gone".to_owned(),
            }
        );
    }

    #[test]
    fn a_broken_promise_of_the_server_is_not_blamed_on_the_caller() {
        assert_eq!(
            status(&Error::new(ErrorCode::Internal, "oops")).code(),
            Code::Internal
        );
    }
}
