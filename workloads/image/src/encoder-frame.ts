import type { Plane } from './plane.js';

/** How coarse the chroma planes are: equal, half the columns, or half the columns and half the rows. */
export type Subsampling = '4:4:4' | '4:2:2' | '4:2:0';

const lumaFactors = {
  '4:4:4': { horizontal: 1, vertical: 1 },
  '4:2:2': { horizontal: 2, vertical: 1 },
  '4:2:0': { horizontal: 2, vertical: 2 },
} as const;

/** A component as the encoder sees it: its samples and its place in the grid of blocks. */
export interface EncodedComponent {
  readonly plane: Plane;
  /** Counts from 1, as JFIF wants it. */
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
  /** 0 for luma, grey and CMYK, 1 for chroma: which quantisation and Huffman tables are used. */
  readonly tables: 0 | 1;
  /** Blocks that hold samples: what a scan of this component alone covers. */
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Blocks with those that only fill up the last MCUs. */
  readonly paddedColumns: number;
  readonly paddedRows: number;
}

/** The grid of minimum coded units over a picture. */
export interface EncodedFrame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly EncodedComponent[];
  readonly mcuColumns: number;
  readonly mcuRows: number;
}

/** The size of a chroma plane for a picture of the given size. */
export function chromaSize(
  width: number,
  height: number,
  subsampling: Subsampling,
): { width: number; height: number } {
  const { horizontal, vertical } = lumaFactors[subsampling];
  return { width: Math.ceil(width / horizontal), height: Math.ceil(height / vertical) };
}

/** Lays the grid over one, three or four planes; with three, the second and third are chroma. */
export function encodedFrame(planes: readonly Plane[], subsampling: Subsampling): EncodedFrame {
  const [first] = planes;
  if (first === undefined) throw new RangeError('a picture needs at least one plane');
  const luma = lumaFactors[planes.length === 3 ? subsampling : '4:4:4'];
  const mcuColumns = Math.ceil(first.width / (8 * luma.horizontal));
  const mcuRows = Math.ceil(first.height / (8 * luma.vertical));
  const components = planes.map((plane, index): EncodedComponent => {
    const isChroma = planes.length === 3 && index > 0;
    const horizontal = isChroma ? 1 : luma.horizontal;
    const vertical = isChroma ? 1 : luma.vertical;
    return {
      plane,
      id: index + 1,
      horizontal,
      vertical,
      tables: isChroma ? 1 : 0,
      blockColumns: Math.ceil(plane.width / 8),
      blockRows: Math.ceil(plane.height / 8),
      paddedColumns: mcuColumns * horizontal,
      paddedRows: mcuRows * vertical,
    };
  });
  return { width: first.width, height: first.height, components, mcuColumns, mcuRows };
}

/** Copies the samples of one block, level-shifted by 128; beyond the plane's edge the last sample is repeated. */
export function loadBlock(plane: Plane, column: number, row: number, block: Float64Array): void {
  const { samples, width, height } = plane;
  const left = column * 8;
  const top = row * 8;
  if (left + 8 <= width && top + 8 <= height) {
    for (let y = 0, to = 0, from = top * width + left; y < 8; y++, from += width) {
      for (let x = 0; x < 8; x++) block[to++] = (samples[from + x] as number) - 128;
    }
    return;
  }
  for (let y = 0, to = 0; y < 8; y++) {
    const from = Math.min(top + y, height - 1) * width;
    for (let x = 0; x < 8; x++) {
      block[to++] = (samples[from + Math.min(left + x, width - 1)] as number) - 128;
    }
  }
}
