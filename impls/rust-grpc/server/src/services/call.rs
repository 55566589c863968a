//! `CallService`: all calls of a session on one stream.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, Stream};
use prost::Message;
use tokio::time::timeout;
use tonic::{Request, Response, Status, Streaming};

use crate::datasets::Datasets;
use crate::proto::call_request::Request as Asked;
use crate::proto::call_response::Response as Answered;
use crate::proto::echo_service_server::EchoService;
use crate::proto::image_service_server::ImageService;
use crate::proto::json_service_server::JsonService;
use crate::proto::time_series_bytes_service_server::TimeSeriesBytesService;
use crate::proto::time_series_service_server::TimeSeriesService;
use crate::proto::{CallRequest, CallResponse, call_service_server::CallService};
use crate::refusal;
use crate::services::{
    echo::EchoCalls, image::ImageCalls, json::JsonCalls, time_series::TimeSeriesCalls,
    time_series_bytes::TimeSeriesByteCalls,
};

/// How many calls of one stream may be under way; further ones wait in HTTP/2's flow control, and with the caller.
const CALLS_UNDER_WAY: usize = 64;

/// The service. It leaves the work to the services of single calls.
#[derive(Debug)]
pub struct StreamedCalls {
    /// Shared with the services of single calls, so that a series which one has loaded can be used here.
    pub datasets: Arc<Datasets>,
    /// Longest response, as for single calls.
    pub max_message_bytes: usize,
}

#[tonic::async_trait]
impl CallService for StreamedCalls {
    type CallStream = Answers;

    async fn call(&self, requests: Request<Streaming<CallRequest>>) -> Result<Response<Answers>, Status> {
        Ok(Response::new(Answers {
            requests: Some(requests.into_inner()),
            under_way: FuturesUnordered::new(),
            datasets: Arc::clone(&self.datasets),
            max_message_bytes: self.max_message_bytes,
        }))
    }
}

/// The answers of one stream, in the order in which they are ready.
///
/// The stream of answers itself reads the requests and drives the calls, without tasks and channels of its own: a call that
/// needs no other thread is answered in the turn in which its request arrived. The connection asks for an answer only
/// when the caller has room for it, so a caller that takes none makes the server read nothing more.
pub struct Answers {
    /// Absent when the caller has said that no more will come.
    requests: Option<Streaming<CallRequest>>,
    under_way: FuturesUnordered<BoxFuture<'static, CallResponse>>,
    datasets: Arc<Datasets>,
    max_message_bytes: usize,
}

impl Stream for Answers {
    type Item = Result<CallResponse, Status>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Poll::Ready(Some(answer)) = Pin::new(&mut this.under_way).poll_next(context) {
                return Poll::Ready(Some(Ok(answer)));
            }
            if this.under_way.len() >= CALLS_UNDER_WAY {
                return Poll::Pending;
            }
            let next = this.requests.as_mut().map_or(Poll::Ready(None), |requests| {
                Pin::new(requests).poll_next(context)
            });
            match next {
                Poll::Ready(Some(Ok(request))) => {
                    let datasets = Arc::clone(&this.datasets);
                    let call = answer(datasets, request, this.max_message_bytes);
                    this.under_way.push(Box::pin(call));
                }
                Poll::Ready(Some(Err(status))) => return Poll::Ready(Some(Err(status))),
                Poll::Ready(None) if this.under_way.is_empty() => return Poll::Ready(None),
                Poll::Ready(None) => {
                    this.requests = None;
                    return Poll::Pending;
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

/// Makes one call; whatever becomes of it is its answer.
async fn answer(
    datasets: Arc<Datasets>,
    CallRequest {
        id,
        deadline_ms,
        request,
    }: CallRequest,
    max_message_bytes: usize,
) -> CallResponse {
    let deadline = Duration::from_millis(deadline_ms.into());
    let outcome = timeout(deadline, compute(datasets, request, max_message_bytes))
        .await
        .unwrap_or_else(|_| Err(Status::deadline_exceeded("the call took too long")));
    CallResponse {
        id,
        response: Some(outcome.unwrap_or_else(|status| Answered::Failure(refusal::failure(&status)))),
    }
}

/// Leaves a request to its service.
async fn compute(
    datasets: Arc<Datasets>,
    request: Option<Asked>,
    max_bytes: usize,
) -> Result<Answered, Status> {
    let (time_series, in_bytes) = (
        TimeSeriesCalls {
            datasets: Arc::clone(&datasets),
        },
        TimeSeriesByteCalls { datasets },
    );
    match request {
        Some(Asked::Transform(request)) => {
            let call = JsonCalls.transform(Request::new(request));
            Ok(Answered::Transform(message(call, max_bytes).await?))
        }
        Some(Asked::Process(request)) => {
            let call = ImageCalls.process(Request::new(request));
            Ok(Answered::Process(message(call, max_bytes).await?))
        }
        Some(Asked::Aggregate(request)) => {
            let call = time_series.aggregate(Request::new(request));
            Ok(Answered::Aggregate(message(call, max_bytes).await?))
        }
        Some(Asked::Load(request)) => {
            let call = time_series.load(Request::new(request));
            Ok(Answered::Load(message(call, max_bytes).await?))
        }
        Some(Asked::AggregateResident(request)) => {
            let call = time_series.aggregate_resident(Request::new(request));
            Ok(Answered::AggregateResident(message(call, max_bytes).await?))
        }
        Some(Asked::Release(request)) => {
            let call = time_series.release(Request::new(request));
            Ok(Answered::Release(message(call, max_bytes).await?))
        }
        Some(Asked::Echo(request)) => {
            let call = EchoCalls.echo(Request::new(request));
            Ok(Answered::Echo(message(call, max_bytes).await?))
        }
        Some(Asked::AggregateBytes(request)) => {
            let call = in_bytes.aggregate(Request::new(request));
            Ok(Answered::AggregateBytes(message(call, max_bytes).await?))
        }
        Some(Asked::LoadBytes(request)) => {
            let call = in_bytes.load(Request::new(request));
            Ok(Answered::LoadBytes(message(call, max_bytes).await?))
        }
        Some(Asked::AggregateResidentBytes(request)) => {
            let call = in_bytes.aggregate_resident(Request::new(request));
            Ok(Answered::AggregateResidentBytes(message(call, max_bytes).await?))
        }
        None => Err(Status::unimplemented("this server does not know the request")),
    }
}

/// The message of a single call's response, if it is not too long: as a single call it would have failed alone, here it would
/// end the stream.
async fn message<T: Message>(
    call: impl Future<Output = Result<Response<T>, Status>>,
    max_bytes: usize,
) -> Result<T, Status> {
    let message = call.await?.into_inner();
    let length = message.encoded_len();
    if length > max_bytes {
        return Err(Status::out_of_range(format!("the response has {length} bytes")));
    }
    Ok(message)
}
