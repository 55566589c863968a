import { WorkloadError } from '@crossover/contract/error';
import type { CheckResult } from '@crossover/contract/workload';
import type { Channel } from './channel.js';
import { readJpegStructure } from './jpeg-structure.js';
import { decodedPicture } from './reference.js';
import { type ReferencePicture, readReferencePicture } from './reference-picture.js';
import { meanSsim } from './ssim.js';

/** The smallest mean SSIM of luma that passes. */
const leastSsim = 0.98;
/** The largest mean absolute difference of a chroma channel that passes, in 8-bit levels. */
const mostChromaDifference = 4;

/** Decodes an output and compares it with a reference picture. */
export function check(output: Uint8Array, reference: Uint8Array): CheckResult {
  const expected = readReferencePicture(reference);
  try {
    const structure = readJpegStructure(output);
    if (structure.orientation !== 1) {
      return {
        verdict: 'differs',
        where: `the output asks to be turned (orientation ${structure.orientation})`,
      };
    }
    return compare(decodedPicture(output, structure), expected);
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    return { verdict: 'differs', where: `the output can't be decoded: ${error.message}` };
  }
}

function compare(found: ReferencePicture, expected: ReferencePicture): CheckResult {
  const shape = shapeOf(found);
  const wanted = shapeOf(expected);
  if (shape !== wanted) return { verdict: 'differs', where: `the output has ${shape} instead of ${wanted}` };
  const [luma, ...chroma] = found.channels as [Channel, ...Channel[]];
  const [expectedLuma, ...expectedChroma] = expected.channels as [Channel, ...Channel[]];
  const ssim = meanSsim(luma, expectedLuma);
  if (!(ssim >= leastSsim)) {
    return { verdict: 'differs', where: `the SSIM of luma is ${ssim.toFixed(4)}, below ${leastSsim}` };
  }
  const names = ['Cb', 'Cr'] as const;
  for (const [index, name] of names.slice(0, chroma.length).entries()) {
    const difference = meanDifference(chroma[index] as Channel, expectedChroma[index] as Channel);
    if (!(difference <= mostChromaDifference)) {
      const where = `${name} differs by ${difference.toFixed(2)} levels on average, more than ${mostChromaDifference}`;
      return { verdict: 'differs', where };
    }
  }
  return { verdict: 'within-tolerance', how: `SSIM ${ssim.toFixed(4)}` };
}

function shapeOf({ width, height, channels }: ReferencePicture): string {
  return `${width}×${height} pixels of ${channels.length === 1 ? '1 component' : '3 components'}`;
}

function meanDifference(a: Channel, b: Channel): number {
  return (
    a.values.reduce((sum, value, i) => sum + Math.abs(value - (b.values[i] as number)), 0) / a.values.length
  );
}
