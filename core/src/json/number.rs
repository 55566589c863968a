//! Numbers: the double that a text means, and the text that ECMAScript writes for it.

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

/// Appends `value` as `JSON.stringify` writes it: infinities and NaN are `null`.
pub fn write_number(value: f64, output: &mut Vec<u8>) {
    if value.is_finite() {
        output.extend_from_slice(ryu_js::Buffer::new().format_finite(value).as_bytes());
    } else {
        output.extend_from_slice(b"null");
    }
}
