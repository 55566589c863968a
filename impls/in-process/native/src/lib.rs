//! What every binding of the core inside another language's process needs: [`guarded`] keeps panics from crossing into
//! it, [`numbered`] finds a workload by the number that crosses in place of its name.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossover_core::{Error, ErrorCode, Workload};

/// Runs `work`; a panic becomes an error with the code `internal` and the message `the core panicked: TEXT`.
///
/// What `work` changes must be of no use after an error, for a panic may leave it half done.
///
/// # Errors
/// Those of `work`, and `internal`.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(panicked(payload)))
}

fn panicked(payload: Box<dyn Any + Send>) -> Error {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    let error = Error::new(ErrorCode::Internal, format!("the core panicked: {text}"));
    // A payload may panic when dropped, and nothing would catch that.
    std::mem::forget(payload);
    error
}

/// The workload with this number: its index in [`Workload::ALL`].
///
/// # Errors
/// [`ErrorCode::UnknownWorkload`] with the message `unknown workload "NUMBER"`.
pub fn numbered(number: u32) -> Result<Workload, Error> {
    let found = usize::try_from(number)
        .ok()
        .and_then(|index| Workload::ALL.get(index).copied());
    found.ok_or_else(|| {
        Error::new(
            ErrorCode::UnknownWorkload,
            format!("unknown workload \"{number}\""),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_internal_error() {
        let result = guarded(|| -> Result<(), Error> { panic!("boom {}", 1) });
        assert_eq!(
            result,
            Err(Error::new(ErrorCode::Internal, "the core panicked: boom 1"))
        );
        let result = guarded(|| -> Result<(), Error> { panic!("boom") });
        assert_eq!(
            result,
            Err(Error::new(ErrorCode::Internal, "the core panicked: boom"))
        );
    }

    #[test]
    fn a_panic_payload_that_panics_when_dropped_does_no_harm() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("dropped");
            }
        }
        let result = guarded(|| -> Result<(), Error> { std::panic::panic_any(Bomb) });
        assert_eq!(
            result,
            Err(Error::new(ErrorCode::Internal, "the core panicked: no message"))
        );
    }

    #[test]
    fn results_and_errors_pass_unchanged() {
        assert_eq!(guarded(|| Ok(7)), Ok(7));
        let error = Error::new(ErrorCode::InvalidJson, "bad");
        assert_eq!(
            guarded(|| -> Result<(), Error> { Err(error.clone()) }),
            Err(error)
        );
    }

    #[test]
    fn workloads_have_the_numbers_of_their_order() {
        assert_eq!(numbered(0), Ok(Workload::Json));
        assert_eq!(numbered(2), Ok(Workload::TimeSeries));
        assert_eq!(numbered(3), Ok(Workload::Echo));
        for number in [4, u32::MAX] {
            let error = Error::new(
                ErrorCode::UnknownWorkload,
                format!("unknown workload \"{number}\""),
            );
            assert_eq!(numbered(number), Err(error));
        }
    }
}
