//! Progressive scans: each adds a band of frequencies or a bit of precision (T.81, annex G).

mod band;
mod dc;

use self::band::Band;
use super::idct::Block;
use super::scan::Scan;
use super::tables::Tables;
use super::{Component, Frame, Geometry, Reconstruction, for_each_scan};
use crate::image::plane::Plane;
use crate::image::structure::{Damage, Structure};
use crate::isa::for_each_isa;
use crate::workspace::{Release, Workspace};

/// The coefficients of a block in zigzag order.
type Coefficients = [i16; 64];

/// Decodes all scans, then makes samples of what they left.
pub fn decode(
    frame: &Frame,
    structure: &Structure<'_>,
    workspace: &mut Workspace,
) -> Result<Vec<Component>, Damage> {
    let mut parts: Vec<Part> = frame
        .components
        .iter()
        .map(|geometry| Part::new(geometry, workspace))
        .collect();
    for_each_scan(frame, structure, |scan, tables| {
        decode_scan(workspace.isa, scan, tables, &mut parts)
    })?;
    let components = parts.iter().map(|part| part.finish(workspace)).collect();
    parts.release(workspace);
    components
}

/// A component and how far it got.
struct Part {
    geometry: Geometry,
    blocks: Vec<Coefficients>,
    /// For each block, which of its AC coefficients are not zero: bit k for the k-th of the zigzag order. Most blocks in
    /// most refinements are done with a look at this.
    nonzero: Vec<u64>,
    /// For each coefficient the bit position reached; `None` before its first scan.
    precision: [Option<u8>; 64],
    /// The quantisation table may be redefined later: that of the first scan counts.
    reconstruction: Option<Reconstruction>,
}

impl Part {
    fn new(geometry: &Geometry, workspace: &mut Workspace) -> Self {
        let geometry = geometry.clone();
        let count = geometry.padded.0 * geometry.padded.1;
        Self {
            geometry,
            blocks: workspace.blocks.take_zeroed(count),
            nonzero: workspace.masks.take_zeroed(count),
            precision: [None; 64],
            reconstruction: None,
        }
    }

    /// Notes that `scan` brings its band to a new precision. Every bit of every coefficient comes at most once, which
    /// also limits how many scans a file can make us read.
    fn enter(&mut self, scan: &Scan<'_>, tables: &Tables) -> Result<(), Damage> {
        let (from, to) = scan.approximation;
        let before = (from > 0).then_some(from);
        for precision in &mut self.precision[usize::from(scan.band.0)..=usize::from(scan.band.1)] {
            if *precision != before {
                return Err(Damage);
            }
            *precision = Some(to);
        }
        if self.reconstruction.is_none() {
            self.reconstruction = Some(self.geometry.reconstruction(tables)?);
        }
        Ok(())
    }

    fn finish(&self, workspace: &mut Workspace) -> Result<Component, Damage> {
        let (Some(reconstruction), [Some(_), ..]) = (&self.reconstruction, self.precision) else {
            return Err(Damage);
        };
        Ok(Component {
            plane: reconstruct(workspace.isa, self, reconstruction, workspace),
            extent: self.geometry.extent,
        })
    }
}

impl Release for Part {
    fn release(self, workspace: &mut Workspace) {
        workspace.masks.give(self.nonzero);
        workspace.blocks.give(self.blocks);
    }
}

for_each_isa! {
    /// Makes samples of a component's coefficients.
    fn reconstruct(part: &Part, reconstruction: &Reconstruction, workspace: &mut Workspace) -> Plane<u8> {
        let mut plane = part.geometry.dirty_plane(workspace);
        let (columns, rows) = part.geometry.padded;
        let mut blocks = part.blocks.iter().zip(&part.nonzero);
        let mut block = Block::ZERO;
        for row in 0..rows {
            for (column, (coefficients, &nonzero)) in blocks.by_ref().take(columns).enumerate() {
                reconstruction.dequantise(&mut block, coefficients, nonzero);
                let at = part.geometry.sample_at(column, row);
                reconstruction.write(&block, &mut plane.samples[at..], plane.width);
            }
        }
        plane
    }
}

for_each_isa! {
    /// Decodes one scan.
    fn decode_scan(scan: &Scan<'_>, tables: &Tables, parts: &mut [Part]) -> Result<(), Damage> {
        let (first, last) = scan.band;
        let (from, to) = scan.approximation;
        let band_is_possible = if first == 0 {
            last == 0
        } else {
            first <= last && last < 64
        };
        if !band_is_possible || to > 13 || (from > 0 && from != to + 1) {
            return Err(Damage);
        }
        for component in &scan.components {
            parts[component.index].enter(scan, tables)?;
        }
        match (first, scan.components.as_slice()) {
            (0, components) if from == 0 => dc::first_scan(scan, components, tables, parts),
            (0, components) => dc::refinement(scan, components, tables, parts),
            (_, [alone]) => {
                let table = tables.ac(alone.ac)?;
                let band = Band {
                    first: usize::from(first),
                    last: usize::from(last),
                    bit: to,
                };
                let part = &mut parts[alone.index];
                if from == 0 {
                    band.first_scan(scan, table, tables, part)
                } else {
                    band.refinement(scan, table, tables, part)
                }
            }
            // Only DC coefficients may be interleaved.
            _ => Err(Damage),
        }
    }
}
