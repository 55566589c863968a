//! Bits of entropy-coded data (T.81, F.1.2.3 and E.2.4).

use memchr::memchr;

use crate::image::structure::{Damage, marker};

/// Reads the entropy-coded data of one scan, most significant bit first, without the zero bytes stuffed after FF.
///
/// At a marker and at the end it goes on with invented zero bits, so that the hot loops need no check for each symbol;
/// [`BitReader::check`] tells afterwards whether any was used.
#[derive(Clone, Copy, Debug)]
pub struct BitReader<'a> {
    data: &'a [u8],
    /// The first byte that is not in `bits`.
    at: usize,
    /// The next bits, in the highest places.
    bits: u64,
    /// How many of `bits` are valid. The places below hold nothing or the beginning of what `at` points to.
    available: u32,
    /// How many bits were made up.
    invented: u32,
}

impl<'a> BitReader<'a> {
    /// Starts at the beginning of a scan's `data`.
    pub fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            at: 0,
            bits: 0,
            available: 0,
            invented: 0,
        }
    }

    /// Makes at least 32 bits available: the longest code (16) and the longest coefficient (15).
    #[inline(always)]
    pub fn refill(&mut self) {
        if self.available >= 32 {
            return;
        }
        if let Some(next) = self.data[self.at..].first_chunk() {
            let next = u64::from_be_bytes(*next);
            if !has_ff(next) {
                self.bits |= next >> self.available;
                let bytes = (63 - self.available) / 8;
                self.at += bytes as usize;
                self.available += 8 * bytes;
                return;
            }
        }
        *self = self.refilled_bytewise();
    }

    /// By value, as is all that is not inlined, so that a reader in a loop can live in registers.
    #[cold]
    #[inline(never)]
    fn refilled_bytewise(mut self) -> Self {
        while self.available <= 56 {
            let byte = match self.data[self.at..] {
                [0xFF, 0xFF, ..] => {
                    self.at += 1;
                    continue;
                }
                [0xFF, 0x00, ..] => {
                    self.at += 2;
                    0xFF
                }
                [] | [0xFF, ..] => {
                    self.invented += 8;
                    0
                }
                [byte, ..] => {
                    self.at += 1;
                    byte
                }
            };
            self.bits |= u64::from(byte) << (56 - self.available);
            self.available += 8;
        }
        self
    }

    /// The next `count` bits (1 to 32), which stay where they are.
    #[inline(always)]
    pub fn peek(&self, count: u32) -> usize {
        (self.bits >> (64 - count)) as usize
    }

    /// Drops `count` bits, which must be available.
    #[inline(always)]
    pub fn consume(&mut self, count: u32) {
        self.bits <<= count;
        self.available -= count;
    }

    /// Takes `count` bits (0 to 16), which must be available, as an unsigned number.
    #[inline(always)]
    pub fn take(&mut self, count: u32) -> i32 {
        let value = (self.bits >> 1) >> (63 - count);
        self.consume(count);
        value as i32
    }

    /// Takes `count` bits (0 to 15), which must be available, as a coefficient (T.81, F.2.2.1, EXTEND).
    #[inline(always)]
    pub fn take_signed(&mut self, count: u32) -> i32 {
        let value = self.take(count);
        extend(value, count)
    }

    /// Fails when bits were used that are not in the data.
    #[inline(always)]
    pub fn check(&self) -> Result<(), Damage> {
        if self.invented > self.available {
            Err(Damage)
        } else {
            Ok(())
        }
    }

    /// Goes on after the next restart marker, which must be number `index` (0 to 7).
    pub fn restart(&mut self, index: u8) -> Result<(), Damage> {
        (self.bits, self.available, self.invented) = (0, 0, 0);
        loop {
            self.at += memchr(0xFF, &self.data[self.at..]).ok_or(Damage)?;
            match self.data.get(self.at + 1) {
                Some(0xFF) => self.at += 1,
                Some(0x00) => self.at += 2,
                Some(&code) if code == marker::RST0 + index => {
                    self.at += 2;
                    return Ok(());
                }
                _ => return Err(Damage),
            }
        }
    }
}

/// `value` of `size` bits as a signed coefficient: the lower half of the range is negative.
#[inline(always)]
pub fn extend(value: i32, size: u32) -> i32 {
    let negative = (value - ((1 << size) >> 1)) >> 31;
    value + (negative & (1 - (1 << size)))
}

/// Whether any of the eight bytes is FF: then its complement has a zero byte, which borrows when one is subtracted.
#[inline(always)]
fn has_ff(bytes: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    (!bytes).wrapping_sub(ONES) & bytes & (ONES << 7) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffed_zeros_and_fill_bytes_are_left_out() {
        let mut reader = BitReader::new(&[0xFF, 0x00, 0x12, 0xFF, 0xFF, 0x00, 0x34]);
        reader.refill();
        assert_eq!(reader.take(16), 0xFF12);
        assert_eq!(reader.take(16), 0xFF34);
        assert!(reader.check().is_ok());
    }

    #[test]
    fn bits_come_the_same_however_the_bytes_are_fetched() {
        let bytes: Vec<u8> = (0..200)
            .map(|i| u8::try_from(i * 7 % 255).expect("below 255"))
            .collect();
        for width in 1..=16 {
            let mut reader = BitReader::new(&bytes);
            let mut expected = bytes
                .iter()
                .flat_map(|byte| (0..8).rev().map(move |bit| i32::from(byte >> bit & 1)));
            for _ in 0..1600 / width {
                reader.refill();
                let value = (0..width).fold(0, |value, _| value << 1 | expected.next().expect("enough bits"));
                assert_eq!(reader.take(width), value);
            }
            assert!(reader.check().is_ok());
        }
    }

    #[test]
    fn using_bits_beyond_the_end_or_a_marker_is_noticed() {
        for data in [[0xAB].as_slice(), &[0xAB, 0xFF, 0xD0, 0x55, 0x55]] {
            let mut reader = BitReader::new(data);
            reader.refill();
            reader.consume(8);
            assert!(reader.check().is_ok());
            reader.consume(1);
            assert!(reader.check().is_err());
        }
    }

    #[test]
    fn a_restart_wants_its_own_marker_next() {
        let data = [0x55, 0xFF, 0x00, 0xFF, 0xFF, 0xD3, 0x80];
        let mut reader = BitReader::new(&data);
        assert!(reader.restart(3).is_ok());
        reader.refill();
        assert_eq!(reader.take(8), 0x80);
        assert!(BitReader::new(&data).restart(2).is_err());
        assert!(BitReader::new(&data[..4]).restart(3).is_err());
    }

    #[test]
    fn coefficients_are_extended_as_the_standard_says() {
        assert_eq!([extend(0, 0), extend(0, 1), extend(1, 1)], [0, -1, 1]);
        assert_eq!(
            [extend(0, 2), extend(1, 2), extend(2, 2), extend(3, 2)],
            [-3, -2, 2, 3]
        );
        assert_eq!([extend(0, 15), extend(16384, 15)], [-32767, 16384]);
    }
}
