//! Lanczos resampling of one component.

use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::{CpuExtensions, FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::decode::Component;
use super::plane::Plane;
use crate::error::{Error, ErrorCode};
use crate::isa::Isa;
use crate::workspace::Workspace;

/// The resampler at a level, with memory that it uses again: for what lies between its vertical and its horizontal pass.
#[derive(Debug)]
pub struct Resampler(Resizer);

impl Resampler {
    /// One that has allocated nothing.
    pub fn at(isa: Isa) -> Self {
        let mut resizer = Resizer::new();
        if !isa.is_vector() {
            // SAFETY: what is set needs no instructions at all.
            unsafe { resizer.set_cpu_extensions(CpuExtensions::None) };
        }
        Self(resizer)
    }
}

/// The whole picture that `component` holds, at `size` (width, height).
///
/// # Errors
/// [`ErrorCode::Internal`]; the sizes here are never such that the resampler refuses them.
pub fn resize(
    component: &Component,
    size: (usize, usize),
    workspace: &mut Workspace,
) -> Result<Plane<u8>, Error> {
    resample(component, size, workspace)
        .map_err(|error| Error::new(ErrorCode::Internal, format!("the resampler failed: {error}")))
}

fn resample(
    component: &Component,
    (width, height): (usize, usize),
    workspace: &mut Workspace,
) -> Result<Plane<u8>, Box<dyn std::error::Error>> {
    let Component { plane, extent, .. } = component;
    let coded = ImageRef::new(
        u32::try_from(plane.width)?,
        u32::try_from(plane.height)?,
        &plane.samples,
        PixelType::U8,
    )?;
    let (visible_width, visible_height) = component.visible();
    let visible = CroppedImage::new(
        &coded,
        0,
        0,
        u32::try_from(visible_width)?,
        u32::try_from(visible_height)?,
    )?;
    let mut resized = Plane::dirty(width, height, &mut workspace.bytes);
    let mut target = Image::from_slice_u8(
        u32::try_from(width)?,
        u32::try_from(height)?,
        &mut resized.samples,
        PixelType::U8,
    )?;
    // The extent is a fraction where the picture ends inside a sample of a subsampled or scaled component; resampling
    // from exactly there keeps the components aligned.
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(0.0, 0.0, extent.0, extent.1);
    workspace.resampler.0.resize(&visible, &mut target, &options)?;
    Ok(resized)
}
