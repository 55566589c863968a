import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import type { Invocation, Session } from '@crossover/contract/implementation';
import { corruptJpeg, type JpegStructure, readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import { type ImageOptions, parseOptions } from '@crossover/workload-image/options';
import sharp, { type Sharp } from 'sharp';
import { checkHuffmanTables } from './sharp-huffman.js';

const workloadName = 'image';

/** Above any difference of lightness, so that neither limit of libvips' sharpening is ever reached. */
const noLimit = 1000;

/** Where libvips cuts the Gaussian off: e^(−3²/2), its height at 3σ. */
const kernelCutOff = 0.011;

/** Why no call tells how long it was queued. */
const queueUntold =
  'is part of compute: libvips works on threads of libuv, and sharp tells only when a picture is done';

/**
 * The image workload as a user of sharp writes it. One thread for each picture, as the other implementations have it, and
 * no cache of operations: the same picture again must not be free.
 */
export async function openSharp(): Promise<Session> {
  sharp.concurrency(1);
  sharp.cache(false);
  let closed = false;
  return {
    async invoke(workload, options, input, trace) {
      if (closed) throw new ImplementationError('the session is closed', 'open a new session');
      if (workload !== workloadName) {
        throw new WorkloadError('unknown-workload', `unknown workload "${workload}"`);
      }
      return process(parseOptions(options), input, trace);
    },
    async load(workload) {
      const message =
        workload === workloadName
          ? `the workload "${workload}" has no resident data`
          : `unknown workload "${workload}"`;
      throw new WorkloadError('unknown-workload', message);
    },
    processes: () => [],
    close: async () => {
      closed = true;
    },
  };
}

/**
 * The structure is read before sharp sees the input, because libvips decodes what it can (CMYK, arithmetic coding, files that end
 * early) and words its errors in its own way, while all implementations must refuse the same inputs with the same words.
 */
async function process(
  options: ImageOptions,
  input: Uint8Array,
  trace: CallTrace | undefined,
): Promise<Invocation> {
  trace?.queueUntold(queueUntold);
  trace?.enter('cross');
  const startMs = performance.now();
  const structure = readJpegStructure(input);
  try {
    checkHuffmanTables(input, structure);
    const output = await pipeline(options, input, structure).toBuffer();
    const computeNs = Math.round((performance.now() - startMs) * 1e6);
    trace?.end();
    return { output, computeNs };
  } catch {
    // Whatever libvips has to say about coded data, it is this error in the specification.
    throw corruptJpeg();
  }
}

function pipeline(options: ImageOptions, input: Uint8Array, structure: JpegStructure): Sharp {
  const { width, height, blurSigma, sharpenSigma, sharpenAmount, quality } = options;
  const steps = sharp(input, { failOn: 'warning', limitInputPixels: 100_000_000, sequentialRead: true })
    .autoOrient()
    .resize({ width, height, fit: 'fill', kernel: 'lanczos3' });
  if (blurSigma > 0) steps.blur({ sigma: blurSigma, precision: 'float', minAmplitude: kernelCutOff });
  if (sharpenSigma > 0 && sharpenAmount > 0) {
    // With equal slopes and no limits this is a plain unsharp mask, of lightness only.
    const amount = { m1: sharpenAmount, m2: sharpenAmount, y2: noLimit, y3: noLimit };
    steps.sharpen({ sigma: sharpenSigma, ...amount });
  }
  if (structure.colour === 'grey') steps.toColourspace('b-w');
  return steps.jpeg({ quality, chromaSubsampling: '4:2:0' });
}
