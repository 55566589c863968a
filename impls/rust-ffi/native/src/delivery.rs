//! How a result reaches the caller: it is copied into the caller's buffer, or kept until the caller has a larger one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crossover_core::{Computed, Error, Workspace};
use crossover_in_process::guarded;

use crate::failure::Failure;

/// What a call reports besides its output; a `Float64Array` of the caller's with this many elements.
const REPORT: usize = 2;

/// Where a report that has room for it tells how long the call waited for a thread.
const QUEUE: usize = 2;

/// Results in memory of the addon's that is reused from call to call. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results(Arc<Mutex<Kept>>);

/// What stays from one call to the next.
#[derive(Debug, Default)]
struct Kept {
    output: Vec<u8>,
    workspace: Workspace,
}

impl Results {
    /// Runs `work` and copies its output to `target` if it fits. `report` gets the length of the output, copied or not,
    /// and the nanoseconds that the work took.
    pub(crate) fn deliver(
        &self,
        target: &mut [u8],
        report: &mut [f64],
        work: impl FnOnce(&mut Workspace, &mut Vec<u8>) -> Result<Computed, Error>,
    ) -> Option<Failure> {
        let mut kept = self.lock();
        let Kept { output, workspace } = &mut *kept;
        let computed = guarded(|| work(workspace, output));
        let computed = match computed {
            Ok(computed) => computed,
            Err(error) => {
                output.clear();
                return Some(error.into());
            }
        };
        copy_if_it_fits(output, target);
        if let Some(report) = report.first_chunk_mut::<REPORT>() {
            #[expect(
                clippy::cast_precision_loss,
                reason = "JavaScript's numbers hold 2^53 bytes and 104 days of nanoseconds"
            )]
            {
                *report = [output.len() as f64, computed.nanoseconds as f64];
            }
        }
        None
    }

    /// Copies the last result to `target`, if it fits.
    pub(crate) fn take(&self, target: &mut [u8]) {
        copy_if_it_fits(&self.lock().output, target);
    }

    /// Hands over the last result if it is longer than `room`; the next one then gets new memory.
    pub(crate) fn take_larger_than(&self, room: usize) -> Option<Vec<u8>> {
        let output = &mut self.lock().output;
        (output.len() > room).then(|| std::mem::take(output))
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic inside is caught before it reaches the guard; if one did, the next call starts with an empty result.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a report has room for the time in the queue: then the caller wants to know, and the clock is read for it.
pub(crate) fn wants_queue(report: &[f64]) -> bool {
    report.len() > QUEUE
}

/// Tells how long the call has waited since then.
pub(crate) fn report_queue(report: &mut [f64], since: Instant) {
    if let Some(queue) = report.get_mut(QUEUE) {
        *queue = nanoseconds_since(since);
    }
}

/// Nanoseconds since then, as JavaScript counts.
pub(crate) fn nanoseconds_since(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e9
}

/// Copies `output` to the start of `target`, or nothing at all.
pub(crate) fn copy_if_it_fits(output: &[u8], target: &mut [u8]) {
    if let Some(target) = target.get_mut(..output.len()) {
        target.copy_from_slice(output);
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
    fn a_result_that_fits_is_copied_and_reported() {
        let (mut target, mut report) = (*b"......", [0.0; 2]);
        assert_eq!(
            Results::default().deliver(&mut target, &mut report, write(b"text")),
            None
        );
        assert_eq!(&target, b"text..");
        assert_eq!(report.map(f64::to_bits), [4.0_f64, 7.0].map(f64::to_bits));
    }

    #[test]
    fn a_result_that_does_not_fit_leaves_the_target_alone_and_waits() {
        let results = Results::default();
        let (mut small, mut report) = (*b"...", [0.0; 2]);
        assert_eq!(results.deliver(&mut small, &mut report, write(b"text")), None);
        assert_eq!(&small, b"...");
        let mut large = *b".....";
        results.take(&mut large);
        assert_eq!(&large, b"text.");
    }

    #[test]
    fn only_a_result_that_does_not_fit_is_handed_over() {
        let results = Results::default();
        assert_eq!(results.deliver(&mut [], &mut [], write(b"text")), None);
        assert_eq!(results.take_larger_than(4), None);
        assert_eq!(results.take_larger_than(3), Some(b"text".to_vec()));
        assert_eq!(results.take_larger_than(0), None);
    }

    #[test]
    fn an_error_leaves_nothing_to_take() {
        let results = Results::default();
        let mut target = *b"....";
        assert_eq!(results.deliver(&mut target, &mut [0.0; 2], write(b"text")), None);
        let failure = results.deliver(&mut target, &mut [], |_, _| {
            Err(Error::new(ErrorCode::InvalidJson, "bad"))
        });
        assert_eq!(
            failure,
            Some(Failure {
                code: "invalid-json".into(),
                message: "bad".into()
            })
        );
        target = *b"....";
        results.take(&mut target);
        assert_eq!(&target, b"....");
    }

    #[test]
    fn after_a_panic_the_next_call_works() {
        let results = Results::default();
        let mut target = *b"....";
        let failure = results.deliver(&mut target, &mut [], |_, _| panic!("boom"));
        assert_eq!(failure.map(|failure| failure.code), Some("internal".to_owned()));
        assert_eq!(results.deliver(&mut target, &mut [], write(b"text")), None);
        assert_eq!(&target, b"text");
    }
}
