//! `ImageService`.

use crossover_core::Error;
use crossover_core::call::timed;
use crossover_core::image::{Numbers, Options, process};
use tonic::{Request, Response, Status};

use crate::proto::{self, ProcessRequest, ProcessResponse, image_service_server::ImageService};
use crate::work::{self, with_workspace};

/// The service; it has no state.
#[derive(Debug)]
pub struct ImageCalls;

#[tonic::async_trait]
impl ImageService for ImageCalls {
    async fn process(&self, request: Request<ProcessRequest>) -> Result<Response<ProcessResponse>, Status> {
        let ProcessRequest { options, jpeg } = request.into_inner();
        let response = work::run(move |queue_ns| {
            let mut output = Vec::new();
            let computed = timed(|| {
                let options = read(&options.unwrap_or_default())?;
                with_workspace(|workspace| process(&jpeg, &options, workspace, &mut output))
            })?;
            Ok(ProcessResponse {
                jpeg: output.into(),
                compute_ns: computed.nanoseconds,
                queue_ns,
            })
        })
        .await?;
        Ok(Response::new(response))
    }
}

/// The core checks ranges and messages.
fn read(options: &proto::ImageOptions) -> Result<Options, Error> {
    Options::new(&Numbers {
        width: options.width.into(),
        height: options.height.into(),
        blur_sigma: options.blur_sigma,
        sharpen_sigma: options.sharpen_sigma,
        sharpen_amount: options.sharpen_amount,
        quality: options.quality.into(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GOOD: proto::ImageOptions = proto::ImageOptions {
        width: 800,
        height: 600,
        blur_sigma: 0.6,
        sharpen_sigma: 1.2,
        sharpen_amount: 0.8,
        quality: 90,
    };

    /// The same options through the core's own reader.
    fn by_core(options: &proto::ImageOptions) -> Result<Options, Error> {
        let json = json!({
            "width": options.width, "height": options.height,
            "blurSigma": options.blur_sigma, "sharpenSigma": options.sharpen_sigma,
            "sharpenAmount": options.sharpen_amount, "quality": options.quality,
        });
        Options::from_json(json.to_string().as_bytes())
    }

    #[test]
    fn a_typed_message_is_judged_as_the_same_options_in_json() {
        let integers = [0, 1, 2, 100, 101, 255, 256, 8192, 8193, u32::MAX];
        let numbers = [
            -1.0, -0.0, 0.0, 1e-300, 0.29, 0.3, 4.9, 5.0, 5.1, 10.0, 10.1, 1e300,
        ];
        let mut cases = vec![GOOD];
        for value in integers {
            cases.push(proto::ImageOptions { width: value, ..GOOD });
            cases.push(proto::ImageOptions {
                height: value,
                ..GOOD
            });
            cases.push(proto::ImageOptions {
                quality: value,
                ..GOOD
            });
        }
        for value in numbers {
            cases.push(proto::ImageOptions {
                blur_sigma: value,
                ..GOOD
            });
            cases.push(proto::ImageOptions {
                sharpen_sigma: value,
                ..GOOD
            });
            cases.push(proto::ImageOptions {
                sharpen_amount: value,
                ..GOOD
            });
            // More than one is wrong: the order counts.
            cases.push(proto::ImageOptions {
                width: 0,
                blur_sigma: value,
                quality: 0,
                ..GOOD
            });
            cases.push(proto::ImageOptions {
                sharpen_amount: value,
                quality: 0,
                ..GOOD
            });
        }
        for options in cases {
            assert_eq!(read(&options), by_core(&options), "{options:?}");
        }
    }

    #[test]
    fn numbers_that_json_does_not_have_are_refused() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let refused = read(&proto::ImageOptions {
                blur_sigma: value,
                ..GOOD
            })
            .expect_err("a refusal");
            assert_eq!(
                refused.message(),
                "option \"blurSigma\" must be 0 or a number from 0.3 to 10"
            );
            assert!(
                read(&proto::ImageOptions {
                    sharpen_amount: value,
                    ..GOOD
                })
                .is_err()
            );
        }
    }
}
