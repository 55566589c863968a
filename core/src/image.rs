//! Workload `image`: a photograph becomes a web picture. `workloads/image/README.md` is the specification.
//!
//! The steps are linear up to the last clamp, so they need neither the order nor the colour space of the specification
//! to give its result. What is done instead is the least work:
//!
//! 1. [`structure`] walks the markers and finds all that is wrong with the file before a pixel is decoded.
//! 2. [`decode`] gives each component at its own resolution, scaled down by 2, 4 or 8 where the target allows it: no
//!    upsampling, no colour conversion, no pixel that the resize would throw away.
//! 3. [`resize`] brings every component to the target size at once.
//! 4. [`orientation`] turns the small picture; the Lanczos kernel is symmetric and separable, so it may come after.
//! 5. [`gaussian`] blurs, [`finish`] sharpens, clamps in RGB and subsamples, row by row.
//! 6. [`encode`] writes the JPEG.

mod decode;
mod encode;
mod finish;
mod gaussian;
mod options;
mod orientation;
mod plane;
mod resize;
mod structure;

pub use options::{Numbers, Options};

use crate::error::Error;
use crate::workspace::Workspace;
use gaussian::Kernel;
use structure::Structure;

/// Turns the JPEG `input` into the JPEG that `options` describe and appends it to `output`.
///
/// # Errors
/// Those of the specification; nothing has then been appended. [`crate::ErrorCode::Internal`] when the encoder fails.
pub fn process(
    input: &[u8],
    options: &Options,
    workspace: &Workspace,
    output: &mut Vec<u8>,
) -> Result<(), Error> {
    let isa = workspace.isa;
    let structure = Structure::parse(input)?;
    let upright = (options.width, options.height);
    let stored = if structure.orientation.swaps_axes() {
        (upright.1, upright.0)
    } else {
        upright
    };

    let components = decode::decode(isa, &structure, stored)?;
    let blur = Kernel::new(options.blur_sigma);
    let planes = components
        .iter()
        .map(|component| {
            let resized = resize::resize(isa, component, stored)?;
            let turned = structure.orientation.apply(resized);
            Ok(gaussian::blurred(isa, &turned, blur.as_ref()))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let finished = finish::finish(isa, &planes, structure.colour, options);
    encode::encode(&finished, options.quality, output)
}
