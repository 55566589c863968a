//! What one caller's calls leave behind: the output that was last computed, and the last error.

use crossover_core::{Computed, Error, Workspace};
use crossover_in_process::guarded;

/// The state of one caller. Serves one call at a time.
#[derive(Debug, Default)]
pub struct Context {
    output: Vec<u8>,
    workspace: Workspace,
    error: Option<Error>,
}

impl Context {
    /// Runs `work` on the output buffer, whose capacity is reused, and keeps what comes of it: the output or the error.
    /// A panic counts as an `internal` error. `None` when there is an error.
    pub(crate) fn compute(
        &mut self,
        work: impl FnOnce(&mut Workspace, &mut Vec<u8>) -> Result<Computed, Error>,
    ) -> Option<Computed> {
        let Self {
            output, workspace, ..
        } = self;
        let result = guarded(|| work(workspace, output));
        if result.is_err() {
            self.output.clear();
        }
        self.keep_error(result)
    }

    /// Runs `work`, which leaves no output, and keeps the error if there is one. A panic counts as an `internal` error.
    pub(crate) fn attempt<T>(&mut self, work: impl FnOnce() -> Result<T, Error>) -> Option<T> {
        self.output.clear();
        self.keep_error(guarded(work))
    }

    /// The output of the last call; empty after an error.
    pub(crate) fn output(&self) -> &[u8] {
        &self.output
    }

    /// The error of the last call.
    pub(crate) fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    fn keep_error<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        match result {
            Ok(value) => {
                self.error = None;
                Some(value)
            }
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossover_core::ErrorCode;

    fn write(text: &'static [u8]) -> impl FnOnce(&mut Workspace, &mut Vec<u8>) -> Result<Computed, Error> {
        move |_, output| {
            output.clear();
            output.extend_from_slice(text);
            Ok(Computed { nanoseconds: 7 })
        }
    }

    #[test]
    fn a_panic_leaves_an_internal_error_and_no_output() {
        let mut context = Context::default();
        let result = context.compute(|_, output| {
            output.extend_from_slice(b"half");
            panic!("boom")
        });
        assert_eq!(result, None);
        assert_eq!(context.output(), b"");
        assert_eq!(
            context.error(),
            Some(&Error::new(ErrorCode::Internal, "the core panicked: boom"))
        );
    }

    #[test]
    fn a_success_forgets_the_error_before_it() {
        let mut context = Context::default();
        assert_eq!(
            context.compute(|_, _| Err(Error::new(ErrorCode::InvalidJson, "bad"))),
            None
        );
        assert_eq!(context.compute(write(b"fine")), Some(Computed { nanoseconds: 7 }));
        assert_eq!(context.error(), None);
        assert_eq!(context.output(), b"fine");
    }

    #[test]
    fn an_error_leaves_no_output_of_the_call_before_it() {
        let mut context = Context::default();
        assert!(context.compute(write(b"fine")).is_some());
        let refused =
            context.attempt(|| -> Result<(), Error> { Err(Error::new(ErrorCode::InvalidJson, "bad")) });
        assert_eq!(refused, None);
        assert_eq!(context.output(), b"");
    }
}
