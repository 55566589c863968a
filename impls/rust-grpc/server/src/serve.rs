//! The gRPC server itself: which services, with which limits, for how long.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio_stream::wrappers::UnixListenerStream;
use tonic::transport::Server;
use tonic::transport::server::{Router, TcpIncoming};

use crate::datasets::Datasets;
use crate::listener::Listener;
use crate::proto::call_service_server::CallServiceServer;
use crate::proto::echo_service_server::EchoServiceServer;
use crate::proto::image_service_server::ImageServiceServer;
use crate::proto::json_service_server::JsonServiceServer;
use crate::proto::time_series_bytes_service_server::TimeSeriesBytesServiceServer;
use crate::proto::time_series_service_server::TimeSeriesServiceServer;
use crate::services::{
    call::StreamedCalls, echo::EchoCalls, image::ImageCalls, json::JsonCalls, time_series::TimeSeriesCalls,
    time_series_bytes::TimeSeriesByteCalls,
};

/// HTTP/2 flow control: how much of one request the client may send before the server has to speak. The protocol's own
/// 64 KiB cost a round trip each; with this, a 5 MB picture comes in one go.
const STREAM_WINDOW_BYTES: u32 = 8 << 20;

/// The same for all requests of one connection together.
const CONNECTION_WINDOW_BYTES: u32 = 16 << 20;

/// What a stream adds to a message at the most: number, deadline, and the message's own tag and length.
const ENVELOPE_BYTES: usize = 32;

/// How long calls that are under way at the end may take to finish.
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// Serves until `end`, then lets the calls under way finish.
///
/// # Errors
/// The listener failed, in words.
pub async fn until(
    end: impl Future<Output = ()>,
    listener: Listener,
    max_message_bytes: usize,
) -> Result<(), String> {
    let router = router(max_message_bytes).await;
    let (began, draining) = oneshot::channel::<()>();
    let end = async {
        end.await;
        drop(began);
    };
    let mut serving = pin!(serve(router, listener, end));
    tokio::select! {
        result = &mut serving => result.map_err(|error| format!("the server failed: {error}")),
        () = async { let _ = draining.await; tokio::time::sleep(DRAIN_TIME).await; } => Ok(()),
    }
}

async fn router(max_message_bytes: usize) -> Router {
    let json = JsonServiceServer::new(JsonCalls)
        .max_decoding_message_size(max_message_bytes)
        .max_encoding_message_size(max_message_bytes);
    let image = ImageServiceServer::new(ImageCalls)
        .max_decoding_message_size(max_message_bytes)
        .max_encoding_message_size(max_message_bytes);
    let datasets = Arc::new(Datasets::default());
    let time_series = TimeSeriesServiceServer::new(TimeSeriesCalls {
        datasets: Arc::clone(&datasets),
    })
    .max_decoding_message_size(max_message_bytes)
    .max_encoding_message_size(max_message_bytes);
    let time_series_bytes = TimeSeriesBytesServiceServer::new(TimeSeriesByteCalls {
        datasets: Arc::clone(&datasets),
    })
    .max_decoding_message_size(max_message_bytes)
    .max_encoding_message_size(max_message_bytes);
    let echo = EchoServiceServer::new(EchoCalls)
        .max_decoding_message_size(max_message_bytes)
        .max_encoding_message_size(max_message_bytes);
    let calls = CallServiceServer::new(StreamedCalls {
        datasets,
        max_message_bytes,
    })
    .max_decoding_message_size(max_message_bytes + ENVELOPE_BYTES)
    .max_encoding_message_size(max_message_bytes + ENVELOPE_BYTES);

    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_serving::<JsonServiceServer<JsonCalls>>().await;
    health.set_serving::<ImageServiceServer<ImageCalls>>().await;
    health
        .set_serving::<TimeSeriesServiceServer<TimeSeriesCalls>>()
        .await;
    health
        .set_serving::<TimeSeriesBytesServiceServer<TimeSeriesByteCalls>>()
        .await;
    health.set_serving::<EchoServiceServer<EchoCalls>>().await;
    health.set_serving::<CallServiceServer<StreamedCalls>>().await;

    Server::builder()
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .add_service(health_service)
        .add_service(json)
        .add_service(image)
        .add_service(time_series)
        .add_service(time_series_bytes)
        .add_service(echo)
        .add_service(calls)
}

async fn serve(
    router: Router,
    listener: Listener,
    end: impl Future<Output = ()>,
) -> Result<(), tonic::transport::Error> {
    match listener {
        Listener::Tcp(listener) => {
            let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
            router.serve_with_incoming_shutdown(incoming, end).await
        }
        Listener::Unix(listener, _folder) => {
            router
                .serve_with_incoming_shutdown(UnixListenerStream::new(listener), end)
                .await
        }
    }
}
