/** How the samples of one axis become those of another: for each new sample the same number of weighted old ones. */
export interface AxisWeights {
  /** Old samples that each new one is made of. */
  readonly taps: number;
  /** For each new sample the first of its old ones; the others follow it. */
  readonly first: Int32Array;
  /** `taps` weights for each new sample, whose sum is 1. */
  readonly weights: Float32Array;
}

/** One axis of a plane before and after. An extent is the picture's length in samples, which may end within the last. */
export interface Axis {
  readonly count: number;
  readonly extent: number;
}

/** Lobes of the kernel on each side. */
const lobes = 3;

/**
 * How near to the picture's edge the centre of a sample may lie. It comes to bear where an odd number of pixels is halved: the last
 * sample then stands for one pixel and its repetition behind the edge, so its place is the middle of that pixel.
 */
const lastOverhang = 0.25;

/**
 * The Lanczos weights from one axis to another, pixel centres aligned; when shrinking, the kernel is stretched. `mirrored` turns the
 * axis around: the first new sample is the last old one's.
 */
export function lanczosWeights(from: Axis, to: Axis, mirrored: boolean): AxisWeights {
  const scale = from.extent / to.extent;
  const stretch = Math.max(scale, 1);
  const reach = lobes * stretch;
  const taps = Math.min(from.count, Math.ceil(2 * reach) + 1);
  const first = new Int32Array(to.count);
  const weights = new Float32Array(to.count * taps);
  const kernel = new Float64Array(taps);
  for (let i = 0; i < to.count; i++) {
    const place = Math.min(i + 0.5, to.extent - lastOverhang) * scale;
    const centre = (mirrored ? from.extent - place : place) - 0.5;
    const begin = Math.min(Math.max(Math.ceil(centre - reach), 0), from.count - taps);
    let sum = 0;
    for (let t = 0; t < taps; t++) {
      const weight = lanczos((begin + t - centre) / stretch);
      kernel[t] = weight;
      sum += weight;
    }
    for (let t = 0; t < taps; t++) weights[i * taps + t] = (kernel[t] as number) / sum;
    first[i] = begin;
  }
  return { taps, first, weights };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const angle = Math.PI * x;
  return (lobes * Math.sin(angle) * Math.sin(angle / lobes)) / (angle * angle);
}
