import type { HuffmanSpec } from './jpeg-tables.js';

/** A Huffman table for writing: for each symbol its code and, in the low 5 bits, the code's length (0: no code). */
export type CodeTable = Int32Array;

/** Assigns the codes as ITU T.81, annex C, does: ascending within a length, lengths ascending. */
export function codeTable(spec: HuffmanSpec): CodeTable {
  const table = new Int32Array(256);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = spec.counts[length - 1] ?? 0; i > 0; i--) {
      table[spec.symbols[next++] ?? 0] = (code++ << 5) | length;
    }
    code <<= 1;
  }
  return table;
}

/** Bytes of a JPEG that grow; in entropy-coded data each FF is followed by 00. */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  /** Bits not yet written, in the low {@link #pending} bits. */
  #bits = 0;
  #pending = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(Math.max(capacity, 1024));
  }

  /** Appends bytes as they are. Only where no bits are pending. */
  raw(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Appends a marker segment: the code, the length and the payload. */
  segment(code: number, payload: ArrayLike<number>): void {
    const length = payload.length + 2;
    this.raw([0xff, code, length >> 8, length & 0xff]);
    this.raw(payload);
  }

  /** Makes room for `bytes` more bytes, so that the next calls of {@link bits} need not look. */
  ensure(bytes: number): void {
    this.#reserve(bytes);
  }

  /** Appends the low `count` bits of `value` (at most 16; the others must be 0). {@link ensure} comes first. */
  bits(value: number, count: number): void {
    this.#bits = (this.#bits << count) | value;
    this.#pending += count;
    while (this.#pending >= 8) {
      this.#pending -= 8;
      const byte = (this.#bits >>> this.#pending) & 0xff;
      this.#bytes[this.#length++] = byte;
      if (byte === 0xff) this.#bytes[this.#length++] = 0;
    }
  }

  /** Fills the last byte with ones. */
  align(): void {
    this.ensure(4);
    if (this.#pending > 0) this.bits((1 << (8 - this.#pending)) - 1, 8 - this.#pending);
    this.#bits = 0;
  }

  /** What was written: a copy of its own, without spare room. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
