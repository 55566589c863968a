//! The output as it grows: mostly copies of the input, made in runs as long as possible.

use std::mem;
use std::ops::Range;

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
    #[inline]
    pub fn flush(&mut self) -> &mut Vec<u8> {
        let run = mem::take(&mut self.run);
        self.written.extend_from_slice(&self.input[run]);
        self.written
    }
}
