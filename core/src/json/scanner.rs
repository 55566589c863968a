//! Reading tokens from a JSON text: where they end and whether they are valid.

use std::ops::Range;

use crate::isa::Isa;
use crate::simd::{BYTES, Bytes};

/// The byte at the scanner's position can't continue a JSON text; there is none if the text ends too early.
#[derive(Debug)]
pub struct Unexpected;

/// A string token, quotes included.
#[derive(Clone, Copy, Debug)]
pub struct StringToken {
    /// Offset of the opening quote.
    pub start: usize,
    /// Offset after the closing quote.
    pub end: usize,
    /// The token is already what `JSON.stringify` would write. May be `false` for a token that is.
    pub canonical: bool,
}

/// A position in a text that is known to be UTF-8.
#[derive(Debug)]
pub struct Scanner<'a> {
    pub(super) input: &'a [u8],
    /// Offset of the next byte; after an error, of the byte at fault.
    pub position: usize,
    /// Look at sixteen bytes at a time.
    pub(super) vectors: bool,
}

impl<'a> Scanner<'a> {
    pub fn new(input: &'a [u8], isa: Isa) -> Self {
        Self {
            input,
            position: 0,
            vectors: isa.is_vector(),
        }
    }

    /// What has not been read yet.
    #[inline]
    pub fn rest(&self) -> &'a [u8] {
        self.input.get(self.position..).unwrap_or_default()
    }

    /// Reads `text` if it is next.
    #[inline]
    pub fn take_text(&mut self, text: &[u8]) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.position += text.len();
        }
        found
    }

    /// Reads the text of `length` bytes, at most [`BYTES`], that `padded` begins with, if it is next.
    #[inline]
    pub fn take_short(&mut self, padded: &[u8; BYTES], length: usize) -> bool {
        match self.rest().first_chunk() {
            Some(next) if self.vectors => {
                let found = Bytes::from(next).common_prefix(Bytes::from(padded)) >= length;
                if found {
                    self.position += length;
                }
                found
            }
            _ => self.take_text(&padded[..length]),
        }
    }

    /// A part that has been read.
    #[inline]
    pub fn slice(&self, part: Range<usize>) -> &'a [u8] {
        &self.input[part]
    }

    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.input.get(self.position).copied()
    }

    /// Reads `byte` if it is next.
    #[inline]
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    /// Reads `byte`, which must be next.
    #[inline]
    pub fn expect(&mut self, byte: u8) -> Result<(), Unexpected> {
        if self.take(byte) { Ok(()) } else { Err(Unexpected) }
    }

    /// Skips white space and looks at the byte after it.
    #[inline]
    pub fn peek_token(&mut self) -> Option<u8> {
        match self.peek() {
            Some(b' ' | b'\t' | b'\n' | b'\r') => self.skip_space(),
            other => other,
        }
    }

    #[inline(never)]
    fn skip_space(&mut self) -> Option<u8> {
        if self.vectors {
            // Mostly a line break and its indentation.
            self.take(b'\n');
            if let Some(next) = self.rest().first_chunk() {
                let blanks = Bytes::leading(next, b' ');
                self.position += blanks;
                if let Some(byte @ b'!'..) = next.get(blanks) {
                    return Some(*byte);
                }
            }
            if let Some(byte @ b'!'..) = self.skip_all(b' ') {
                return Some(byte);
            }
        }
        loop {
            match self.peek() {
                Some(b'\t') if self.vectors => {
                    self.position += 1;
                    self.skip_all(b'\t');
                }
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.position += 1,
                other => return other,
            }
            // Indentation comes in long runs.
            while self.rest().first_chunk() == Some(b"        ") {
                self.position += 8;
            }
        }
    }

    /// Skips all bytes like `blank` and looks at the one after them; less than [`BYTES`] of them may be left at the
    /// end of the text.
    #[inline(always)]
    fn skip_all(&mut self, blank: u8) -> Option<u8> {
        let mut rest = self.rest();
        while let Some((chunk, after)) = rest.split_first_chunk() {
            if let Some(blanks) = Bytes::from(chunk).other_than(blank).first() {
                rest = &rest[blanks..];
                break;
            }
            rest = after;
        }
        self.position = self.input.len() - rest.len();
        rest.first().copied()
    }

    /// Reads `true`, `false` or `null`.
    #[inline]
    pub fn literal<const N: usize>(&mut self, word: &[u8; N]) -> Result<(), Unexpected> {
        if self.rest().first_chunk() == Some(word) {
            self.position += N;
            return Ok(());
        }
        // To the byte at fault.
        word.iter().try_for_each(|&byte| self.expect(byte))
    }

    /// Reads a string whose opening quote is next.
    #[inline]
    pub fn string(&mut self) -> Result<StringToken, Unexpected> {
        let start = self.position;
        let mut canonical = true;
        self.expect(b'"')?;
        loop {
            self.skip_plain();
            match self.peek() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(StringToken {
                        start,
                        end: self.position,
                        canonical,
                    });
                }
                Some(b'\\') => canonical &= self.escape()?,
                _ => return Err(Unexpected),
            }
        }
    }

    /// Moves to the next quote, backslash or control character, or to the end.
    #[inline]
    fn skip_plain(&mut self) {
        while self.vectors
            && let Some(chunk) = self.rest().first_chunk()
        {
            if let Some(plain) = Bytes::from(chunk).special().first() {
                self.position += plain;
                return;
            }
            self.position += BYTES;
        }
        while let Some(&chunk) = self.rest().first_chunk() {
            let special = special_bytes(u64::from_le_bytes(chunk));
            if special != 0 {
                self.position += (special.trailing_zeros() / 8) as usize;
                return;
            }
            self.position += 8;
        }
        while self
            .peek()
            .is_some_and(|byte| byte != b'"' && byte != b'\\' && byte >= b' ')
        {
            self.position += 1;
        }
    }

    /// Reads an escape sequence; `true` if `JSON.stringify` writes it so.
    fn escape(&mut self) -> Result<bool, Unexpected> {
        self.position += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.position += 1;
                Ok(true)
            }
            Some(b'/') => {
                self.position += 1;
                Ok(false)
            }
            Some(b'u') => {
                self.position += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(Unexpected);
                    }
                    self.position += 1;
                }
                Ok(false)
            }
            _ => Err(Unexpected),
        }
    }
}

/// Marks the quotes, backslashes and control characters among eight bytes: the lowest bit that is set is the highest bit
/// of the first such byte. Higher ones may be wrong, since the subtractions borrow. From "Bit Twiddling Hacks",
/// "Determine if a word has a byte less than n".
#[inline]
const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * b' ' as u64);
    ((quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash) | (control & !word))
        & HIGH
}
