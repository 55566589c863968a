/**
 * The offset of the first byte that can't continue a JSON text, or the length of `bytes` if they end too early;
 * `undefined` if they are a JSON text. Takes one element of an array for each level, so that depth is no limit.
 *
 * It is for texts that `JSON.parse` has refused: the message of its error does not tell the byte.
 */
export function findSyntaxError(bytes: Uint8Array): number | undefined {
  const scanner = new SyntaxScanner(bytes);
  return scanner.document() ? undefined : scanner.offset;
}

const digit = codes('0123456789');
const hexadecimal = codes('0123456789abcdefABCDEF');
const escapable = codes('"\\/bfnrt');
const space = codes(' \t\n\r');
const [quote, backslash, control] = [code('"'), code('\\'), 0x20];
const closers = new Map([
  [code('['), code(']')],
  [code('{'), code('}')],
]);

function code(character: string): number {
  return character.charCodeAt(0);
}

function codes(characters: string): ReadonlySet<number> {
  return new Set([...characters].map(code));
}

/** Each method reads what it is named after. When one gives `false`, the byte at {@link offset} is at fault. */
class SyntaxScanner {
  offset = 0;
  /** The closing bracket of each open container. */
  readonly #open: number[] = [];

  constructor(private readonly bytes: Uint8Array) {}

  document(): boolean {
    do {
      if (!this.#valueStart()) return false;
      // Read after a value whatever can follow it, up to the comma or colon before the next value.
      for (let more = true; more; ) {
        this.#space();
        const closer = this.#open.at(-1);
        if (closer === undefined) return this.offset === this.bytes.length;
        if (this.#take(closer)) this.#open.pop();
        else if (!this.#take(code(','))) return false;
        else if (closer === code('}') && !this.#name()) return false;
        else more = false;
      }
    } while (this.offset < this.bytes.length);
    return false;
  }

  /** A scalar, an empty container, or the start of one up to its first value. */
  #valueStart(): boolean {
    for (;;) {
      this.#space();
      const closer = closers.get(this.bytes[this.offset] ?? -1);
      if (closer === undefined) return this.#scalar();
      this.offset++;
      this.#space();
      if (this.#take(closer)) return true;
      this.#open.push(closer);
      if (closer === code('}') && !this.#name()) return false;
    }
  }

  #name(): boolean {
    this.#space();
    if (!this.#string()) return false;
    this.#space();
    return this.#take(code(':'));
  }

  #scalar(): boolean {
    switch (this.bytes[this.offset]) {
      case quote:
        return this.#string();
      case code('t'):
        return this.#word('true');
      case code('f'):
        return this.#word('false');
      case code('n'):
        return this.#word('null');
      default:
        return this.#number();
    }
  }

  #string(): boolean {
    if (!this.#take(quote)) return false;
    for (;;) {
      const byte = this.bytes[this.offset];
      if (byte === undefined || byte < control) return false;
      this.offset++;
      if (byte === quote) return true;
      if (byte === backslash && !this.#escape()) return false;
    }
  }

  #escape(): boolean {
    if (this.#takeOneOf(escapable)) return true;
    if (!this.#take(code('u'))) return false;
    for (let i = 0; i < 4; i++) {
      if (!this.#takeOneOf(hexadecimal)) return false;
    }
    return true;
  }

  #number(): boolean {
    this.#take(code('-'));
    if (!this.#take(code('0')) && !this.#digits()) return false;
    if (this.#take(code('.')) && !this.#digits()) return false;
    if (!this.#take(code('e')) && !this.#take(code('E'))) return true;
    if (!this.#take(code('+'))) this.#take(code('-'));
    return this.#digits();
  }

  #digits(): boolean {
    if (!this.#takeOneOf(digit)) return false;
    while (this.#takeOneOf(digit));
    return true;
  }

  #word(word: string): boolean {
    return [...word].every((character) => this.#take(code(character)));
  }

  #space(): void {
    while (this.#takeOneOf(space));
  }

  #take(byte: number): boolean {
    if (this.bytes[this.offset] !== byte) return false;
    this.offset++;
    return true;
  }

  #takeOneOf(set: ReadonlySet<number>): boolean {
    const byte = this.bytes[this.offset];
    if (byte === undefined || !set.has(byte)) return false;
    this.offset++;
    return true;
  }
}
