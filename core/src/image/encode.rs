//! Writing the result: baseline JPEG, 4:2:0 or grey, with the tables of Annex K.

use libjpeg_turbo_rs::{Subsampling, compress_raw};

use super::finish::Finished;
use crate::error::{Error, ErrorCode};

/// Appends `picture` to `output` as a JPEG of the given `quality` (1 to 100).
///
/// # Errors
/// [`ErrorCode::Internal`]; the planes fit together, so the encoder has nothing to refuse.
pub fn encode(picture: &Finished, quality: u8, output: &mut Vec<u8>) -> Result<(), Error> {
    let luma = &picture.luma;
    let (planes, subsampling) = match &picture.chroma {
        None => (vec![luma], Subsampling::S444),
        Some([cb, cr]) => (vec![luma, cb, cr], Subsampling::S420),
    };
    let samples: Vec<&[u8]> = planes.iter().map(|plane| plane.samples.as_slice()).collect();
    let widths: Vec<usize> = planes.iter().map(|plane| plane.width).collect();
    let heights: Vec<usize> = planes.iter().map(|plane| plane.height).collect();
    let jpeg = compress_raw(
        &samples,
        &widths,
        &heights,
        luma.width,
        luma.height,
        quality,
        subsampling,
    )
    .map_err(|error| Error::new(ErrorCode::Internal, format!("the JPEG encoder failed: {error}")))?;
    output.extend_from_slice(&jpeg);
    Ok(())
}
