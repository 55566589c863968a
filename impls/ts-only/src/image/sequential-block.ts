import { corruptJpeg } from '@crossover/workload-image/jpeg-structure';
import { naturalOrder } from '@crossover/workload-image/jpeg-tables';
import { type EntropyReader, longCode } from './entropy-reader.js';
import { codeBits, type HuffmanLookup, skipBits, skipEndsBlock } from './huffman-lookup.js';

/**
 * Reads one block of a sequential scan (ITU T.81, F.2.2) and writes its dequantised coefficients, up to index `wanted` in zigzag order, into `block`
 * (row by row, zeros before). Those behind are passed over, several at a time.
 * `window` is the next 25 bits or more, aligned to the top; one load gives a whole code with its value.
 * @param steps quantisation steps in zigzag order.
 * @returns the DC value before quantisation, which predicts the next one.
 * @throws {WorkloadError} `corrupt-jpeg` when no code fits or the block overflows.
 */
export function readBlock(
  reader: EntropyReader,
  dcTable: HuffmanLookup,
  acTable: HuffmanLookup,
  steps: Int32Array,
  predictedDc: number,
  block: Int32Array,
  wanted: number,
): number {
  const { view, base } = reader;
  let bit = reader.bit;
  let window = view.getInt32(base) << bit;
  let entry = dcTable.codes[window >>> (32 - codeBits)] as number;
  if (entry === 0) entry = longCode(dcTable, window);
  bit += entry & 0xff;
  let dc = predictedDc;
  const dcSize = entry >> 8;
  if (dcSize > 0) {
    if (dcSize > 15) throw corruptJpeg();
    window = view.getInt32(base + (bit >> 3)) << (bit & 7);
    dc += receivedValue(window, dcSize);
    bit += dcSize;
  }
  block[0] = dc * (steps[0] as number);

  const { codes, skips } = acTable;
  let k = 1;
  while (k <= wanted) {
    window = view.getInt32(base + (bit >> 3)) << (bit & 7);
    entry = codes[window >>> (32 - codeBits)] as number;
    if (entry === 0) entry = longCode(acTable, window);
    const length = entry & 0xff;
    const size = (entry >> 8) & 15;
    const run = entry >> 12;
    bit += length;
    if (size === 0) {
      if (run < 15) {
        reader.moveTo(bit);
        return dc;
      }
      k += 16;
      continue;
    }
    k += run;
    if (k > 63) throw corruptJpeg();
    // Behind a long code the window is too short for the value.
    const valueWindow = length > codeBits ? view.getInt32(base + (bit >> 3)) << (bit & 7) : window << length;
    block[naturalOrder[k] as number] = receivedValue(valueWindow, size) * (steps[k] as number);
    bit += size;
    k++;
  }

  while (k < 64) {
    window = view.getInt32(base + (bit >> 3)) << (bit & 7);
    const skip = skips[window >>> (32 - skipBits)] as number;
    const passed = (skip >> 8) & 0xff;
    // A symbol that ends the block must itself lie within it; else the last of these symbols belong to the next block.
    if (skip !== 0 && k + passed + (skip >> 16) <= 64) {
      bit += skip & 0xff;
      if (skip >= skipEndsBlock) break;
      k += passed;
      continue;
    }
    entry = codes[window >>> (32 - codeBits)] as number;
    if (entry === 0) entry = longCode(acTable, window);
    const size = (entry >> 8) & 15;
    bit += (entry & 0xff) + size;
    if (size === 0 && entry >> 12 < 15) break;
    k += (entry >> 12) + 1;
  }
  if (k > 64) throw corruptJpeg();
  reader.moveTo(bit);
  return dc;
}

/** The value of the top `size` bits (1 to 15) of `window`: a leading 0 means a negative one (table F.2). */
export function receivedValue(window: number, size: number): number {
  const bits = window >>> (32 - size);
  return bits + (~(window >> 31) & (1 - (1 << size)));
}
