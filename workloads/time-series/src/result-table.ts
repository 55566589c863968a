/** The answer to a query: one row per group, as columns, sorted by `codes`, then by `bucket`. */
export interface ResultTable {
  /** The start of each group's time bucket in milliseconds; `null` for a query without buckets. */
  readonly bucket: Float64Array | null;
  /** The statistics of v0 and v1. */
  readonly values: readonly [ValueStatistics, ValueStatistics];
  /** Matching rows in each group; at least 1. */
  readonly count: Uint32Array;
  /** The codes of the `groupBy` dimensions, in their order. */
  readonly codes: readonly Uint32Array[];
}

/** The statistics of one value column, one entry per group. */
export interface ValueStatistics {
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  /** Standard deviation of the population. */
  readonly std: Float64Array;
  /** Nearest-rank percentiles; `null` for a query without them. */
  readonly percentiles: Percentiles | null;
}

/** Three percentiles, one entry per group. */
export interface Percentiles {
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
}

/** Which columns a result table has. */
export interface TableShape {
  readonly groups: number;
  readonly hasBucket: boolean;
  readonly hasPercentiles: boolean;
  /** Number of `groupBy` dimensions. */
  readonly dims: number;
}

const magic = 0x52544f58; // "XOTR", read as a little-endian number
const version = 1;
const headerBytes = 16;

/** Makes an empty table whose columns are views on `bytes`, so that filling them in writes the output. */
export function createTable(shape: TableShape): { readonly table: ResultTable; readonly bytes: Uint8Array } {
  const { groups, hasBucket, hasPercentiles, dims } = shape;
  const bytes = new Uint8Array(headerBytes + groups * bytesPerGroup(shape));
  const header = new Uint32Array(bytes.buffer, 0, 4);
  header.set([magic, version, groups, Number(hasBucket) | (Number(hasPercentiles) << 1) | (dims << 8)]);
  return { table: viewColumns(bytes.buffer, 0, shape), bytes };
}

/**
 * Finds the columns of a result table: views on its bytes where these are aligned, on a copy otherwise.
 * @throws {RangeError} for bytes that are not a result table; the message says why.
 */
export function viewTable(bytes: Uint8Array): ResultTable {
  const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  if (bytes.length < headerBytes) {
    throw new RangeError(`${bytes.length} bytes are too few for a result table`);
  }
  const [foundMagic, foundVersion, groups, flags] = new Uint32Array(buffer, byteOffset, 4);
  if (foundMagic !== magic || foundVersion !== version || groups === undefined || flags === undefined) {
    throw new RangeError('the output does not start like a result table of version 1');
  }
  const hasBucket = (flags & 1) !== 0;
  const hasPercentiles = (flags & 2) !== 0;
  const shape = { groups, hasBucket, hasPercentiles, dims: (flags >>> 8) & 3 };
  const needed = headerBytes + groups * bytesPerGroup(shape);
  if (flags >>> 10 !== 0 || (flags & 0xfc) !== 0 || bytes.length !== needed) {
    throw new RangeError(
      `a result table of ${groups} groups with flags ${flags} has ${bytes.length} bytes instead of ${needed}`,
    );
  }
  return viewColumns(buffer, byteOffset, shape);
}

function bytesPerGroup({ hasBucket, hasPercentiles, dims }: TableShape): number {
  return 8 * (Number(hasBucket) + 2 * (hasPercentiles ? 8 : 5)) + 4 * (1 + dims);
}

function viewColumns(buffer: ArrayBufferLike, start: number, shape: TableShape): ResultTable {
  const { groups, hasBucket, hasPercentiles, dims } = shape;
  let offset = start + headerBytes;
  const doubles = (): Float64Array => {
    const column = new Float64Array(buffer, offset, groups);
    offset += column.byteLength;
    return column;
  };
  const codes = (): Uint32Array => {
    const column = new Uint32Array(buffer, offset, groups);
    offset += column.byteLength;
    return column;
  };
  // Members of an object literal are evaluated in the order in which they are written: that of the specification.
  const statistics = (): ValueStatistics => ({
    sum: doubles(),
    min: doubles(),
    max: doubles(),
    mean: doubles(),
    std: doubles(),
    percentiles: hasPercentiles ? { p50: doubles(), p95: doubles(), p99: doubles() } : null,
  });
  return {
    bucket: hasBucket ? doubles() : null,
    values: [statistics(), statistics()],
    count: codes(),
    codes: Array.from({ length: dims }, codes),
  };
}
