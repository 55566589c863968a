import type { SeriesColumns } from './series-frame.js';

/** The columns of a case; what is not given is zero. All have the length of `time`. */
export interface CaseColumns {
  readonly time: readonly number[];
  readonly v0?: readonly number[];
  readonly v1?: readonly number[];
  readonly d0?: readonly number[];
  readonly d1?: readonly number[];
  readonly d2?: readonly number[];
}

/** Makes columns of plain arrays. */
export function columnsOf({ time, ...others }: CaseColumns): SeriesColumns {
  const rows = time.length;
  const doubles = (column?: readonly number[]): Float64Array =>
    Float64Array.from(column ?? Array(rows).fill(0));
  const codes = (column?: readonly number[]): Uint32Array => Uint32Array.from(column ?? Array(rows).fill(0));
  return {
    rows,
    time: doubles(time),
    values: [doubles(others.v0), doubles(others.v1)],
    dims: [codes(others.d0), codes(others.d1), codes(others.d2)],
  };
}

/**
 * Varied columns for cases that need many rows: unsorted times around zero, ties, a few codes in each dimension. The
 * numbers come from multiplications modulo a prime, so that they are the same everywhere.
 */
export function variedColumns(rows: number): SeriesColumns {
  const mixed = (row: number, factor: number, limit: number): number =>
    (((row + 1) * factor) % 65_537) % limit;
  const column = (entry: (row: number) => number): number[] =>
    Array.from({ length: rows }, (_, row) => entry(row));
  return columnsOf({
    time: column((row) => mixed(row, 7919, 20_000) - 10_000),
    v0: column((row) => mixed(row, 104_729, 1000) / 8),
    v1: column((row) => 1 / (1 + mixed(row, 31_337, 50)) - 0.5),
    d0: column((row) => mixed(row, 271, 4)),
    d1: column((row) => mixed(row, 577, 7)),
    d2: column((row) => mixed(row, 911, 3)),
  });
}
