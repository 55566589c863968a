//! Sixteen bytes of a text.

#[cfg(target_arch = "aarch64")]
use std::arch::aarch64::{
    uint8x16_t, vceqq_u8, vcltq_u8, vdupq_n_u8, vget_lane_u64, vorrq_u8, vreinterpret_u64_u8,
    vreinterpretq_u16_u8, vshrn_n_u16, vsubq_u8,
};
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m128i, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8, _mm_sub_epi8,
};

/// Bytes in a [`Bytes`].
pub const BYTES: usize = 16;

#[cfg(target_arch = "x86_64")]
type Inner = __m128i;
#[cfg(target_arch = "aarch64")]
type Inner = uint8x16_t;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
type Inner = [u8; BYTES];

/// Sixteen bytes that are looked at together.
#[derive(Clone, Copy, Debug)]
pub struct Bytes(Inner);

/// Which of the sixteen bytes have a property: [`Mask::WIDTH`] equal bits for each, from the lowest.
#[derive(Clone, Copy, Debug)]
pub struct Mask(u64);

impl From<&[u8; BYTES]> for Bytes {
    #[inline(always)]
    fn from(bytes: &[u8; BYTES]) -> Self {
        Self(bytemuck::cast(*bytes))
    }
}

impl Bytes {
    /// Quotes, backslashes and control characters: what ends a run of plain bytes in a JSON string.
    #[inline(always)]
    pub fn special(self) -> Mask {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: SSE2 is a part of x86-64.
        unsafe {
            let marks = _mm_or_si128(self.is(b'"'), self.is(b'\\'));
            let control = _mm_cmpeq_epi8(_mm_min_epu8(self.0, _mm_set1_epi8(0x1F)), self.0);
            Mask::of(_mm_or_si128(marks, control))
        }
        #[cfg(target_arch = "aarch64")]
        // SAFETY: NEON is a part of AArch64.
        unsafe {
            let marks = vorrq_u8(self.is(b'"'), self.is(b'\\'));
            Mask::of(vorrq_u8(marks, vcltq_u8(self.0, vdupq_n_u8(b' '))))
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        Mask::of(self.0.map(|byte| byte == b'"' || byte == b'\\' || byte < b' '))
    }

    /// All that are not this one.
    #[inline(always)]
    pub fn other_than(self, byte: u8) -> Mask {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        return Mask::of(self.is(byte)).inverted();
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        Mask::of(self.0.map(|other| other != byte))
    }

    /// How many of two times sixteen bytes are this one before the first that is not.
    #[inline(always)]
    pub fn leading(bytes: &[u8; 2 * BYTES], byte: u8) -> usize {
        let (first, second) = bytes.split_at(BYTES);
        let [first, second] = [first, second].map(|half| {
            let half: &[u8; BYTES] = half.first_chunk().expect("half of the bytes");
            Self::from(half).other_than(byte)
        });
        #[cfg(not(target_arch = "aarch64"))]
        return Mask(first.0 | second.0 << BYTES | 1 << (2 * BYTES))
            .0
            .trailing_zeros() as usize;
        #[cfg(target_arch = "aarch64")]
        first
            .first()
            .unwrap_or_else(|| BYTES + second.first().unwrap_or(BYTES))
    }

    /// All but the decimal digits.
    #[inline(always)]
    pub fn not_digit(self) -> Mask {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: SSE2 is a part of x86-64.
        unsafe {
            let value = _mm_sub_epi8(self.0, _mm_set1_epi8(b'0'.cast_signed()));
            Mask::of(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value)).inverted()
        }
        #[cfg(target_arch = "aarch64")]
        // SAFETY: NEON is a part of AArch64.
        unsafe {
            Mask::of(vcltq_u8(vsubq_u8(self.0, vdupq_n_u8(b'0')), vdupq_n_u8(10))).inverted()
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        Mask::of(self.0.map(|byte| !byte.is_ascii_digit()))
    }

    /// How many bytes are equal before the first that is not.
    #[inline(always)]
    pub fn common_prefix(self, other: Self) -> usize {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: SSE2 is a part of x86-64.
        let equal = Mask::of(unsafe { _mm_cmpeq_epi8(self.0, other.0) });
        #[cfg(target_arch = "aarch64")]
        // SAFETY: NEON is a part of AArch64.
        let equal = Mask::of(unsafe { vceqq_u8(self.0, other.0) });
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let equal = Mask::of(std::array::from_fn(|at| self.0[at] == other.0[at]));
        equal.inverted().first().unwrap_or(BYTES)
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn is(self, byte: u8) -> Inner {
        // SAFETY: SSE2 is a part of x86-64.
        unsafe { _mm_cmpeq_epi8(self.0, _mm_set1_epi8(byte.cast_signed())) }
    }

    #[cfg(target_arch = "aarch64")]
    #[inline(always)]
    fn is(self, byte: u8) -> Inner {
        // SAFETY: NEON is a part of AArch64.
        unsafe { vceqq_u8(self.0, vdupq_n_u8(byte)) }
    }
}

impl Mask {
    /// Bits for each byte.
    const WIDTH: u32 = if cfg!(target_arch = "aarch64") { 4 } else { 1 };
    const ALL: u64 = u64::MAX >> (64 - 16 * Self::WIDTH);

    /// The place of the first byte that has the property.
    #[inline(always)]
    pub fn first(self) -> Option<usize> {
        (self.0 != 0).then_some((self.0.trailing_zeros() / Self::WIDTH) as usize)
    }

    #[inline(always)]
    fn inverted(self) -> Self {
        Self(self.0 ^ Self::ALL)
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn of(bytes: Inner) -> Self {
        // SAFETY: SSE2 is a part of x86-64.
        Self(u64::from(unsafe { _mm_movemask_epi8(bytes) }.cast_unsigned()))
    }

    /// NEON has no instruction for it; a narrowing shift leaves four bits of each byte (D. Lemire, "Bit hacking with Arm
    /// NEON", 2022).
    #[cfg(target_arch = "aarch64")]
    #[inline(always)]
    fn of(bytes: Inner) -> Self {
        // SAFETY: NEON is a part of AArch64.
        Self(unsafe {
            vget_lane_u64::<0>(vreinterpret_u64_u8(vshrn_n_u16::<4>(vreinterpretq_u16_u8(bytes))))
        })
    }

    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    fn of(bytes: [bool; BYTES]) -> Self {
        Self((0..).zip(bytes).map(|(at, has)| u64::from(has) << at).sum())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts that have what is looked for, and bytes of every kind.
    fn texts() -> impl Strategy<Value = [u8; BYTES]> {
        let byte = prop_oneof![
            8 => Just(b' '),
            8 => Just(b'x'),
            2 => prop::sample::select(b"\t\n\r\"\\\x1F\x00\x7F\x80\xFF\x21\x23".as_slice()),
            1 => any::<u8>(),
        ];
        prop::collection::vec(byte, BYTES).prop_map(|bytes| bytes.try_into().expect("sixteen"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_first_special_byte_is_found(text in texts()) {
            let expected = text.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < b' ');
            prop_assert_eq!(Bytes::from(&text).special().first(), expected);
        }

        #[test]
        fn the_first_byte_that_is_not_the_given_one_is_found(text in texts(), length in 0..=BYTES) {
            let mut text = text;
            text[..length].fill(b'\t');
            let expected = text.iter().position(|&byte| byte != b'\t');
            prop_assert_eq!(Bytes::from(&text).other_than(b'\t').first(), expected);
        }

        #[test]
        fn a_run_over_both_halves_is_counted(texts in [texts(), texts()], length in 0..=2 * BYTES) {
            let mut text: [u8; 2 * BYTES] = bytemuck::cast(texts);
            text[..length].fill(b' ');
            let expected = text.iter().take_while(|&&byte| byte == b' ').count();
            prop_assert_eq!(Bytes::leading(&text, b' '), expected);
        }

        #[test]
        fn the_first_byte_that_is_no_digit_is_found(text in texts(), digits in "[0-9]{0,16}") {
            let mut text = text;
            text[..digits.len()].copy_from_slice(digits.as_bytes());
            let expected = text.iter().position(|byte| !byte.is_ascii_digit());
            prop_assert_eq!(Bytes::from(&text).not_digit().first(), expected);
        }

        #[test]
        fn the_common_prefix_ends_at_the_first_difference(a in texts(), other in texts(), equal in 0..=BYTES) {
            let mut b = other;
            b[..equal].copy_from_slice(&a[..equal]);
            let expected = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
            prop_assert_eq!(Bytes::from(&a).common_prefix(Bytes::from(&b)), expected);
        }
    }
}
