//! Baseline and extended sequential scans: each block is complete when it was read (T.81, F.2).

use super::bit_reader::BitReader;
use super::huffman::HuffmanTable;
use super::idct::{Block, Reconstruction};
use super::scan::Scan;
use super::tables::Tables;
use super::{Component, Frame, for_each_scan};
use crate::image::plane::Plane;
use crate::image::structure::{Damage, Structure};
use crate::isa::for_each_isa;
use crate::workspace::Workspace;

/// Decodes all scans.
pub fn decode(
    frame: &Frame,
    structure: &Structure<'_>,
    workspace: &mut Workspace,
) -> Result<Vec<Component>, Damage> {
    let mut planes: Vec<Option<Plane<u8>>> = frame.components.iter().map(|_| None).collect();
    for_each_scan(frame, structure, |scan, tables| {
        decode_scan(workspace.isa, frame, scan, tables, &mut planes, workspace)
    })?;
    let components = frame.components.iter().zip(planes);
    components
        .map(|(geometry, plane)| {
            Ok(Component {
                plane: plane.ok_or(Damage)?,
                extent: geometry.extent,
            })
        })
        .collect()
}

/// What decoding a component's blocks needs and changes.
struct Part<'a> {
    dc: &'a HuffmanTable,
    ac: &'a HuffmanTable,
    /// The DC coefficient of the block before.
    prediction: i32,
    reconstruction: Reconstruction,
    block: Block,
    plane: Plane<u8>,
}

for_each_isa! {
    /// Decodes one scan.
    fn decode_scan(
        frame: &Frame,
        scan: &Scan<'_>,
        tables: &Tables,
        planes: &mut [Option<Plane<u8>>],
        workspace: &mut Workspace,
    ) -> Result<(), Damage> {
        let mut parts = Vec::with_capacity(scan.components.len());
        for component in &scan.components {
            // Every component comes once.
            if planes[component.index].is_some() {
                return Err(Damage);
            }
            let geometry = &frame.components[component.index];
            parts.push(Part {
                dc: tables.dc(component.dc)?,
                ac: tables.ac(component.ac)?,
                prediction: 0,
                reconstruction: geometry.reconstruction(tables)?,
                block: Block::ZERO,
                plane: geometry.dirty_plane(workspace),
            });
        }
        let restart = |parts: &mut Vec<Part<'_>>| parts.iter_mut().for_each(|part| part.prediction = 0);
        scan.for_each_block(
            tables.restart_interval,
            &mut parts,
            restart,
            |parts, reader, place| {
                let part = &mut parts[place.part];
                part.decode_block(reader)?;
                let geometry = &frame.components[scan.components[place.part].index];
                let at = geometry.sample_at(place.column, place.row);
                part.reconstruction
                    .write(&part.block, &mut part.plane.samples[at..], part.plane.width);
                Ok(())
            },
        )?;
        for (component, part) in scan.components.iter().zip(parts) {
            planes[component.index] = Some(part.plane);
        }
        Ok(())
    }
}

impl Part<'_> {
    /// Reads the next block (F.2.2).
    #[inline(always)]
    fn decode_block(&mut self, shared_reader: &mut BitReader<'_>) -> Result<(), Damage> {
        // A copy, so that it can live in registers.
        let mut reader = *shared_reader;
        let difference = self.dc.next_coefficient(&mut reader)?.value(&mut reader);
        self.prediction = self.prediction.wrapping_add(difference);
        self.reconstruction.start(&mut self.block, self.prediction);
        let mut at = 1;
        while at < 64 {
            let coefficient = self.ac.next_coefficient(&mut reader)?;
            at += coefficient.run();
            if at >= 64 {
                if coefficient.ends_block() {
                    break;
                }
                return Err(Damage);
            }
            let value = coefficient.value(&mut reader);
            self.reconstruction.set(&mut self.block, at, value);
            at += 1;
        }
        *shared_reader = reader;
        Ok(())
    }
}
