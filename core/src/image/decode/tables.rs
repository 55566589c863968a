//! The tables and the restart interval that segments between the scans define (T.81, B.2.4).

use super::huffman::HuffmanTable;
use crate::image::structure::Damage;

/// What is in force; each definition replaces the one before.
#[derive(Debug, Default)]
pub struct Tables {
    quantisation: [Option<[u16; 64]>; 4],
    dc: [Option<HuffmanTable>; 4],
    ac: [Option<HuffmanTable>; 4],
    /// Units between two restart markers; 0 for none.
    pub restart_interval: usize,
}

impl Tables {
    /// The quantisation table `number`, in zigzag order.
    pub fn quantisation(&self, number: usize) -> Result<&[u16; 64], Damage> {
        self.quantisation
            .get(number)
            .and_then(Option::as_ref)
            .ok_or(Damage)
    }

    /// The Huffman table `number` for DC coefficients.
    pub fn dc(&self, number: usize) -> Result<&HuffmanTable, Damage> {
        self.dc.get(number).and_then(Option::as_ref).ok_or(Damage)
    }

    /// The Huffman table `number` for AC coefficients.
    pub fn ac(&self, number: usize) -> Result<&HuffmanTable, Damage> {
        self.ac.get(number).and_then(Option::as_ref).ok_or(Damage)
    }

    /// Reads a DQT segment.
    pub fn define_quantisation(&mut self, mut body: &[u8]) -> Result<(), Damage> {
        while let [kind, rest @ ..] = body {
            let size = match kind >> 4 {
                0 => 1,
                1 => 2,
                _ => return Err(Damage),
            };
            let slot = self.quantisation.get_mut(usize::from(kind & 15)).ok_or(Damage)?;
            let (steps, after) = rest.split_at_checked(64 * size).ok_or(Damage)?;
            let mut table = [0; 64];
            for (step, bytes) in table.iter_mut().zip(steps.chunks_exact(size)) {
                *step = bytes.iter().fold(0, |step, &byte| step << 8 | u16::from(byte));
            }
            *slot = Some(table);
            body = after;
        }
        Ok(())
    }

    /// Reads a DHT segment.
    pub fn define_huffman(&mut self, mut body: &[u8]) -> Result<(), Damage> {
        while let [kind, rest @ ..] = body {
            let class = match kind >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(Damage),
            };
            let slot = class.get_mut(usize::from(kind & 15)).ok_or(Damage)?;
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or(Damage)?;
            let total = counts.iter().map(|&count| usize::from(count)).sum();
            let (values, after) = rest.split_at_checked(total).ok_or(Damage)?;
            *slot = Some(HuffmanTable::new(counts, values)?);
            body = after;
        }
        Ok(())
    }

    /// Reads a DRI segment.
    pub fn define_restart_interval(&mut self, body: &[u8]) -> Result<(), Damage> {
        let &[high, low] = body else { return Err(Damage) };
        self.restart_interval = usize::from(u16::from_be_bytes([high, low]));
        Ok(())
    }
}
