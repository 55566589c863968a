/**
 * Value noise: pseudo-random values on a square lattice, blended smoothly in between, one row at a time. Integer
 * arithmetic throughout, so that a seed gives the same picture on every machine.
 */
export class ValueNoise {
  readonly #seed: number;
  readonly #shift: number;
  /** Smoothstep of each place within a cell, 0 to 256. */
  readonly #blend: Int32Array;
  #above: Int32Array;
  #below: Int32Array;
  readonly #between: Int32Array;
  #latticeRow = -1;

  /** Lattice cells are 2^`shift` pixels wide; `width` pixels will be asked for. */
  constructor(seed: number, shift: number, width: number) {
    const cell = 1 << shift;
    const columns = (width >> shift) + 2;
    this.#seed = seed;
    this.#shift = shift;
    this.#blend = Int32Array.from({ length: cell }, (_, i) => {
      const t = i / cell;
      return Math.floor(256 * t * t * (3 - 2 * t));
    });
    this.#above = new Int32Array(columns);
    this.#below = new Int32Array(columns);
    this.#between = new Int32Array(columns);
  }

  /** Adds `gain` · noise to the first values of `row`, the noise being within ±128 in units of 1/256. */
  addRow(y: number, gain: number, row: Int32Array): void {
    const between = this.#rowOfLattice(y);
    const shift = this.#shift;
    const mask = (1 << shift) - 1;
    for (let x = 0; x < row.length; x++) {
      const left = between[x >> shift] as number;
      const right = between[(x >> shift) + 1] as number;
      const noise = left + (((right - left) * (this.#blend[x & mask] as number)) >> 8);
      row[x] = (row[x] as number) + gain * noise;
    }
  }

  /** The lattice values blended vertically for row `y`. Rows are asked for in ascending order, so one pair is kept. */
  #rowOfLattice(y: number): Int32Array {
    const latticeRow = y >> this.#shift;
    if (latticeRow !== this.#latticeRow) {
      if (latticeRow === this.#latticeRow + 1 && latticeRow > 0) {
        [this.#above, this.#below] = [this.#below, this.#above];
      } else {
        this.#fill(this.#above, latticeRow);
      }
      this.#fill(this.#below, latticeRow + 1);
      this.#latticeRow = latticeRow;
    }
    const t = this.#blend[y & ((1 << this.#shift) - 1)] as number;
    for (let i = 0; i < this.#between.length; i++) {
      const above = this.#above[i] as number;
      this.#between[i] = above + ((((this.#below[i] as number) - above) * t) >> 8);
    }
    return this.#between;
  }

  #fill(values: Int32Array, row: number): void {
    for (let i = 0; i < values.length; i++) values[i] = (hash(i, row, this.#seed) >>> 16) - 32768;
  }
}

/** Mixes three integers to 32 bits (the finisher of MurmurHash3 over a linear combination). */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(seed, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
