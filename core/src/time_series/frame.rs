//! The bytes in which a series travels.

use std::borrow::Cow;

use bytemuck::Pod;

use super::columns::{Columns, check_lengths};
use crate::error::{Error, ErrorCode};

const MAGIC: &[u8; 4] = b"XOTS";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 64;
/// Three f64 and three u32.
const BYTES_PER_ROW: u64 = 36;

/// A series frame whose structure has been checked. Its columns are views on the bytes where these are aligned to eight
/// bytes (on a little-endian machine), and copies otherwise.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    doubles: [Cow<'a, [f64]>; 3],
    codes: [Cow<'a, [u32]>; 3],
}

impl<'a> Frame<'a> {
    /// Reads the header and finds the columns. The values are not looked at.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidSeries`] for bytes that are not a frame or of the wrong size; those of [`Columns::new`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let (lengths, mut body) = split_header(bytes)
            .ok_or_else(|| Error::new(ErrorCode::InvalidSeries, "the input is not a series frame"))?;
        let rows = check_lengths(lengths)?;
        let needed = HEADER_BYTES as u64 + BYTES_PER_ROW * u64::from(rows);
        if bytes.len() as u64 != needed {
            return Err(Error::new(
                ErrorCode::InvalidSeries,
                format!(
                    "the series frame has {} bytes where {rows} rows need {needed}",
                    bytes.len()
                ),
            ));
        }
        let rows = rows as usize;
        let mut column = |width: usize| {
            let (column, rest) = body.split_at(rows * width);
            body = rest;
            column
        };
        Ok(Self {
            doubles: [column(8), column(8), column(8)].map(|bytes| view(bytes, f64::from_le_bytes)),
            codes: [column(4), column(4), column(4)].map(|bytes| view(bytes, u32::from_le_bytes)),
        })
    }

    /// The six columns.
    #[must_use]
    pub fn columns(&self) -> Columns<'_> {
        let [time, v0, v1] = &self.doubles;
        let [d0, d1, d2] = &self.codes;
        Columns::of_equal_length(time, [v0, v1], [d0, d1, d2])
    }
}

/// The six lengths and what follows the header; `None` when the header is not that of a frame.
fn split_header(bytes: &[u8]) -> Option<([u64; 6], &[u8])> {
    let (header, body) = bytes.split_first_chunk::<HEADER_BYTES>()?;
    let (magic, rest) = header.split_first_chunk::<4>()?;
    let (version, lengths) = rest.split_first_chunk::<4>()?;
    if magic != MAGIC || u32::from_le_bytes(*version) != VERSION {
        return None;
    }
    let (lengths, _) = lengths.as_chunks::<8>();
    let lengths = lengths.first_chunk::<6>()?.map(u64::from_le_bytes);
    Some((lengths, body))
}

/// The numbers in `bytes`, whose length is a multiple of their size.
fn view<const N: usize, T: Pod>(bytes: &[u8], from_le_bytes: fn([u8; N]) -> T) -> Cow<'_, [T]> {
    match bytemuck::try_cast_slice(bytes) {
        Ok(numbers) if cfg!(target_endian = "little") => Cow::Borrowed(numbers),
        _ => Cow::Owned(bytes.as_chunks().0.iter().copied().map(from_le_bytes).collect()),
    }
}
