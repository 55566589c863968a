/** A buffer for outputs of which nothing is known yet. */
export function newOutput(): Uint8Array {
  return new Uint8Array(64 * 1024);
}

/** A buffer for an output of this length, with some room for the next one. */
export function outputFor(length: number): Uint8Array {
  return new Uint8Array(2 ** Math.ceil(Math.log2(length)));
}
