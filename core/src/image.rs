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
pub(crate) use resize::Resampler;

use crate::error::Error;
use crate::workspace::{Release, Workspace};
use decode::Component;
use finish::Finished;
use gaussian::Kernel;
use plane::Plane;
use structure::Structure;

/// Turns the JPEG `input` into the JPEG that `options` describe and appends it to `output`.
///
/// # Errors
/// Those of the specification; nothing has then been appended. [`crate::ErrorCode::Internal`] when the encoder fails.
pub fn process(
    input: &[u8],
    options: &Options,
    workspace: &mut Workspace,
    output: &mut Vec<u8>,
) -> Result<(), Error> {
    let source = Source::parse(input, options)?;
    let components = source.decode(workspace)?;
    let resized = source.resize(&components, workspace)?;
    let blurred = source.blur(&resized, workspace);
    let finished = source.finish(&blurred, workspace);
    let encoded = source.encode(&finished, output);
    finished.release(workspace);
    blurred.release(workspace);
    resized.release(workspace);
    components.release(workspace);
    encoded
}

/// What is done with one picture, step by step: [`process`] is all of them. What a step gives is made of the workspace's
/// memory: [`Release`] it in the opposite order.
#[derive(Debug)]
pub struct Source<'a> {
    structure: Structure<'a>,
    options: &'a Options,
    /// Width and height of the result before it is turned upright.
    stored: (usize, usize),
}

impl<'a> Source<'a> {
    /// Walks the markers.
    ///
    /// # Errors
    /// All that can be known without decoding.
    pub fn parse(input: &'a [u8], options: &'a Options) -> Result<Self, Error> {
        let structure = Structure::parse(input)?;
        let upright = (options.width, options.height);
        let stored = if structure.orientation.swaps_axes() {
            (upright.1, upright.0)
        } else {
            upright
        };
        Ok(Self {
            structure,
            options,
            stored,
        })
    }

    /// The components, as small as the result allows.
    ///
    /// # Errors
    /// Coded data or tables are damaged.
    pub fn decode(&self, workspace: &mut Workspace) -> Result<Vec<Component>, Error> {
        Ok(decode::decode(&self.structure, self.stored, workspace)?)
    }

    /// The components at the size of the result, upright.
    ///
    /// # Errors
    /// [`crate::ErrorCode::Internal`], which the sizes here never are a reason for.
    pub fn resize(
        &self,
        components: &[Component],
        workspace: &mut Workspace,
    ) -> Result<Vec<Plane<u8>>, Error> {
        components
            .iter()
            .map(|component| {
                let resized = resize::resize(component, self.stored, workspace)?;
                Ok(self.structure.orientation.apply(resized, workspace))
            })
            .collect()
    }

    /// The blurred components.
    #[must_use]
    pub fn blur(&self, resized: &[Plane<u8>], workspace: &mut Workspace) -> Vec<Plane<u16>> {
        let kernel = Kernel::new(self.options.blur_sigma);
        resized
            .iter()
            .map(|plane| gaussian::blurred(plane, kernel.as_ref(), workspace))
            .collect()
    }

    /// What is sharpened, clamped and subsampled.
    #[must_use]
    pub fn finish(&self, blurred: &[Plane<u16>], workspace: &mut Workspace) -> Finished {
        finish::finish(blurred, self.structure.colour, self.options, workspace)
    }

    /// Appends the JPEG to `output`.
    ///
    /// # Errors
    /// [`crate::ErrorCode::Internal`] when the encoder fails.
    pub fn encode(&self, finished: &Finished, output: &mut Vec<u8>) -> Result<(), Error> {
        encode::encode(finished, self.options.quality, output)
    }
}
