//! Progressive scans: each adds a band of frequencies or a bit of precision (T.81, annex G).

use super::bit_reader::BitReader;
use super::huffman::HuffmanTable;
use super::idct::{Block, ones};
use super::scan::{Scan, ScanComponent};
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
            (0, components) if from == 0 => first_of_dc(scan, components, tables, parts),
            (0, components) => refinement_of_dc(scan, components, tables, parts),
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

/// Decodes the upper bits of the DC coefficients (G.1.2.1).
#[inline(always)]
fn first_of_dc(
    scan: &Scan<'_>,
    components: &[ScanComponent],
    tables: &Tables,
    parts: &mut [Part],
) -> Result<(), Damage> {
    let huffman = components
        .iter()
        .map(|component| tables.dc(component.dc))
        .collect::<Result<Vec<_>, Damage>>()?;
    let mut predictions = vec![0_i32; components.len()];
    let restart = |predictions: &mut Vec<i32>| predictions.fill(0);
    scan.for_each_block(
        tables.restart_interval,
        &mut predictions,
        restart,
        |predictions, reader, place| {
            let difference = huffman[place.part].next_coefficient(reader)?.value(reader);
            let prediction = &mut predictions[place.part];
            *prediction = prediction.wrapping_add(difference);
            let part = &mut parts[components[place.part].index];
            let columns = part.geometry.padded.0;
            part.blocks[place.row * columns + place.column][0] = (*prediction << scan.approximation.1) as i16;
            Ok(())
        },
    )
}

/// Decodes one more bit of each DC coefficient (G.1.2.1).
#[inline(always)]
fn refinement_of_dc(
    scan: &Scan<'_>,
    components: &[ScanComponent],
    tables: &Tables,
    parts: &mut [Part],
) -> Result<(), Damage> {
    scan.for_each_block(
        tables.restart_interval,
        &mut (),
        |()| {},
        |(), reader, place| {
            reader.refill();
            let part = &mut parts[components[place.part].index];
            let columns = part.geometry.padded.0;
            part.blocks[place.row * columns + place.column][0] |=
                (reader.take(1) << scan.approximation.1) as i16;
            Ok(())
        },
    )
}

/// What a scan of AC coefficients covers.
#[derive(Clone, Copy)]
struct Band {
    first: usize,
    last: usize,
    /// The bit position of what is decoded.
    bit: u8,
}

impl Band {
    /// Decodes the upper bits of a band (G.1.2.2).
    #[inline(always)]
    fn first_scan(
        self,
        scan: &Scan<'_>,
        table: &HuffmanTable,
        tables: &Tables,
        part: &mut Part,
    ) -> Result<(), Damage> {
        let mut blocks_without = 0_u32;
        let restart = |blocks_without: &mut u32| *blocks_without = 0;
        scan.for_each_block(
            tables.restart_interval,
            &mut blocks_without,
            restart,
            |blocks_without, shared, place| {
                if *blocks_without > 0 {
                    *blocks_without -= 1;
                    return Ok(());
                }
                let mut reader = *shared;
                let index = place.row * part.geometry.padded.0 + place.column;
                let block = &mut part.blocks[index];
                let mut nonzero = 0;
                let mut at = self.first;
                while at <= self.last {
                    let symbol = table.next_symbol(&mut reader)?;
                    let (run, size) = (symbol >> 4, u32::from(symbol & 15));
                    if size == 0 && run < 15 {
                        *blocks_without = end_of_band_run(run, &mut reader) - 1;
                        break;
                    }
                    at += usize::from(run);
                    if size > 0 {
                        if at > self.last {
                            return Err(Damage);
                        }
                        block[at] = (reader.take_signed(size) << self.bit) as i16;
                        nonzero |= 1 << at;
                    }
                    at += 1;
                }
                part.nonzero[index] |= nonzero;
                *shared = reader;
                Ok(())
            },
        )
    }

    /// Decodes one more bit of a band: a correction for each coefficient that is not zero, and what becomes ±1 at this
    /// precision (G.1.2.3).
    #[inline(always)]
    fn refinement(
        self,
        scan: &Scan<'_>,
        table: &HuffmanTable,
        tables: &Tables,
        part: &mut Part,
    ) -> Result<(), Damage> {
        let band = (u64::MAX >> (63 - self.last)) & (u64::MAX << self.first);
        let mut blocks_without = 0_u32;
        let restart = |blocks_without: &mut u32| *blocks_without = 0;
        scan.for_each_block(
            tables.restart_interval,
            &mut blocks_without,
            restart,
            |blocks_without, shared, place| {
                let index = place.row * part.geometry.padded.0 + place.column;
                let nonzero = part.nonzero[index] & band;
                if *blocks_without > 0 && nonzero == 0 {
                    *blocks_without -= 1;
                    return Ok(());
                }
                let mut reader = *shared;
                let block = &mut part.blocks[index];
                // The part of the band that is still to come.
                let mut rest = band;
                while *blocks_without == 0 && rest != 0 {
                    let symbol = table.next_symbol(&mut reader)?;
                    let (run, size) = (symbol >> 4, symbol & 15);
                    if size > 1 {
                        return Err(Damage);
                    }
                    if size == 0 && run < 15 {
                        *blocks_without = end_of_band_run(run, &mut reader);
                        break;
                    }
                    let positive = size == 1 && reader.take(1) == 1;
                    // The symbol stands at the zero after `run` zeros, and all others up to there are corrected first.
                    let zeros = (0..run).fold(rest & !nonzero, |zeros, _| zeros & zeros.wrapping_sub(1));
                    let lowest = zeros & zeros.wrapping_neg();
                    self.correct(block, rest & nonzero & lowest.wrapping_sub(1), &mut reader);
                    rest &= !(lowest | lowest.wrapping_sub(1));
                    if size == 1 {
                        if lowest == 0 {
                            return Err(Damage);
                        }
                        block[lowest.trailing_zeros() as usize] = if positive { 1 } else { -1 } << self.bit;
                        part.nonzero[index] |= lowest;
                    }
                }
                if *blocks_without > 0 {
                    self.correct(block, rest & nonzero, &mut reader);
                    *blocks_without -= 1;
                }
                *shared = reader;
                Ok(())
            },
        )
    }

    /// Reads a bit for each of `places` in a block: whether the coefficient's magnitude has this band's bit.
    #[inline(always)]
    fn correct(self, block: &mut Coefficients, places: u64, reader: &mut BitReader<'_>) {
        for at in ones(places) {
            reader.refill();
            let coefficient = &mut block[at];
            let magnitude = (reader.take(1) as i16) << self.bit;
            *coefficient = coefficient.wrapping_add(magnitude * coefficient.signum());
        }
    }
}

/// For how many blocks, this one included, the rest of the band is zero.
fn end_of_band_run(category: u8, reader: &mut BitReader<'_>) -> u32 {
    let category = u32::from(category);
    (1 << category) + reader.take(category).cast_unsigned()
}
