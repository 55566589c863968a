/** One scan of a progressive JPEG. */
export interface Scan {
  /** Indices of the components; one only, unless the band is the DC coefficient. */
  readonly components: readonly number[];
  /** First and last coefficient in zigzag order: 0 to 0 (DC), or within 1 to 63. */
  readonly band: readonly [first: number, last: number];
  /** The bit at which the scan before stopped, 0 for the first scan of a band. */
  readonly high: number;
  /** The bit at which this scan stops. */
  readonly low: number;
}

/** The scans that libjpeg's `jpeg_simple_progression` writes for a picture of YCbCr. */
export const colourScans: readonly Scan[] = [
  { components: [0, 1, 2], band: [0, 0], high: 0, low: 1 },
  { components: [0], band: [1, 5], high: 0, low: 2 },
  { components: [2], band: [1, 63], high: 0, low: 1 },
  { components: [1], band: [1, 63], high: 0, low: 1 },
  { components: [0], band: [6, 63], high: 0, low: 2 },
  { components: [0], band: [1, 63], high: 2, low: 1 },
  { components: [0, 1, 2], band: [0, 0], high: 1, low: 0 },
  { components: [2], band: [1, 63], high: 1, low: 0 },
  { components: [1], band: [1, 63], high: 1, low: 0 },
  { components: [0], band: [1, 63], high: 1, low: 0 },
];

/** The same for a grey picture. */
export const greyScans: readonly Scan[] = [
  { components: [0], band: [0, 0], high: 0, low: 1 },
  { components: [0], band: [1, 5], high: 0, low: 2 },
  { components: [0], band: [6, 63], high: 0, low: 2 },
  { components: [0], band: [1, 63], high: 2, low: 1 },
  { components: [0], band: [0, 0], high: 1, low: 0 },
  { components: [0], band: [1, 63], high: 1, low: 0 },
];
