//! A scan: which blocks it has, in which order, and where it restarts (T.81, A.2, B.2.3 and E.2.4).

use super::Frame;
use super::bit_reader::BitReader;
use crate::image::structure::{Damage, Segment};

/// A start of scan and the data that follow it.
#[derive(Debug)]
pub struct Scan<'a> {
    /// One or more, all different.
    pub components: Vec<ScanComponent>,
    /// First and last coefficient in zigzag order. Only progressive scans choose them.
    pub band: (u8, u8),
    /// The bit positions that this scan refines from and to (the standard's Ah and Al). Only for progressive scans.
    pub approximation: (u8, u8),
    /// Minimum coded units in a row, and rows of them.
    units: (usize, usize),
    data: &'a [u8],
}

/// A component's part in a scan.
#[derive(Clone, Copy, Debug)]
pub struct ScanComponent {
    /// Its place in the frame.
    pub index: usize,
    /// Number of its DC table.
    pub dc: usize,
    /// Number of its AC table.
    pub ac: usize,
    /// Blocks in a unit, horizontally and vertically.
    pub factors: (usize, usize),
}

/// A block's place in its component.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Which of the scan's components.
    pub part: usize,
    /// Blocks from the left.
    pub column: usize,
    /// Blocks from the top.
    pub row: usize,
}

impl<'a> Scan<'a> {
    /// Reads a start-of-scan segment.
    pub fn parse(frame: &Frame, segment: &Segment<'a>) -> Result<Self, Damage> {
        let (&count, rest) = segment.body.split_first().ok_or(Damage)?;
        let (selectors, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or(Damage)?;
        let &[first, last, approximation] = rest else {
            return Err(Damage);
        };
        let mut components = Vec::with_capacity(frame.components.len());
        for [id, tables] in selectors.as_chunks().0 {
            let index = frame
                .components
                .iter()
                .position(|part| part.id == *id)
                .ok_or(Damage)?;
            if components
                .iter()
                .any(|other: &ScanComponent| other.index == index)
            {
                return Err(Damage);
            }
            let factors = frame.components[index].factors;
            components.push(ScanComponent {
                index,
                dc: usize::from(tables >> 4),
                ac: usize::from(tables & 15),
                factors,
            });
        }
        let units = match components.as_mut_slice() {
            [] => return Err(Damage),
            // A component alone is not interleaved: its unit is a block, and there are no blocks to fill up units.
            [alone] => {
                alone.factors = (1, 1);
                frame.components[alone.index].blocks
            }
            _ => frame.units,
        };
        Ok(Self {
            components,
            band: (first, last),
            approximation: (approximation >> 4, approximation & 15),
            units,
            data: segment.data,
        })
    }

    /// Calls `decode_block` for each block in the order of the data, and `restart` at each restart marker.
    ///
    /// # Errors
    /// Those of `decode_block`; [`Damage`] when the data end or a restart marker is missing.
    #[inline(always)]
    pub fn for_each_block<S>(
        &self,
        restart_interval: usize,
        state: &mut S,
        mut restart: impl FnMut(&mut S),
        mut decode_block: impl FnMut(&mut S, &mut BitReader<'a>, Place) -> Result<(), Damage>,
    ) -> Result<(), Damage> {
        let mut reader = BitReader::new(self.data);
        let mut until_restart = restart_interval;
        let mut restarts = 0_u8;
        for unit_row in 0..self.units.1 {
            for unit_column in 0..self.units.0 {
                if restart_interval > 0 {
                    if until_restart == 0 {
                        reader.restart(restarts % 8)?;
                        restarts = restarts.wrapping_add(1);
                        until_restart = restart_interval;
                        restart(state);
                    }
                    until_restart -= 1;
                }
                for (part, component) in self.components.iter().enumerate() {
                    let (across, down) = component.factors;
                    for row in unit_row * down..(unit_row + 1) * down {
                        for column in unit_column * across..(unit_column + 1) * across {
                            decode_block(state, &mut reader, Place { part, column, row })?;
                        }
                    }
                }
                reader.check()?;
            }
        }
        Ok(())
    }
}
