//! The calls, on libuv's thread pool. A task holds references to the typed arrays that it was lent, so that they live as
//! long as it does.

use std::sync::Arc;
use std::time::Instant;

use crossover_core::{Computed, Error, Workspace, call};
use crossover_in_process::{guarded, numbered};
use napi::bindgen_prelude::{Either, Float64Array, Uint8Array, Uint32Array};
use napi::{Env, Task};

use crate::dataset::Dataset;
use crate::delivery::{Results, report_queue, wants_queue};
use crate::failure::Failure;
use crate::session::query_columns;

/// What a task computes from.
pub(crate) enum Work {
    /// Bytes that came with the call.
    Bytes {
        /// Number of the workload.
        workload: u32,
        /// Lent by JavaScript.
        input: Uint8Array,
    },
    /// Columns that came with the call.
    Columns(Box<LentColumns>),
    /// Loaded data, or why there is none.
    Resident(Result<Arc<crossover_core::Dataset>, Error>),
}

/// The columns of a series, lent by JavaScript.
pub(crate) struct LentColumns {
    pub(crate) time: Float64Array,
    pub(crate) values: [Float64Array; 2],
    pub(crate) dims: [Uint32Array; 3],
}

/// One call.
pub struct CallTask {
    results: Results,
    work: Work,
    options: Vec<u8>,
    output: Uint8Array,
    report: Float64Array,
    /// When it was made, if its report has room for how long it waits.
    since: Option<Instant>,
}

impl Work {
    pub(crate) fn compute(
        &self,
        options: &[u8],
        workspace: &mut Workspace,
        result: &mut Vec<u8>,
    ) -> Result<Computed, Error> {
        match self {
            Self::Bytes { workload, input } => call(numbered(*workload)?, options, input, workspace, result),
            Self::Columns(columns) => columns.query(options, workspace, result),
            Self::Resident(dataset) => dataset
                .as_ref()
                .map_err(Error::clone)?
                .call(options, workspace, result),
        }
    }
}

impl LentColumns {
    fn query(
        &self,
        options: &[u8],
        workspace: &mut Workspace,
        result: &mut Vec<u8>,
    ) -> Result<Computed, Error> {
        let Self {
            time,
            values: [v0, v1],
            dims: [d0, d1, d2],
        } = self;
        query_columns(options, time, [v0, v1], [d0, d1, d2], workspace, result)
    }
}

impl CallTask {
    pub(crate) fn new(
        results: Results,
        work: Work,
        options: &[u8],
        output: Uint8Array,
        report: Float64Array,
    ) -> Self {
        Self {
            results,
            work,
            options: options.to_vec(),
            output,
            since: wants_queue(&report).then(Instant::now),
            report,
        }
    }
}

impl Task for CallTask {
    type Output = Option<Failure>;
    type JsValue = Option<Failure>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let Self {
            results,
            work,
            options,
            output,
            report,
            since,
        } = self;
        // SAFETY: the caller has promised not to use `output` and `report` until the promise settles.
        let (output, report) = unsafe { (output.as_mut(), report.as_mut()) };
        if let Some(since) = since {
            report_queue(report, *since);
        }
        Ok(results.deliver(output, report, |workspace, result| {
            work.compute(options, workspace, result)
        }))
    }

    fn resolve(&mut self, _env: Env, failure: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(failure)
    }
}

/// One load.
pub struct LoadTask {
    workload: u32,
    data: Uint8Array,
}

impl LoadTask {
    pub(crate) fn new(workload: u32, data: Uint8Array) -> Self {
        Self { workload, data }
    }
}

impl Task for LoadTask {
    type Output = Result<crossover_core::Dataset, Error>;
    type JsValue = Either<Dataset, Failure>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(guarded(|| {
            crossover_core::Dataset::load(numbered(self.workload)?, &self.data)
        }))
    }

    fn resolve(&mut self, env: Env, loaded: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(match loaded {
            Ok(loaded) => Either::A(Dataset::new(env, loaded, self.data.len())?),
            Err(error) => Either::B(error.into()),
        })
    }
}
