//! `TimeSeriesBytesService`.

use std::borrow::Cow;
use std::sync::Arc;

use bytemuck::AnyBitPattern;
use crossover_core::call::timed;
use crossover_core::time_series::{Columns, Loaded, Table, aggregate};
use crossover_core::{Error, ErrorCode};
use tonic::{Request, Response, Status};

use crate::datasets::Datasets;
use crate::proto::{
    AggregateBytesRequest, AggregateResidentRequest, ColumnBytes, LoadBytesRequest, LoadResponse,
    TableResponse, time_series_bytes_service_server::TimeSeriesBytesService,
};
use crate::services::time_series::read_query;
use crate::work::{self, with_workspace};

/// The service.
#[derive(Clone, Debug)]
pub struct TimeSeriesByteCalls {
    /// The series that are loaded.
    pub datasets: Arc<Datasets>,
}

#[tonic::async_trait]
impl TimeSeriesBytesService for TimeSeriesByteCalls {
    async fn aggregate(
        &self,
        request: Request<AggregateBytesRequest>,
    ) -> Result<Response<TableResponse>, Status> {
        let AggregateBytesRequest { columns, query } = request.into_inner();
        let response = work::run(move |queue_ns| {
            answer(queue_ns, || {
                let query = read_query(query.unwrap_or_default())?;
                let columns = columns.unwrap_or_default();
                let series = Series::view(&columns)?;
                let columns = series.columns()?;
                with_workspace(|workspace| aggregate(&columns, &query, workspace))
            })
        })
        .await?;
        Ok(Response::new(response))
    }

    async fn load(&self, request: Request<LoadBytesRequest>) -> Result<Response<LoadResponse>, Status> {
        let columns = request.into_inner().columns.unwrap_or_default();
        let series = work::run(move |_| Loaded::new(&Series::view(&columns)?.columns()?)).await?;
        Ok(Response::new(LoadResponse {
            handle: self.datasets.insert(series),
        }))
    }

    async fn aggregate_resident(
        &self,
        request: Request<AggregateResidentRequest>,
    ) -> Result<Response<TableResponse>, Status> {
        let AggregateResidentRequest { handle, query } = request.into_inner();
        let series = self.datasets.get(handle)?;
        let response = work::run(move |queue_ns| {
            answer(queue_ns, || {
                let query = read_query(query.unwrap_or_default())?;
                Ok(with_workspace(|workspace| series.aggregate(&query, workspace)))
            })
        })
        .await?;
        Ok(Response::new(response))
    }
}

/// Runs `compute`, writes its table, and measures both, as the core does where it takes and gives bytes.
fn answer(queue_ns: u64, compute: impl FnOnce() -> Result<Table, Error>) -> Result<TableResponse, Error> {
    let mut table = Vec::new();
    let computed = timed(|| {
        compute()?.write_to(&mut table);
        Ok(())
    })?;
    Ok(TableResponse {
        table: table.into(),
        compute_ns: computed.nanoseconds,
        queue_ns,
    })
}

/// The columns of a message as numbers: its own memory where that is aligned, which depends on the lengths of all that stands
/// before them in the message, else copies.
struct Series<'a> {
    time: Cow<'a, [f64]>,
    values: [Cow<'a, [f64]>; 2],
    dims: [Cow<'a, [u32]>; 3],
}

impl<'a> Series<'a> {
    fn view(columns: &'a ColumnBytes) -> Result<Self, Error> {
        let ColumnBytes {
            time,
            v0,
            v1,
            d0,
            d1,
            d2,
        } = columns;
        Ok(Self {
            time: numbers("time", time, f64::from_le_bytes)?,
            values: [
                numbers("v0", v0, f64::from_le_bytes)?,
                numbers("v1", v1, f64::from_le_bytes)?,
            ],
            dims: [
                numbers("d0", d0, u32::from_le_bytes)?,
                numbers("d1", d1, u32::from_le_bytes)?,
                numbers("d2", d2, u32::from_le_bytes)?,
            ],
        })
    }

    fn columns(&self) -> Result<Columns<'_>, Error> {
        let [v0, v1] = &self.values;
        let [d0, d1, d2] = &self.dims;
        Columns::new(&self.time, [v0, v1], [d0, d1, d2])
    }
}

/// Little-endian bytes as numbers of `N` bytes.
fn numbers<'a, T: AnyBitPattern, const N: usize>(
    name: &str,
    bytes: &'a [u8],
    read: fn([u8; N]) -> T,
) -> Result<Cow<'a, [T]>, Error> {
    let (whole, rest) = bytes.as_chunks::<N>();
    if !rest.is_empty() {
        return Err(Error::new(
            ErrorCode::InvalidSeries,
            format!(
                "column \"{name}\" has {} bytes, which are no numbers of {N}",
                bytes.len()
            ),
        ));
    }
    Ok(match bytemuck::try_cast_slice(bytes) {
        Ok(aligned) if cfg!(target_endian = "little") => Cow::Borrowed(aligned),
        _ => Cow::Owned(whole.iter().map(|number| read(*number)).collect()),
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    /// Two equal messages: whatever the address of one, that of the other is odd to it.
    fn at_both_alignments(numbers: &[f64]) -> [Bytes; 2] {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let shifted: Vec<u8> = [0].into_iter().chain(bytes.iter().copied()).collect();
        [Bytes::from(bytes), Bytes::from(shifted).slice(1..)]
    }

    #[test]
    fn numbers_are_the_same_at_any_address() {
        let column = [1.5, -0.0, f64::MAX, f64::MIN_POSITIVE];
        for bytes in at_both_alignments(&column) {
            let read = numbers("time", &bytes, f64::from_le_bytes).expect("numbers");
            assert_eq!(read.as_ref(), column);
        }
        let empty = numbers("d0", &[], u32::from_le_bytes).expect("no numbers");
        assert!(empty.is_empty());
    }

    #[test]
    fn bytes_that_are_no_whole_numbers_are_refused() {
        let refused = numbers("v1", &[0; 12], f64::from_le_bytes).expect_err("a refusal");
        assert_eq!(refused.code(), ErrorCode::InvalidSeries);
        assert_eq!(
            refused.message(),
            "column \"v1\" has 12 bytes, which are no numbers of 8"
        );
    }
}
