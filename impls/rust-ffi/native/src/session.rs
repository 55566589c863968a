//! The calls, on the thread of the caller.
//!
//! Inputs are lent, not copied: they are JavaScript's typed arrays. `output` and `report` are written to; see `delivery`
//! for what they get. JavaScript does not run while a call does, so nobody changes what is lent.

use crossover_core::call::timed;
use crossover_core::time_series::{Columns, Query, aggregate};
use crossover_core::{Computed, Error, Workspace, call};
use crossover_in_process::numbered;
use napi::bindgen_prelude::{
    AsyncTask, Float64Array, Float64ArraySlice, Uint8Array, Uint8ArraySlice, Uint32Array,
};
use napi_derive::napi;

use crate::dataset::Dataset;
use crate::delivery::Results;
use crate::failure::Failure;
use crate::tasks::{CallTask, LentColumns, LoadTask, Work};

/// Results of one call at a time. Several sessions may be at work at once.
#[napi]
#[derive(Debug, Default)]
pub struct NativeSession {
    results: Results,
}

#[napi]
#[expect(
    clippy::too_many_arguments,
    reason = "one call carries all it needs; an object would cost its packing"
)]
impl NativeSession {
    /// A session without a result.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Does the work once. `options` is a JSON text.
    #[napi]
    #[must_use]
    pub fn call(
        &self,
        workload: u32,
        options: &[u8],
        input: &[u8],
        output: Uint8ArraySlice,
        report: Float64ArraySlice,
    ) -> Option<Failure> {
        deliver(&self.results, output, report, |workspace, result| {
            call(numbered(workload)?, options, input, workspace, result)
        })
    }

    /// Does the work of `time-series` once, on columns.
    #[napi]
    #[must_use]
    pub fn call_series(
        &self,
        options: &[u8],
        time: &[f64],
        v0: &[f64],
        v1: &[f64],
        d0: &[u32],
        d1: &[u32],
        d2: &[u32],
        output: Uint8ArraySlice,
        report: Float64ArraySlice,
    ) -> Option<Failure> {
        deliver(&self.results, output, report, |workspace, result| {
            query_columns(options, time, [v0, v1], [d0, d1, d2], workspace, result)
        })
    }

    /// Does the work once on loaded data.
    #[napi]
    #[must_use]
    pub fn call_resident(
        &self,
        dataset: &Dataset,
        options: &[u8],
        output: Uint8ArraySlice,
        report: Float64ArraySlice,
    ) -> Option<Failure> {
        deliver(&self.results, output, report, |workspace, result| {
            dataset.loaded()?.call(options, workspace, result)
        })
    }

    /// Copies the result of the last call to `output`, if it fits.
    #[napi]
    pub fn take_output(&self, mut output: Uint8ArraySlice) {
        // SAFETY: JavaScript does not run meanwhile, and nothing else of the addon's knows this array.
        self.results.take(unsafe { output.as_mut() });
    }

    /// Like `call`, on libuv's thread pool. Until the promise settles, `input` must not be changed, `output` and `report`
    /// must not be used, and the session must not be called.
    #[napi]
    #[must_use]
    pub fn call_async(
        &self,
        workload: u32,
        options: &[u8],
        input: Uint8Array,
        output: Uint8Array,
        report: Float64Array,
    ) -> AsyncTask<CallTask> {
        self.task(Work::Bytes { workload, input }, options, output, report)
    }

    /// Like `call_series`, on libuv's thread pool, with the conditions of `call_async`.
    #[napi]
    #[must_use]
    pub fn call_series_async(
        &self,
        options: &[u8],
        time: Float64Array,
        v0: Float64Array,
        v1: Float64Array,
        d0: Uint32Array,
        d1: Uint32Array,
        d2: Uint32Array,
        output: Uint8Array,
        report: Float64Array,
    ) -> AsyncTask<CallTask> {
        let columns = LentColumns {
            time,
            values: [v0, v1],
            dims: [d0, d1, d2],
        };
        self.task(Work::Columns(Box::new(columns)), options, output, report)
    }

    /// Like `call_resident`, on libuv's thread pool, with the conditions of `call_async`.
    #[napi]
    #[must_use]
    pub fn call_resident_async(
        &self,
        dataset: &Dataset,
        options: &[u8],
        output: Uint8Array,
        report: Float64Array,
    ) -> AsyncTask<CallTask> {
        self.task(Work::Resident(dataset.loaded()), options, output, report)
    }

    /// Its memory, for a task that works in it.
    pub(crate) fn results(&self) -> Results {
        self.results.clone()
    }

    fn task(
        &self,
        work: Work,
        options: &[u8],
        output: Uint8Array,
        report: Float64Array,
    ) -> AsyncTask<CallTask> {
        AsyncTask::new(CallTask::new(self.results.clone(), work, options, output, report))
    }
}

/// Delivers to typed arrays that were lent for one call.
fn deliver(
    results: &Results,
    mut output: Uint8ArraySlice,
    mut report: Float64ArraySlice,
    work: impl FnOnce(&mut Workspace, &mut Vec<u8>) -> Result<Computed, Error>,
) -> Option<Failure> {
    // SAFETY: JavaScript does not run meanwhile, and the TypeScript side owns both arrays and lends them for nothing else.
    results.deliver(unsafe { output.as_mut() }, unsafe { report.as_mut() }, work)
}

/// Loads data for later calls, on libuv's thread pool; until the promise settles, `data` must not be changed.
#[napi]
#[must_use]
pub fn load(workload: u32, data: Uint8Array) -> AsyncTask<LoadTask> {
    AsyncTask::new(LoadTask::new(workload, data))
}

/// Answers a query from columns that are lent one by one.
pub(crate) fn query_columns(
    options: &[u8],
    time: &[f64],
    values: [&[f64]; 2],
    dims: [&[u32]; 3],
    workspace: &mut Workspace,
    result: &mut Vec<u8>,
) -> Result<Computed, Error> {
    result.clear();
    timed(|| {
        let query = Query::from_json(options)?;
        aggregate(&Columns::new(time, values, dims)?, &query, workspace)?.write_to(result);
        Ok(())
    })
}
