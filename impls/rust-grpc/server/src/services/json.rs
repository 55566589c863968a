//! `JsonService`.

use crossover_core::call::timed;
use crossover_core::json::{Options, Totals, transform};
use tonic::{Request, Response, Status};

use crate::proto::{self, TransformRequest, TransformResponse, json_service_server::JsonService};
use crate::work::{self, with_workspace};

/// The service; it has no state.
#[derive(Debug)]
pub struct JsonCalls;

#[tonic::async_trait]
impl JsonService for JsonCalls {
    async fn transform(
        &self,
        request: Request<TransformRequest>,
    ) -> Result<Response<TransformResponse>, Status> {
        let TransformRequest { options, document } = request.into_inner();
        let response = work::run_sized(document.len(), move |queue_ns| {
            let mut output = Vec::new();
            let computed = timed(|| {
                let options = read(options.unwrap_or_default());
                with_workspace(|workspace| transform(&document, &options, workspace, &mut output))
            })?;
            Ok(TransformResponse {
                document: output.into(),
                compute_ns: computed.nanoseconds,
                queue_ns,
            })
        })
        .await?;
        Ok(Response::new(response))
    }
}

/// Any strings are good options.
fn read(options: proto::JsonOptions) -> Options {
    let proto::JsonOptions {
        drop,
        rename,
        redact,
        redact_with,
        drop_nulls,
        totals,
    } = options;
    let totals = totals.map(
        |proto::Totals {
             array,
             left,
             right,
             into,
         }| Totals {
            array,
            left,
            right,
            into,
        },
    );
    Options {
        drop,
        rename,
        redact,
        redact_with,
        drop_nulls,
        totals,
    }
}
