//! Numbers: reading them, the double that a text means, and the text that ECMAScript writes for it.

use super::scanner::{Scanner, Unexpected};
use crate::simd::Bytes;

/// A number token, taken apart. Its text is known to be valid.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    /// The whole token.
    pub text: &'a [u8],
    /// The digits before the point.
    pub integer: &'a [u8],
    /// The digits after the point; empty where there is no point.
    pub fraction: &'a [u8],
    /// There is an exponent.
    pub exponent: bool,
}

/// Decimals of up to this many significant digits are told apart by doubles (`f64::DIGITS`), so that the shortest text
/// for such a decimal's double is the decimal itself.
pub const DISTINCT_DIGITS: usize = f64::DIGITS as usize;

impl Number<'_> {
    /// The token is already what ECMAScript writes. May be `false` for a token that is.
    #[inline]
    pub fn is_canonical(&self) -> bool {
        if self.exponent || self.integer.len() + self.fraction.len() > DISTINCT_DIGITS {
            return false;
        }
        match self.fraction {
            // Only minus zero is written in another way.
            [] => self.integer != b"0" || self.text.len() == 1,
            [.., b'0'] => false,
            // Below 1e-6 ECMAScript uses an exponent.
            _ => self.integer != b"0" || !self.fraction.starts_with(b"000000"),
        }
    }

    /// The double nearest to the token; an infinity beyond the largest.
    pub fn value(&self) -> f64 {
        // A number's text is ASCII and in a form that `f64::from_str` knows, so neither step fails.
        std::str::from_utf8(self.text)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(f64::NAN)
    }
}

impl<'a> Scanner<'a> {
    /// Reads a number whose first byte, `-` or a digit, is next, if it is plain to see that ECMAScript writes it as it
    /// stands; else reads nothing. See [`Number::is_canonical`].
    #[inline]
    pub fn canonical_number(&mut self) -> bool {
        if !self.vectors {
            return false;
        }
        let rest = self.rest();
        let digits_from = |at: usize| Bytes::from(rest.get(at..)?.first_chunk()?).not_digit().first();
        let negative = rest.first() == Some(&b'-');
        let start = usize::from(negative);
        let Some(whole @ 1..=DISTINCT_DIGITS) = digits_from(start) else {
            return false;
        };
        let point = start + whole;
        let zero = rest[start] == b'0';
        let (end, canonical) = if rest[point] == b'.' {
            let Some(fraction @ 1..) = digits_from(point + 1) else {
                return false;
            };
            let end = point + 1 + fraction;
            // What begins with 0.0 may need an exponent.
            let small = zero && (whole > 1 || rest[point + 1] == b'0');
            (
                end,
                whole + fraction <= DISTINCT_DIGITS && rest[end - 1] != b'0' && !small,
            )
        } else {
            (point, !zero || (whole == 1 && !negative))
        };
        let found = canonical && !matches!(rest[end], b'e' | b'E');
        if found {
            self.position += end;
        }
        found
    }

    /// Reads a number whose first byte, `-` or a digit, is next.
    #[inline]
    pub fn number(&mut self) -> Result<Number<'a>, Unexpected> {
        let start = self.position;
        self.take(b'-');
        let integer = self.position;
        if !self.take(b'0') {
            self.digits()?;
        }
        let point = self.position;
        let fraction = self.take(b'.');
        if fraction {
            self.digits()?;
        }
        let end_of_digits = self.position;
        let exponent = matches!(self.peek(), Some(b'e' | b'E'));
        if exponent {
            self.position += 1;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        Ok(Number {
            text: &self.input[start..self.position],
            integer: &self.input[integer..point],
            fraction: if fraction {
                &self.input[point + 1..end_of_digits]
            } else {
                &[]
            },
            exponent,
        })
    }

    /// Reads one digit or more.
    #[inline]
    fn digits(&mut self) -> Result<(), Unexpected> {
        let start = self.position;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        if self.position == start {
            Err(Unexpected)
        } else {
            Ok(())
        }
    }
}

/// Appends `value` as `JSON.stringify` writes it: infinities and NaN are `null`.
pub fn write_number(value: f64, output: &mut Vec<u8>) {
    if value.is_finite() {
        output.extend_from_slice(ryu_js::Buffer::new().format_finite(value).as_bytes());
    } else {
        output.extend_from_slice(b"null");
    }
}
