/** One component of a picture: 8-bit samples row by row, without gaps. */
export interface Plane {
  readonly samples: Uint8Array;
  readonly width: number;
  readonly height: number;
}
