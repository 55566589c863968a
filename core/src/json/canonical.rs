//! The canonical text of a string: what `JSON.stringify` writes for it.
//!
//! Two strings are equal exactly if their canonical texts are, and the canonical text of a lone surrogate is an escape
//! sequence, so that strings need no other form here.

/// Appends the canonical form of `raw`, the valid inside of a string token.
pub fn write_token(raw: &[u8], output: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(backslash) = memchr::memchr(b'\\', rest) {
        output.extend_from_slice(&rest[..backslash]);
        rest = write_escape(&rest[backslash..], output);
    }
    output.extend_from_slice(rest);
}

/// Appends the canonical form of the text `plain`, quotes included.
pub fn write_quoted(plain: &str, output: &mut Vec<u8>) {
    output.push(b'"');
    for character in plain.chars() {
        write_character(character, output);
    }
    output.push(b'"');
}

/// Appends the character that the escape sequence at the start of `text` means, or the two that make a pair, and gives
/// what follows.
fn write_escape<'a>(text: &'a [u8], output: &mut Vec<u8>) -> &'a [u8] {
    match text {
        [b'\\', b'u', rest @ ..] => write_unicode_escape(rest, output),
        [b'\\', b'/', rest @ ..] => {
            output.push(b'/');
            rest
        }
        _ => {
            let (escape, rest) = text.split_at(2);
            output.extend_from_slice(escape);
            rest
        }
    }
}

fn write_unicode_escape<'a>(text: &'a [u8], output: &mut Vec<u8>) -> &'a [u8] {
    let (high, rest) = code_unit(text);
    if let Some(character) = char::from_u32(high) {
        write_character(character, output);
        return rest;
    }
    if let (0xD800..=0xDBFF, [b'\\', b'u', after @ ..]) = (high, rest) {
        let (low, after) = code_unit(after);
        if let 0xDC00..=0xDFFF = low
            && let Some(character) = char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        {
            write_character(character, output);
            return after;
        }
    }
    write_hexadecimal(high, output);
    rest
}

/// Reads four hexadecimal digits.
fn code_unit(text: &[u8]) -> (u32, &[u8]) {
    let (digits, rest) = text.split_at(4);
    let unit = digits
        .iter()
        .filter_map(|&digit| char::from(digit).to_digit(16))
        .fold(0, |unit, digit| unit << 4 | digit);
    (unit, rest)
}

fn write_character(character: char, output: &mut Vec<u8>) {
    match character {
        '"' => output.extend_from_slice(br#"\""#),
        '\\' => output.extend_from_slice(br"\\"),
        '\u{8}' => output.extend_from_slice(br"\b"),
        '\u{c}' => output.extend_from_slice(br"\f"),
        '\n' => output.extend_from_slice(br"\n"),
        '\r' => output.extend_from_slice(br"\r"),
        '\t' => output.extend_from_slice(br"\t"),
        '\0'..' ' => write_hexadecimal(u32::from(character), output),
        _ => output.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

fn write_hexadecimal(unit: u32, output: &mut Vec<u8>) {
    output.extend_from_slice(br"\u");
    for shift in [12, 8, 4, 0] {
        let digit = char::from_digit(unit >> shift & 0xF, 16).unwrap_or('0');
        output.push(digit as u8);
    }
}
