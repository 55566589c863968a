//! Huffman codes (T.81, annex C and F.2.2.3).

use super::bit_reader::{BitReader, extend};
use crate::image::structure::Damage;

/// Codes up to this length are found by one look into a table. Nearly all are; 4 KiB stay in the first-level cache.
const LOOK_AHEAD: u32 = 10;

/// A run that leads out of any block: the end of the block.
const END_OF_BLOCK: u32 = 128;

/// A table as it stands in a DHT segment, made ready for decoding.
#[derive(Debug)]
pub struct HuffmanTable {
    /// For each possible start of the data, the coefficient that it begins with.
    coefficients: Box<[Coefficient; 1 << LOOK_AHEAD]>,
    /// The same for the symbol alone: its code's length times 256, plus the symbol. 0: the code is longer.
    symbols: Box<[u16; 1 << LOOK_AHEAD]>,
    /// For each length from 1, the first code that is longer, followed by zeros to 16 bits.
    limits: [u32; 16],
    /// For each length from 1, what added to a code of it gives its place in `values`.
    offsets: [i32; 16],
    values: Vec<u8>,
}

/// A coefficient with what goes before it.
///
/// From the lowest bit: 4 bits, how many bits the code has, together with the magnitude if that was included (0 for a
/// code too long to be found here); 4 bits, how many bits of magnitude are still to be read; 8 bits, how many
/// coefficients are zero before it; 16 bits, its value if the magnitude was included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coefficient(u32);

impl Coefficient {
    const TOO_LONG: Self = Self(0);

    /// A symbol of an AC table, run · 16 + size, whose code has `length` bits. Size 0 means 16 zeros for run 15, else
    /// the end of the block. (In a DC table the run is always 0, and size 0 a value like any other: see
    /// [`Coefficient::value`], which is then 0.)
    fn of_symbol(symbol: u8, length: u32) -> Self {
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        let run = if size == 0 && run != 15 { END_OF_BLOCK } else { run };
        Self(run << 8 | size << 4 | length)
    }

    /// How many coefficients are zero before this one; leads out of the block at its end.
    #[inline(always)]
    pub fn run(self) -> usize {
        (self.0 >> 8 & 255) as usize
    }

    /// Whether this is the end of the block and no coefficient.
    #[inline(always)]
    pub fn ends_block(self) -> bool {
        self.0 >> 8 & 255 == END_OF_BLOCK
    }

    /// Takes what is left of the value.
    #[inline(always)]
    pub fn value(self, reader: &mut BitReader<'_>) -> i32 {
        let size = self.0 >> 4 & 15;
        if size == 0 {
            self.0.cast_signed() >> 16
        } else {
            reader.take_signed(size)
        }
    }
}

impl HuffmanTable {
    /// Makes the table from the number of codes of each length and the symbols in the order of their codes.
    ///
    /// # Errors
    /// [`Damage`] when there are more codes than their lengths have room for.
    pub fn new(counts: &[u8; 16], values: &[u8]) -> Result<Self, Damage> {
        let mut table = Self {
            coefficients: Box::new([Coefficient::TOO_LONG; 1 << LOOK_AHEAD]),
            symbols: Box::new([0; 1 << LOOK_AHEAD]),
            limits: [0; 16],
            offsets: [0; 16],
            values: values.to_vec(),
        };
        let mut code = 0_u32;
        let mut place = 0;
        for (length, &count) in (1..=16).zip(counts) {
            let index = length as usize - 1;
            table.offsets[index] = place - code.cast_signed();
            for &symbol in &values[place.cast_unsigned() as usize..][..usize::from(count)] {
                if code >> length != 0 {
                    return Err(Damage);
                }
                table.enter(code, length, symbol);
                code += 1;
            }
            place += i32::from(count);
            table.limits[index] = code << (16 - length);
            code <<= 1;
        }
        Ok(table)
    }

    /// Enters a code into the look-ahead tables wherever data can begin with it.
    fn enter(&mut self, code: u32, length: u32, symbol: u8) {
        let Some(free) = LOOK_AHEAD.checked_sub(length) else {
            return;
        };
        let coefficient = Coefficient::of_symbol(symbol, length);
        let size = u32::from(symbol & 15);
        let first = code << free;
        for following in 0..1 << free {
            let start = (first | following) as usize;
            self.symbols[start] = (length << 8) as u16 | u16::from(symbol);
            self.coefficients[start] = match free.checked_sub(size) {
                Some(unused) if size > 0 => {
                    let value = extend((following >> unused).cast_signed(), size);
                    Coefficient(value.cast_unsigned() << 16 | coefficient.0 & 0xFF00 | (length + size))
                }
                _ => coefficient,
            };
        }
    }

    /// Takes the code of the next coefficient, and its magnitude if that is short.
    #[inline(always)]
    pub fn next_coefficient(&self, reader: &mut BitReader<'_>) -> Result<Coefficient, Damage> {
        reader.refill();
        let coefficient = self.coefficients[reader.peek(LOOK_AHEAD)];
        if coefficient == Coefficient::TOO_LONG {
            let (symbol, length) = self.long_symbol(reader.peek(16))?;
            reader.consume(length);
            return Ok(Coefficient::of_symbol(symbol, 0));
        }
        reader.consume(coefficient.0 & 15);
        Ok(coefficient)
    }

    /// Takes the code of the next symbol. At least 16 bits are available afterwards.
    #[inline(always)]
    pub fn next_symbol(&self, reader: &mut BitReader<'_>) -> Result<u8, Damage> {
        reader.refill();
        let [length, symbol] = self.symbols[reader.peek(LOOK_AHEAD)].to_be_bytes();
        if length == 0 {
            let (symbol, length) = self.long_symbol(reader.peek(16))?;
            reader.consume(length);
            return Ok(symbol);
        }
        reader.consume(u32::from(length));
        Ok(symbol)
    }

    /// The symbol whose code `start` (16 bits) begins with, and the code's length, when that is beyond the look-ahead.
    #[cold]
    #[inline(never)]
    fn long_symbol(&self, start: usize) -> Result<(u8, u32), Damage> {
        let start = start as u32;
        let index = (LOOK_AHEAD as usize..16)
            .find(|&index| start < self.limits[index])
            .ok_or(Damage)?;
        let length = index as u32 + 1;
        let code = (start >> (16 - length)).cast_signed();
        let place = usize::try_from(code + self.offsets[index]).map_err(|_| Damage)?;
        Ok((*self.values.get(place).ok_or(Damage)?, length))
    }
}
