//! The output as it grows: mostly copies of the input, made in runs as long as possible.

use std::mem;
use std::ops::Range;

/// Runs up to this length are copied without a call.
const SHORT: usize = 32;

/// Bytes already written, followed by a run of the input that has yet to be copied. Positions in the output count both.
#[derive(Debug)]
pub struct Output<'a> {
    input: &'a [u8],
    written: &'a mut Vec<u8>,
    run: Range<usize>,
}

impl<'a> Output<'a> {
    /// Appends to what `written` holds; positions count from its start.
    pub fn new(input: &'a [u8], written: &'a mut Vec<u8>) -> Self {
        Self {
            input,
            written,
            run: 0..0,
        }
    }

    /// The position after the last byte.
    #[inline]
    pub fn len(&self) -> usize {
        self.written.len() + (self.run.end - self.run.start)
    }

    /// Appends a part of the input; costs nothing where it continues the run.
    #[inline]
    pub fn copy(&mut self, part: Range<usize>) {
        if self.run.end != part.start {
            self.flush();
            self.run.start = part.start;
        }
        self.run.end = part.end;
    }

    /// Appends `text`.
    #[inline]
    pub fn write(&mut self, text: &[u8]) {
        self.flush().extend_from_slice(text);
    }

    /// Forgets everything from position `len` on.
    pub fn truncate(&mut self, len: usize) {
        if let Some(kept) = len.checked_sub(self.written.len()) {
            self.run.end = self.run.start + kept;
        } else {
            self.written.truncate(len);
            self.run = 0..0;
        }
    }

    /// Copies the run, and gives the whole output to append to.
    #[inline(always)]
    pub fn flush(&mut self) -> &mut Vec<u8> {
        let Range { start, end } = mem::take(&mut self.run);
        let length = end - start;
        let from = self.input.get(start..).unwrap_or_default();
        match from.first_chunk::<SHORT>() {
            // Most runs are short. Copying always as much, and forgetting what is too much, needs no call.
            Some(chunk) if length <= SHORT => {
                let end = self.written.len() + length;
                self.written.extend_from_slice(chunk);
                self.written.truncate(end);
            }
            _ => self.written.extend_from_slice(&from[..length]),
        }
        self.written
    }
}
