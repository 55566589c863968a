import { endianness } from 'node:os';
import { WorkloadError } from '@crossover/contract/error';

/** The six columns of a series, of equal length. */
export interface SeriesColumns {
  readonly rows: number;
  /** Milliseconds, in any order. */
  readonly time: Float64Array;
  /** v0 and v1. */
  readonly values: readonly [Float64Array, Float64Array];
  /** The codes of the dimensions d0, d1 and d2. */
  readonly dims: readonly [Uint32Array, Uint32Array, Uint32Array];
}

const magic = 0x53544f58; // "XOTS", read as a little-endian number
const version = 1;
const headerBytes = 64;
const bytesPerRow = 36;
const maxRows = 0xffffffff;

if (endianness() !== 'LE') {
  throw new Error('Crossover reads columns as typed arrays, which needs a little-endian machine');
}

/** Writes columns as a series frame. Their lengths are written as they are, even where they differ. */
export function encodeFrame(columns: Omit<SeriesColumns, 'rows'>): Uint8Array {
  const parts = [columns.time, ...columns.values, ...columns.dims];
  const body = parts.reduce((bytes, part) => bytes + part.byteLength, 0);
  const frame = new Uint8Array(headerBytes + body);
  const header = new DataView(frame.buffer);
  header.setUint32(0, magic, true);
  header.setUint32(4, version, true);
  let offset = headerBytes;
  parts.forEach((part, index) => {
    header.setBigUint64(8 + 8 * index, BigInt(part.length), true);
    frame.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  });
  return frame;
}

/**
 * Finds the columns of a series frame: views on its bytes where these are aligned to eight bytes, on a copy otherwise.
 * The values are not looked at.
 * @throws {WorkloadError} `invalid-series`, `ragged-columns`, `input-too-large`
 */
export function viewFrame(frame: Uint8Array): SeriesColumns {
  const rows = checkHeader(frame);
  const { buffer, byteOffset } = frame.byteOffset % 8 === 0 ? frame : Uint8Array.from(frame);
  let offset = byteOffset + headerBytes;
  const doubles = (): Float64Array => {
    const column = new Float64Array(buffer, offset, rows);
    offset += column.byteLength;
    return column;
  };
  const codes = (): Uint32Array => {
    const column = new Uint32Array(buffer, offset, rows);
    offset += column.byteLength;
    return column;
  };
  return { rows, time: doubles(), values: [doubles(), doubles()], dims: [codes(), codes(), codes()] };
}

/** Checks everything but the values; gives the number of rows. */
function checkHeader(frame: Uint8Array): number {
  const header = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (
    frame.length < headerBytes ||
    header.getUint32(0, true) !== magic ||
    header.getUint32(4, true) !== version
  ) {
    throw new WorkloadError('invalid-series', 'the input is not a series frame');
  }
  const lengths = [0, 1, 2, 3, 4, 5].map((index) => header.getBigUint64(8 + 8 * index, true));
  const [time, v0, v1, d0, d1, d2] = lengths;
  if (lengths.some((length) => length !== time)) {
    throw new WorkloadError(
      'ragged-columns',
      `the columns differ in length: time ${time}, v0 ${v0}, v1 ${v1}, d0 ${d0}, d1 ${d1}, d2 ${d2}`,
    );
  }
  const rows = Number(time);
  if (rows > maxRows) {
    throw new WorkloadError('input-too-large', `the series has ${time} rows; the limit is ${maxRows}`);
  }
  const needed = headerBytes + bytesPerRow * rows;
  if (frame.length !== needed) {
    throw new WorkloadError(
      'invalid-series',
      `the series frame has ${frame.length} bytes where ${rows} rows need ${needed}`,
    );
  }
  return rows;
}

/**
 * Refuses the first value of time, then v0, then v1 that is NaN or an infinity.
 * @throws {WorkloadError} `not-finite`
 */
export function checkFinite(columns: SeriesColumns): void {
  const named = { time: columns.time, v0: columns.values[0], v1: columns.values[1] };
  for (const [name, column] of Object.entries(named)) {
    if (allFinite(column)) continue;
    const row = column.findIndex((value) => !Number.isFinite(value));
    throw new WorkloadError('not-finite', `column "${name}" row ${row} is ${column[row]}`);
  }
}

/** Zero times a finite number is zero, times any other it is NaN: four sums of such products need no branch. */
function allFinite(column: Float64Array): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = column.length - (column.length % 4);
  for (let row = 0; row < whole; row += 4) {
    a += (column[row] as number) * 0;
    b += (column[row + 1] as number) * 0;
    c += (column[row + 2] as number) * 0;
    d += (column[row + 3] as number) * 0;
  }
  for (let row = whole; row < column.length; row++) {
    a += (column[row] as number) * 0;
  }
  return a + b + c + d === 0;
}
