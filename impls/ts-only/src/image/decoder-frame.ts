import { corruptJpeg, type JpegStructure } from '@crossover/workload-image/jpeg-structure';

/** Samples that a block of 8 × 8 becomes in each direction: full size, ½, ¼ or ⅛. */
export type BlockSize = 8 | 4 | 2 | 1;

/** A component while it is decoded. */
export interface DecodedComponent {
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantisationTable: number;
  readonly blockSize: BlockSize;
  /** Blocks that hold samples: what a scan of this component alone covers. */
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Blocks with those that only fill up the last MCUs. */
  readonly paddedColumns: number;
  readonly paddedRows: number;
  /** The component's size at full scale, in its own samples, which may end within one. */
  readonly fullWidth: number;
  readonly fullHeight: number;
}

/** The grid of minimum coded units over the picture. */
export interface DecodedFrame {
  readonly components: readonly DecodedComponent[];
  readonly mcuColumns: number;
  readonly mcuRows: number;
}

/**
 * Lays the grid. `chooseSize` is given a component's size at full scale and says how small it may be decoded.
 * @throws {WorkloadError} `corrupt-jpeg` for sampling factors that don't exist.
 */
export function decodedFrame(
  structure: JpegStructure,
  chooseSize: (component: number, fullWidth: number, fullHeight: number) => BlockSize,
): DecodedFrame {
  const { width, height } = structure;
  for (const { horizontal, vertical } of structure.components) {
    if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) throw corruptJpeg();
  }
  const across = Math.max(...structure.components.map(({ horizontal }) => horizontal));
  const down = Math.max(...structure.components.map(({ vertical }) => vertical));
  const mcuColumns = Math.ceil(width / (8 * across));
  const mcuRows = Math.ceil(height / (8 * down));
  const components = structure.components.map((component, index): DecodedComponent => {
    const fullWidth = (width * component.horizontal) / across;
    const fullHeight = (height * component.vertical) / down;
    return {
      ...component,
      blockSize: chooseSize(index, fullWidth, fullHeight),
      blockColumns: Math.ceil(Math.ceil(fullWidth) / 8),
      blockRows: Math.ceil(Math.ceil(fullHeight) / 8),
      paddedColumns: mcuColumns * component.horizontal,
      paddedRows: mcuRows * component.vertical,
      fullWidth,
      fullHeight,
    };
  });
  return { components, mcuColumns, mcuRows };
}

/** The samples of a component, decoded at the scale `blockSize` / 8. */
export interface DecodedPlane {
  readonly samples: Uint8ClampedArray;
  /** Samples from one row to the next. */
  readonly stride: number;
  /** Samples of the picture in a row; those behind only fill up blocks. */
  readonly width: number;
  readonly height: number;
  /** The picture's size in samples, which may end within the last. */
  readonly extentX: number;
  readonly extentY: number;
}

/** A plane for all blocks of a component, still empty. */
export function emptyPlane(component: DecodedComponent): DecodedPlane {
  const { blockSize, paddedColumns, paddedRows } = component;
  const stride = paddedColumns * blockSize;
  const extentX = (component.fullWidth * blockSize) / 8;
  const extentY = (component.fullHeight * blockSize) / 8;
  return {
    samples: new Uint8ClampedArray(stride * paddedRows * blockSize),
    stride,
    width: Math.ceil(extentX),
    height: Math.ceil(extentY),
    extentX,
    extentY,
  };
}
