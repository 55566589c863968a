/**
 * The offset of the first byte of the first ill-formed sequence, or the length of `bytes` if there is none. Which
 * sequences are well-formed stands in table 3-7 of the Unicode Standard.
 */
export function validUpTo(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return offset;
}

/** The length of the sequence at `offset`; 0 if it is ill-formed. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) {
    const byte = bytes[offset + i] ?? 0;
    const [least, greatest] = i === 1 ? secondByte(lead) : [0x80, 0xbf];
    if (byte < least || byte > greatest) return 0;
  }
  return length;
}

/** Narrower than 80..BF where a sequence would be too long, a surrogate, or beyond U+10FFFF. */
function secondByte(lead: number): readonly [least: number, greatest: number] {
  switch (lead) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}
