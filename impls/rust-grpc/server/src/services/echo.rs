//! `EchoService`.

use crossover_core::call::timed;
use crossover_core::echo::copy;
use tonic::{Request, Response, Status};

use crate::proto::{EchoRequest, EchoResponse, echo_service_server::EchoService};
use crate::work;

/// The service; it has no state.
#[derive(Debug)]
pub struct EchoCalls;

#[tonic::async_trait]
impl EchoService for EchoCalls {
    async fn echo(&self, request: Request<EchoRequest>) -> Result<Response<EchoResponse>, Status> {
        let EchoRequest { payload } = request.into_inner();
        let response = work::run_sized(payload.len(), move |queue_ns| {
            let mut output = Vec::new();
            let computed = timed(|| {
                copy(&payload, &mut output);
                Ok(())
            })?;
            Ok(EchoResponse {
                payload: output.into(),
                compute_ns: computed.nanoseconds,
                queue_ns,
            })
        })
        .await?;
        Ok(Response::new(response))
    }
}
