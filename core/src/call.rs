//! The uniform entry: options as JSON, input as bytes, output as bytes.

use std::time::Instant;

use crate::error::{Error, ErrorCode};
use crate::workspace::Workspace;
use crate::{echo, image, json, time_series};

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// Parse, transform and re-serialise a document.
    Json,
    /// A photograph becomes a web picture.
    Image,
    /// Aggregations over columns.
    TimeSeries,
    /// The same bytes again.
    Echo,
}

impl Workload {
    /// All workloads, in the order of their numbers in the C ABI (from 0): a new one comes last.
    pub const ALL: [Self; 4] = [Self::Json, Self::Image, Self::TimeSeries, Self::Echo];

    /// The name, as in `workloads/<name>`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Image => "image",
            Self::TimeSeries => "time-series",
            Self::Echo => "echo",
        }
    }

    /// Finds a workload by its name.
    ///
    /// # Errors
    /// [`ErrorCode::UnknownWorkload`] with the message `unknown workload "NAME"`.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|workload| workload.name() == name)
            .ok_or_else(|| Error::new(ErrorCode::UnknownWorkload, format!("unknown workload {name:?}")))
    }
}

/// What a finished call reports besides its output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Computed {
    /// Nanoseconds from the first byte read to the last byte written, options included.
    pub nanoseconds: u64,
}

/// Runs `work` and measures it.
///
/// # Errors
/// Those of `work`.
pub fn timed(work: impl FnOnce() -> Result<(), Error>) -> Result<Computed, Error> {
    let start = Instant::now();
    work()?;
    Ok(Computed {
        nanoseconds: u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX),
    })
}

/// Does the work once. `options` is a JSON object (or empty for the defaults); `output` is replaced, its capacity reused,
/// and so is the memory of `workspace`.
///
/// # Errors
/// As the workload's specification says; `output` is then empty.
pub fn call(
    workload: Workload,
    options: &[u8],
    input: &[u8],
    workspace: &mut Workspace,
    output: &mut Vec<u8>,
) -> Result<Computed, Error> {
    output.clear();
    let result = timed(|| match workload {
        Workload::Json => json::transform(input, &json::Options::from_json(options)?, workspace, output),
        Workload::Image => image::process(input, &image::Options::from_json(options)?, workspace, output),
        Workload::TimeSeries => {
            let query = time_series::Query::from_json(options)?;
            let frame = time_series::Frame::parse(input)?;
            time_series::aggregate(&frame.columns(), &query, workspace)?.write_to(output);
            Ok(())
        }
        Workload::Echo => {
            echo::check_options(options)?;
            echo::copy(input, output);
            Ok(())
        }
    });
    if result.is_err() {
        output.clear();
    }
    result
}

/// Data that stays with the callee, so that a call carries only options.
#[derive(Debug)]
pub struct Dataset(time_series::Loaded);

impl Dataset {
    /// Copies and checks the data once.
    ///
    /// # Errors
    /// Those of the data, as the workload's specification says; [`ErrorCode::UnknownWorkload`] with the message
    /// `the workload "NAME" has no resident data` for a workload other than `time-series`.
    pub fn load(workload: Workload, data: &[u8]) -> Result<Self, Error> {
        match workload {
            Workload::TimeSeries => Ok(Self(time_series::Loaded::new(
                &time_series::Frame::parse(data)?.columns(),
            )?)),
            Workload::Json | Workload::Image | Workload::Echo => Err(Error::new(
                ErrorCode::UnknownWorkload,
                format!("the workload {:?} has no resident data", workload.name()),
            )),
        }
    }

    /// Does the work once on the loaded data.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidOptions`]; `output` is then empty.
    pub fn call(
        &self,
        options: &[u8],
        workspace: &mut Workspace,
        output: &mut Vec<u8>,
    ) -> Result<Computed, Error> {
        output.clear();
        timed(|| {
            let query = time_series::Query::from_json(options)?;
            self.0.aggregate(&query, workspace).write_to(output);
            Ok(())
        })
    }
}
