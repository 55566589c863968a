import type { HuffmanSpec } from './jpeg-tables.js';

/**
 * The best Huffman table for the given symbol counts (256 entries), with codes of at most 16 bits and none of all ones:
 * ITU T.81, K.2, figures K.1 to K.4. The counts must have at least one that isn't 0.
 */
export function optimalHuffman(symbolCounts: Uint32Array): HuffmanSpec {
  const lengths = codeLengths(symbolCounts);
  const counts = limitedTo16(lengths);
  const symbols = Array.from({ length: 256 }, (_, symbol) => symbol)
    .filter((symbol) => (lengths[symbol] as number) > 0)
    .sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b);
  return { counts, symbols: Uint8Array.from(symbols) };
}

/** Figure K.1. The reserved symbol 256 takes the code of all ones. */
function codeLengths(symbolCounts: Uint32Array): Uint8Array {
  const frequency = new Float64Array(257);
  frequency.set(symbolCounts);
  frequency[256] = 1;
  const lengths = new Uint8Array(257);
  const nextInTree = new Int16Array(257).fill(-1);
  for (;;) {
    const least = rarest(frequency, -1);
    const second = rarest(frequency, least);
    if (second < 0) return lengths;
    frequency[least] = (frequency[least] as number) + (frequency[second] as number);
    frequency[second] = 0;
    const tail = deepen(least, lengths, nextInTree);
    nextInTree[tail] = second;
    deepen(second, lengths, nextInTree);
  }
}

/** The symbol with the smallest count above 0, the last of several; -1 if there is none besides `except`. */
function rarest(frequency: Float64Array, except: number): number {
  let found = -1;
  for (let symbol = 0; symbol <= 256; symbol++) {
    const count = frequency[symbol] as number;
    if (count > 0 && symbol !== except && (found < 0 || count <= (frequency[found] as number)))
      found = symbol;
  }
  return found;
}

/** Makes every code of a subtree one bit longer; gives the last symbol of the subtree. */
function deepen(root: number, lengths: Uint8Array, nextInTree: Int16Array): number {
  let symbol = root;
  for (;;) {
    lengths[symbol] = (lengths[symbol] as number) + 1;
    const next = nextInTree[symbol] as number;
    if (next < 0) return symbol;
    symbol = next;
  }
}

/** Figure K.3: moves codes longer than 16 bits up, and takes the reserved code away. */
function limitedTo16(lengths: Uint8Array): Uint8Array {
  const counts = new Uint16Array(258);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const move = (from: number, by: number): void => {
    counts[from] = (counts[from] as number) + by;
  };
  for (let length = 257; length > 16; length--) {
    while ((counts[length] as number) > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter--;
      move(length, -2);
      move(length - 1, 1);
      move(shorter + 1, 2);
      move(shorter, -1);
    }
  }
  let longest = 16;
  while (counts[longest] === 0) longest--;
  move(longest, -1);
  return Uint8Array.from(counts.subarray(1, 17));
}
