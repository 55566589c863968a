//! `TimeSeriesService`.

use std::sync::Arc;

use crossover_core::Error;
use crossover_core::call::timed;
use crossover_core::time_series::{
    Columns, DimensionFilter, Loaded, Query, QueryParts, Table, ValueStatistics, aggregate,
};
use tonic::{Request, Response, Status};

use crate::datasets::Datasets;
use crate::proto::{
    self, AggregateRequest, AggregateResidentRequest, AggregateResponse, LoadRequest, LoadResponse,
    ReleaseRequest, ReleaseResponse, time_series_service_server::TimeSeriesService,
};
use crate::work::{self, with_workspace};

/// The service.
#[derive(Clone, Debug)]
pub struct TimeSeriesCalls {
    /// The series that are loaded.
    pub datasets: Arc<Datasets>,
}

#[tonic::async_trait]
impl TimeSeriesService for TimeSeriesCalls {
    async fn aggregate(
        &self,
        request: Request<AggregateRequest>,
    ) -> Result<Response<AggregateResponse>, Status> {
        let AggregateRequest { columns, query } = request.into_inner();
        let response = work::run(move |queue_ns| {
            answer(queue_ns, || {
                let query = read_query(query.unwrap_or_default())?;
                let columns = columns.unwrap_or_default();
                let columns = view(&columns)?;
                with_workspace(|workspace| aggregate(&columns, &query, workspace))
            })
        })
        .await?;
        Ok(Response::new(response))
    }

    async fn load(&self, request: Request<LoadRequest>) -> Result<Response<LoadResponse>, Status> {
        let columns = request.into_inner().columns.unwrap_or_default();
        let series = work::run(move |_| Loaded::new(&view(&columns)?)).await?;
        Ok(Response::new(LoadResponse {
            handle: self.datasets.insert(series),
        }))
    }

    async fn aggregate_resident(
        &self,
        request: Request<AggregateResidentRequest>,
    ) -> Result<Response<AggregateResponse>, Status> {
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

    async fn release(&self, request: Request<ReleaseRequest>) -> Result<Response<ReleaseResponse>, Status> {
        self.datasets.remove(request.into_inner().handle);
        Ok(Response::new(ReleaseResponse {}))
    }
}

/// Runs `compute`, measures it, and makes its table a message.
fn answer(queue_ns: u64, compute: impl FnOnce() -> Result<Table, Error>) -> Result<AggregateResponse, Error> {
    let mut response = AggregateResponse::default();
    let computed = timed(|| {
        response = write(compute()?);
        Ok(())
    })?;
    response.compute_ns = computed.nanoseconds;
    response.queue_ns = queue_ns;
    Ok(response)
}

/// The repeated fields are the core's columns: nothing is copied.
fn view(columns: &proto::Columns) -> Result<Columns<'_>, Error> {
    let proto::Columns {
        time,
        v0,
        v1,
        d0,
        d1,
        d2,
    } = columns;
    Columns::new(time, [v0, v1], [d0, d1, d2])
}

/// The core checks what the query asks for.
pub fn read_query(query: proto::Query) -> Result<Query, Error> {
    let proto::Query {
        from,
        to,
        r#where,
        group_by,
        bucket_ms,
        percentiles,
    } = query;
    let filters = r#where
        .into_iter()
        .map(|proto::DimensionFilter { dimension, codes }| DimensionFilter {
            dim: dimension,
            codes,
        })
        .collect();
    Query::new(QueryParts {
        from,
        to,
        filters,
        group_by,
        bucket_ms,
        percentiles,
    })
}

/// Moves the columns of a table into a message.
fn write(table: Table) -> AggregateResponse {
    let Table {
        bucket,
        values,
        count,
        codes,
    } = table;
    let [v0, v1] = values.map(|statistics| Some(write_statistics(statistics)));
    let keys = codes.into_iter().map(|codes| proto::Codes { codes }).collect();
    AggregateResponse {
        count,
        v0,
        v1,
        keys,
        bucket: bucket.unwrap_or_default(),
        compute_ns: 0,
        queue_ns: 0,
    }
}

fn write_statistics(statistics: ValueStatistics) -> proto::Aggregates {
    let ValueStatistics {
        sum,
        min,
        max,
        mean,
        std,
        percentiles,
    } = statistics;
    let [p50, p95, p99] = percentiles.unwrap_or_default();
    proto::Aggregates {
        sum,
        min,
        max,
        mean,
        std,
        p50,
        p95,
        p99,
    }
}

#[cfg(test)]
mod tests {
    use crossover_core::Workspace;

    use super::*;

    fn columns() -> proto::Columns {
        proto::Columns {
            time: vec![0.0, 250.0, 1000.0],
            v0: vec![1.0, 3.0, 5.0],
            v1: vec![-1.0, -1.0, -2.0],
            d0: vec![7, 7, 2],
            d1: vec![0; 3],
            d2: vec![4, 5, 6],
        }
    }

    fn asked(columns: &proto::Columns, query: proto::Query) -> Result<AggregateResponse, Error> {
        answer(0, || {
            let query = read_query(query)?;
            aggregate(&view(columns)?, &query, &mut Workspace::new())
        })
    }

    #[test]
    fn every_column_of_the_table_lands_in_its_field() {
        let query = proto::Query {
            group_by: vec![2, 0],
            bucket_ms: Some(1000.0),
            percentiles: true,
            r#where: vec![proto::DimensionFilter {
                dimension: 2,
                codes: vec![6, 4],
            }],
            from: Some(0.0),
            to: Some(1000.5),
        };
        let mut response = asked(&columns(), query).expect("an answer");
        response.compute_ns = 0;
        let aggregates = |values: [f64; 2]| {
            let values = values.to_vec();
            Some(proto::Aggregates {
                sum: values.clone(),
                min: values.clone(),
                max: values.clone(),
                mean: values.clone(),
                std: vec![0.0; 2],
                p50: values.clone(),
                p95: values.clone(),
                p99: values,
            })
        };
        let expected = AggregateResponse {
            count: vec![1, 1],
            v0: aggregates([1.0, 5.0]),
            v1: aggregates([-1.0, -2.0]),
            keys: vec![
                proto::Codes { codes: vec![4, 6] },
                proto::Codes { codes: vec![7, 2] },
            ],
            bucket: vec![0.0, 1000.0],
            compute_ns: 0,
            queue_ns: 0,
        };
        assert_eq!(response, expected);
    }

    #[test]
    fn what_was_not_asked_for_is_empty() {
        let response = asked(&columns(), proto::Query::default()).expect("an answer");
        assert_eq!(response.count, [3]);
        assert!(response.bucket.is_empty() && response.keys.is_empty());
        assert!(response.v0.expect("a message").p50.is_empty());
    }

    #[test]
    fn a_bad_query_is_reported_before_bad_columns() {
        let ragged = proto::Columns {
            d1: vec![],
            ..columns()
        };
        let bad = proto::Query {
            group_by: vec![1, 1],
            ..proto::Query::default()
        };
        let messages = [
            asked(&ragged, bad).expect_err("a refusal"),
            asked(&ragged, proto::Query::default()).expect_err("a refusal"),
        ]
        .map(|error| error.message().to_owned());
        assert_eq!(
            messages,
            [
                "option \"groupBy\" must be an array of different dimensions (0, 1, 2)",
                "the columns differ in length: time 3, v0 3, v1 3, d0 3, d1 0, d2 3",
            ]
        );
    }
}
