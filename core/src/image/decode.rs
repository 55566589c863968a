//! From coded data to one plane of samples for each component, as small as the target allows.
//!
//! Why an own decoder and not a crate: a service that shrinks photographs spends nearly all its time here, and no crate
//! gives what shrinking wants, the components at their own resolution and at a reduced scale, with an error wherever
//! data are missing: zune-jpeg has only the full size, libjpeg-turbo-rs no reduced scale for single components, and
//! jpeg-decoder scales but fills up what is missing.
//!
//! There is no `unsafe` in it, so damaged data can at worst make a wrong picture; memory is bounded by the size that
//! [`Structure::parse`] admitted, and time by that size and the number of scans that [`progressive`] admits.
//!
//! The coding processes are those of ITU T.81.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "values have the few bits that the coding gives them, or wrap around where only damaged data could reach"
)]

mod bit_reader;
mod huffman;
mod idct;
mod progressive;
mod scan;
mod sequential;
mod tables;

use self::idct::Reconstruction;
use self::scan::Scan;
use self::tables::Tables;
use super::plane::Plane;
use super::structure::{Colour, Damage, FrameComponent, Structure, marker};
use crate::workspace::{Release, Workspace};

/// A decoded component.
#[derive(Debug)]
pub struct Component {
    /// Whole blocks; what lies beyond the picture's edge is whatever the encoder put there, or another use of the memory.
    pub plane: Plane<u8>,
    /// Width and height of the picture in samples of this component: fractions where it ends inside a sample.
    pub extent: (f64, f64),
}

impl Release for Component {
    fn release(self, workspace: &mut Workspace) {
        self.plane.release(workspace);
    }
}

impl Component {
    /// Columns and rows that show any of the picture.
    pub fn visible(&self) -> (usize, usize) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "extents are below 65536"
        )]
        let whole = |extent: f64| extent.ceil() as usize;
        (whole(self.extent.0), whole(self.extent.1))
    }
}

/// Decodes the picture. Each component comes at the smallest of the scales 1, ½, ¼ and ⅛ that still has the samples
/// that a result of the size `wanted` (width, height) can show.
///
/// # Errors
/// [`Damage`] where tables or data are missing or contradict each other.
pub fn decode(
    structure: &Structure<'_>,
    wanted: (usize, usize),
    workspace: &mut Workspace,
) -> Result<Vec<Component>, Damage> {
    let frame = Frame::new(structure, wanted)?;
    if structure.progressive {
        progressive::decode(&frame, structure, workspace)
    } else {
        sequential::decode(&frame, structure, workspace)
    }
}

/// The geometry of a frame (T.81, A.1 and A.2).
#[derive(Debug)]
struct Frame {
    /// Minimum coded units in a row of an interleaved scan, and rows of them.
    units: (usize, usize),
    components: Vec<Geometry>,
}

/// How a component lies in its frame. A block has 8 × 8 coefficients.
#[derive(Clone, Debug)]
struct Geometry {
    id: u8,
    quantisation: usize,
    /// Blocks in a unit of an interleaved scan, horizontally and vertically.
    factors: (usize, usize),
    /// Blocks that a scan of this component alone has: those that show any of the picture.
    blocks: (usize, usize),
    /// Blocks allocated: whole units.
    padded: (usize, usize),
    /// Samples that are made of a block, in each direction: 8, 4, 2 or 1.
    block_size: usize,
    /// See [`Component::extent`].
    extent: (f64, f64),
}

impl Frame {
    fn new(structure: &Structure<'_>, wanted: (usize, usize)) -> Result<Self, Damage> {
        let parts = &structure.components;
        let valid = parts
            .iter()
            .all(|part| (1..=4).contains(&part.horizontal) && (1..=4).contains(&part.vertical));
        let distinct = parts
            .iter()
            .enumerate()
            .all(|(i, part)| parts[..i].iter().all(|other| other.id != part.id));
        if !valid || !distinct {
            return Err(Damage);
        }
        let most = |factor: fn(&FrameComponent) -> u8| parts.iter().map(factor).max().map_or(1, usize::from);
        let most = (most(|part| part.horizontal), most(|part| part.vertical));
        let units = (
            structure.width.div_ceil(8 * most.0),
            structure.height.div_ceil(8 * most.1),
        );
        let components = parts
            .iter()
            .enumerate()
            .map(|(index, part)| {
                let factors = (usize::from(part.horizontal), usize::from(part.vertical));
                // The encoder halves chroma anyway: more of it than half the size can't be seen in the result.
                let halved = structure.colour == Colour::YCbCr && index > 0;
                let wanted = if halved {
                    (wanted.0.div_ceil(2), wanted.1.div_ceil(2))
                } else {
                    wanted
                };
                let size = (structure.width * factors.0, structure.height * factors.1);
                let block_size = block_size(size, (wanted.0 * most.0, wanted.1 * most.1));
                Geometry {
                    id: part.id,
                    quantisation: usize::from(part.quantisation),
                    factors,
                    blocks: (size.0.div_ceil(8 * most.0), size.1.div_ceil(8 * most.1)),
                    padded: (units.0 * factors.0, units.1 * factors.1),
                    block_size,
                    extent: (
                        extent(size.0, most.0, block_size),
                        extent(size.1, most.1, block_size),
                    ),
                }
            })
            .collect();
        Ok(Self { units, components })
    }
}

/// The smallest block size at which a component of size `has` still has the samples that are `wanted`.
fn block_size(has: (usize, usize), wanted: (usize, usize)) -> usize {
    let suffices = |size: usize| has.0 * size >= 8 * wanted.0 && has.1 * size >= 8 * wanted.1;
    [1, 2, 4].into_iter().find(|&size| suffices(size)).unwrap_or(8)
}

fn extent(size: usize, most: usize, block_size: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "both are far below 2⁵³")]
    let (samples, parts) = ((size * block_size) as f64, (8 * most) as f64);
    samples / parts
}

impl Geometry {
    /// A plane for the samples of all blocks, to be written before they are read.
    fn dirty_plane(&self, workspace: &mut Workspace) -> Plane<u8> {
        let (width, height) = (self.padded.0 * self.block_size, self.padded.1 * self.block_size);
        Plane::dirty(width, height, &mut workspace.bytes)
    }

    /// The position in a plane of the first sample of the block in `column` and `row`.
    fn sample_at(&self, column: usize, row: usize) -> usize {
        (row * self.padded.0 * self.block_size + column) * self.block_size
    }

    fn reconstruction(&self, tables: &Tables) -> Result<Reconstruction, Damage> {
        Ok(Reconstruction::new(
            tables.quantisation(self.quantisation)?,
            self.block_size,
        ))
    }
}

/// Reads the segments in their order and hands each scan, with the tables in force, to `decode_scan`.
fn for_each_scan<'a>(
    frame: &Frame,
    structure: &Structure<'a>,
    mut decode_scan: impl FnMut(&Scan<'a>, &Tables) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let mut tables = Tables::default();
    for segment in &structure.segments {
        match segment.code {
            marker::DQT => tables.define_quantisation(segment.body)?,
            marker::DHT => tables.define_huffman(segment.body)?,
            marker::DRI => tables.define_restart_interval(segment.body)?,
            marker::SOS => decode_scan(&Scan::parse(frame, segment)?, &tables)?,
            _ => {}
        }
    }
    Ok(())
}
