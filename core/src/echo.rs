//! The workload `echo`: the same bytes again. What its caller waits is what the boundary costs.

use crate::error::Error;
use crate::options::Members;

/// Checks that `options`, a JSON object (or empty), has no member: there are no options.
///
/// # Errors
/// [`ErrorCode::InvalidOptions`](crate::ErrorCode::InvalidOptions) with the messages of the specification.
pub fn check_options(options: &[u8]) -> Result<(), Error> {
    Members::parse(options, &[]).map(|_| ())
}

/// Appends `input` to `output`: one copy, and all there is to do.
pub fn copy(input: &[u8], output: &mut Vec<u8>) {
    output.extend_from_slice(input);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorCode, Workload, Workspace, call};

    #[test]
    fn an_output_is_the_input_whatever_was_there_before() {
        let mut output = b"older".to_vec();
        for input in [&b""[..], b"\0\xff", b"longer than before"] {
            let _ =
                call(Workload::Echo, b"{}", input, &mut Workspace::new(), &mut output).expect("an output");
            assert_eq!(output, input);
        }
    }

    #[test]
    fn no_options_may_be_an_empty_text_or_an_empty_object() {
        assert_eq!(check_options(b""), Ok(()));
        assert_eq!(check_options(b" { } "), Ok(()));
    }

    #[test]
    fn any_option_is_unknown() {
        let refused = |message: &str| Err(Error::new(ErrorCode::InvalidOptions, message));
        assert_eq!(
            check_options(br#"{"times":2,"a":1}"#),
            refused("unknown option \"times\"")
        );
        assert_eq!(check_options(b"[]"), refused("options must be an object"));
    }
}
