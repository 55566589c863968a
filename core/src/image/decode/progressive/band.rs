//! Scans of a band of AC coefficients, of one component.

use super::{Coefficients, Part};
use crate::image::decode::bit_reader::BitReader;
use crate::image::decode::huffman::HuffmanTable;
use crate::image::decode::idct::ones;
use crate::image::decode::scan::Scan;
use crate::image::decode::tables::Tables;
use crate::image::structure::Damage;

/// What a scan of AC coefficients covers.
#[derive(Clone, Copy)]
pub(super) struct Band {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The bit position of what is decoded.
    pub(super) bit: u8,
}

impl Band {
    /// Decodes the upper bits of a band (G.1.2.2).
    #[inline(always)]
    pub(super) fn first_scan(
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
    pub(super) fn refinement(
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
